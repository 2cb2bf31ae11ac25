import type { Event, Snapshot, SnapshotSent } from "../contract/parse";

type Slices = Omit<Event, "number" | "kind" | "at" | "founding" | "commit" | "voided" | "envelope">;

/** What an event replaces: all of it but its head, and what it hands on. */
function slicesOf(event: Event): Slices {
  const { number: _n, kind: _kind, at: _at, founding: _f, commit: _c, voided: _v, envelope: _e, ...slices } = event;
  return slices;
}

/** Whether an event replaces nothing, and only hands something on. There are many of them when many do one thing at once. */
export function replacesNothing(event: Event): boolean {
  return Object.keys(slicesOf(event)).length === 0;
}

/**
 * The snapshot after an event: its slices replace ours, whole; what it hands on (a group's messages) is no part of it.
 * An event at or before our number is one we have; gaps are others' events (docs/protocol.md §4).
 */
export function applied<Known extends SnapshotSent>(snapshot: Known, event: Event): Known {
  if (event.number <= snapshot.number) return snapshot;
  return { ...snapshot, ...slicesOf(event), number: event.number, now: event.at };
}

/** How the events stand, as screens need it. */
type Shown =
  | { readonly at: "live"; readonly snapshot: Snapshot }
  | { readonly at: "opening" | "returning" | "refused" };

/** What of a snapshot is on no screen: numbers, and the chairs' signed words, which the keys go by. They come by the second. */
const UNSEEN: ReadonlySet<string> = new Set(["number", "now", "doors"]);

/** Whether screens would be drawn as before. */
export function isShownAlike(before: Shown, after: Shown): boolean {
  if (before.at !== "live" || after.at !== "live") return before === after;
  const [one, other] = [before.snapshot, after.snapshot];
  return Object.keys(one).every(
    (name) => UNSEEN.has(name) || isAlike(one[name as keyof Snapshot], other[name as keyof Snapshot]),
  );
}

function isAlike(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

import type { Event, Snapshot } from "../contract/parse";

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
export function applied(snapshot: Snapshot, event: Event): Snapshot {
  if (event.number <= snapshot.number) return snapshot;
  return { ...snapshot, ...slicesOf(event), number: event.number, now: event.at };
}

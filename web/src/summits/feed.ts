import type { Event, Snapshot } from "../contract/parse";

/**
 * The snapshot after an event: its slices replace ours, whole. An event at or before our number is one we have;
 * gaps are others' events (docs/protocol.md §4).
 */
export function applied(snapshot: Snapshot, event: Event): Snapshot {
  if (event.number <= snapshot.number) return snapshot;
  const { number, kind: _kind, at, ...slices } = event;
  return { ...snapshot, ...slices, number, now: at };
}

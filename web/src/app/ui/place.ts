/**
 * What a tab remembers over a reload: which meeting, and that its seat was taken. It lies in the history entry, so two
 * tabs of two members in one browser do not mix, and nothing is left when the tab is closed.
 */
export interface Place {
  readonly meeting: string | null;
  readonly seated: boolean;
  /** One has left the room, and was told that microphone and camera are off. */
  readonly left?: boolean;
}

const NOWHERE: Place = { meeting: null, seated: false };

export function recallPlace(): Place {
  const kept: unknown = (history.state as { readonly place?: unknown } | null)?.place;
  if (typeof kept !== "object" || kept === null || !("meeting" in kept) || !("seated" in kept)) return NOWHERE;
  const meeting = typeof kept.meeting === "string" ? kept.meeting : null;
  return { meeting, seated: kept.seated === true, left: "left" in kept && kept.left === true };
}

export function keepPlace(place: Place): void {
  history.replaceState({ ...(history.state as object | null), place }, "");
}

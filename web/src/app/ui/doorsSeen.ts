/** The doors as they are at this member's own device: open only if the chairs hold them, whatever the server says. Pure. */
import type { PhaseName } from "../../contract/parse";
import type { KeysState } from "../../keys";
import { isOfDelegation, type Sitting } from "./sitting";

/** The meeting's phase; `closed` while nothing of one's own goes to the press. */
export function phaseSeen(sitting: Sitting, { doors }: Pick<KeysState, "doors">): PhaseName {
  const { phase } = sitting.snapshot.meeting;
  return phase === "open" && isOfDelegation(sitting) && doors.at !== "open" ? "closed" : phase;
}

/** Whose word is missing, by name: of those who have yet to agree, or whose chair does not hold the doors. */
export function awaitedBy({ snapshot }: Sitting, { doors }: Pick<KeysState, "doors">): readonly string[] {
  const { consents, delegations, meeting } = snapshot;
  if (meeting.phase === "open") {
    return doors.at === "opening"
      ? delegations.filter(({ id }) => doors.awaited.includes(id)).map(({ name }) => name)
      : [];
  }
  const asked = consents.find(({ move }) => move === "open_doors")?.parties;
  return asked === undefined ? [] : delegations.filter(({ id }) => !asked.includes(id)).map(({ name }) => name);
}

/** Whoever may still be heard outside though the doors have closed. */
export interface HeardOutside {
  /** The others, by name. */
  readonly names: readonly string[];
  readonly isOwn: boolean;
}

/** Who may still be heard outside though the doors have closed. */
export function overheardIn({ snapshot, you }: Sitting, { overheard }: Pick<KeysState, "overheard">): HeardOutside {
  const others = snapshot.seats.filter(({ identity }) => identity !== you.identity && overheard.includes(identity));
  return { names: others.map(({ name }) => name), isOwn: overheard.includes(you.identity) };
}

/** The delegations that held the doors no more when they fell shut by themselves, by name; none when they did not. */
export function letGoBy(sitting: Sitting, keys: Pick<KeysState, "doors" | "fallen">): readonly string[] {
  if (phaseSeen(sitting, keys) !== "closed") return [];
  return sitting.snapshot.delegations.filter(({ id }) => keys.fallen?.includes(id)).map(({ name }) => name);
}

/** One member's view of a meeting, as most screens need it. */
import type { Snapshot } from "../../contract/parse";
import type { Party } from "../../kernel/ids";
import type { Words } from "../../i18n/translator";

export type Seat = Snapshot["seats"][number];

export interface Sitting {
  readonly snapshot: Snapshot;
  readonly you: Seat;
  /** True when the numbered events have stopped for longer than a moment. */
  readonly stale: boolean;
}

/** A delegation's name; the press and the host have none of their own kind. */
export function nameOfParty(snapshot: Snapshot, party: Party, words: Words): string {
  const delegation = snapshot.delegations.find((each) => each.id === party);
  if (delegation !== undefined) return delegation.name;
  return party === "host" ? snapshot.host.name : words.t("party.press");
}

export function isOfDelegation(sitting: Sitting): boolean {
  return sitting.snapshot.delegations.some((each) => each.id === sitting.you.party);
}

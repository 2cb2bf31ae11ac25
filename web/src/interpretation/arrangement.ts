/** A chair's signed statement of what is arranged of a meeting's interpretation: written, and read by who knows where it is to be of. */
import { type ArrangementSaid, JOINT, parseArrangement } from "../contract/parseArrangement";
import type { SnapshotSent } from "../contract/parse";
import { bytesOf, readStatement, type Statement } from "../identity";
import { canonical } from "../kernel/canonical";
import { RefusedError } from "../kernel/errors";
import type { Booth } from "./model";

export const ARRANGEMENT = "visavis arrangement 1";

/** The one meeting that an arrangement is to be of. */
export type ArrangementPlace = {
  readonly summit: Pick<SnapshotSent["summit"], "dh">;
  readonly meeting: Pick<SnapshotSent["meeting"], "id">;
};

/** What is arranged, without where. */
export type Arrangement = Pick<ArrangementSaid, "number" | "party" | "channels" | "booths" | "until">;

/** What is to be signed. */
export function statementOf({ summit, meeting }: ArrangementPlace, arrangement: Arrangement): Statement {
  const place = { descriptor: summit.dh, meeting: meeting.id };
  return { type: ARRANGEMENT, bytes: canonical({ type: ARRANGEMENT, ...place, ...arrangement }) };
}

/**
 * Reads what a statement arranges, if it is of this meeting; whoever may have signed it.
 *
 * @throws RefusedError `message_bad`.
 */
export function readArrangement(statement: string, { summit, meeting }: ArrangementPlace): Arrangement {
  const { descriptor, meeting: of, ...said } = readStatement(bytesOf(statement), parseArrangement);
  if (descriptor !== summit.dh || of !== meeting.id) throw new RefusedError("message_bad", "place");
  const { number, party, channels, booths, until } = said;
  return { number, party, channels, booths, until };
}

/** The booths of an arrangement, with whose they are. */
export function boothsIn({ party, booths }: Arrangement): readonly Booth[] {
  return booths.map((booth) => ({ ...booth, party }));
}

/** By what an arrangement is counted: a delegation's id, or `joint`. */
export function countedAs({ party }: Pick<Arrangement, "party">): string {
  return party ?? JOINT;
}

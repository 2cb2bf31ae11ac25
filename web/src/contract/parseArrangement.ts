/** What chairs sign of a meeting's channels and booths (docs/protocol.md §2). Fetched where there is any. */
import * as v from "valibot";
import type { Language, MeetingId } from "../kernel/ids";
import { allUnlike, bytes, identity, instant, named, partyId, tag, tags } from "./atoms";
import { parser } from "./parse";
import type { Frozen } from "./shapes";

/** As many as share one microphone. */
export const MOST_IN_A_BOOTH = 3;
/** What stands for all delegations where a party's id would. */
export const JOINT = "joint";

const BoothSaidShape = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}\.[A-Za-z0-9.-]{1,40}$/)),
  languages: v.pipe(
    tags,
    v.transform((found) => found as [Language, ...Language[]]),
  ),
  members: v.pipe(v.array(identity), v.minLength(1), v.maxLength(MOST_IN_A_BOOTH)),
});

const ArrangementSaidShape = v.pipe(
  v.strictObject({
    type: v.literal("visavis arrangement 1"),
    descriptor: bytes(32),
    meeting: named<MeetingId>(),
    number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1)),
    party: v.nullable(partyId),
    channels: v.pipe(
      v.array(v.strictObject({ language: tag, kind: v.picklist(["spoken", "signed"]) })),
      v.maxLength(64),
    ),
    booths: v.pipe(v.array(BoothSaidShape), v.maxLength(64)),
    /** When it is too late for it to come into force. */
    until: instant,
  }),
  // Channels are all delegations' affair, and never none.
  v.check(({ party, channels }) => (party === null) === channels.length > 0),
  v.check(({ channels }) => allUnlike(channels.map(({ language }) => language))),
  v.check(({ booths }) => allUnlike(booths.map(({ id }) => id))),
  v.check(({ booths }) => allUnlike(booths.flatMap(({ members }) => members))),
  // A booth is named after whose it is: none can pass for another's.
  v.check(({ party, booths }) => booths.every(({ id }) => id.startsWith(`${party ?? JOINT}.`))),
);

export type ArrangementSaid = Frozen<v.InferOutput<typeof ArrangementSaidShape>>;

export const parseArrangement = parser(ArrangementSaidShape);

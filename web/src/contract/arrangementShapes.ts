/** The shapes of what is arranged of a meeting's interpretation, and of what waits for consent, as they are told (docs/protocol.md §4). */
import * as v from "valibot";
import type { Identity, Language, MemberId, Party } from "../kernel/ids";
import { b64u, instant, named } from "./atoms";

/** What stands, as chairs have signed it: that of all delegations, and each one's own booths. */
export const ArrangedShape = v.array(
  v.strictObject({
    statement: b64u,
    signatures: v.array(v.strictObject({ member: named<MemberId>(), signature: b64u })),
  }),
);

/** Channels and joint booths that wait for delegations: the statement that all are to sign. */
export const ArrangementShape = v.nullable(
  v.strictObject({ statement: b64u, parties: v.array(named<Party>()), since: instant }),
);

/** A language that one can listen to, or watch. */
export interface Channel {
  readonly language: Language;
  readonly kind: "spoken" | "signed";
}

/** What a client believes of a meeting's channels and booths: what chairs have signed, or else that every language is spoken. */
export interface Believed {
  readonly channels: readonly Channel[];
  readonly booths: readonly {
    readonly id: string;
    readonly party: Party | null;
    readonly languages: readonly [Language, ...Language[]];
    readonly members: readonly Identity[];
  }[];
  /** The newest arrangement that one has seen of each delegation's own, and of `joint`; without an entry none. */
  readonly numbers: Readonly<Record<string, number>>;
  /** What the server shows is not what is believed. */
  readonly isDoubtful: boolean;
}

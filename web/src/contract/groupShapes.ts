/**
 * The shapes of what groups of keys are made of: statements about a session's key, and answers of the delivery service
 * (docs/protocol.md §2, §8). Only `parse.ts` applies them.
 */
import * as v from "valibot";
import type { Identity, MemberId } from "../kernel/ids";
import { b64u, bytes, groupName, inOrder, instant, named, partyId } from "./atoms";
import { BoothWordShape } from "./boothShapes";
import { GlossaryWordShape } from "./glossaryShapes";
import { DocumentWordShape } from "./documentShapes";
import { CaptionShape } from "./captionShapes";
import { LineWordShape, TechnicianWordShape } from "./lineShapes";
import { WhisperWordShape } from "./whisperShapes";
import type { Frozen } from "./shapes";

/** A chair's signed word about one opening of the doors. */
export const DoorsShape = v.strictObject({
  type: v.literal("visavis doors 1"),
  descriptor: bytes(32),
  meeting: v.string(),
  opening: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 31 - 1)),
  order: v.picklist(["hold", "close"]),
  at: instant,
});

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const SessionKeyShape = v.pipe(
  v.strictObject({
    type: v.literal("visavis session key 1"),
    descriptor: bytes(32),
    device: bytes(32),
    key: bytes(32),
    red: v.boolean(),
    issued: instant,
    expires: instant,
  }),
  v.check((statement) => inOrder(statement)),
);

export const CredentialShape = v.strictObject({
  type: v.literal("visavis credential 1"),
  invitation: b64u,
  invitation_signature: b64u,
  device: b64u,
  device_signature: b64u,
  session: b64u,
  session_signature: b64u,
});

export const VoidShape = v.strictObject({
  type: v.literal("visavis void 1"),
  descriptor: bytes(32),
  meeting: v.string(),
  group: groupName,
  epoch: count,
  commit: bytes(32),
  issued: instant,
});

export const RevocationShape = v.strictObject({
  type: v.literal("visavis revocation 1"),
  descriptor: bytes(32),
  party: partyId,
  serial: bytes(16),
  issued: instant,
});

const RevocationSentShape = v.strictObject({ revocation: b64u, signature: b64u });
export const RevocationsShape = v.strictObject({ revocations: v.array(RevocationSentShape) });

export const EpochShape = v.strictObject({ epoch: count });
const StandingShape = v.strictObject({ epoch: count, group_info: b64u });
export const TurnShape = v.strictObject({
  ahead: count,
  until: v.nullable(instant),
  standing: v.nullable(StandingShape),
});
export const CommitLogShape = v.strictObject({
  commits: v.array(v.strictObject({ epoch: count, commit: b64u, by: named<MemberId>(), at: instant })),
});

/** What travels of an envelope, under its signature. */
export const EnvelopeShape = v.strictObject({
  type: v.literal("visavis envelope 1"),
  group: v.pipe(v.string(), v.maxLength(300)),
  epoch: count,
  leaf: count,
  sequence: v.pipe(count, v.minValue(1)),
  nonce: bytes(12),
  box: b64u,
});

/** Long enough for a paragraph; a text is no document. */
const LONGEST_TEXT = 4000;
const opening = v.pipe(count, v.minValue(1), v.maxValue(999_999));

/** What is in an envelope, by kind. Anything else is told as not understood. */
export const SaidShape = v.variant("kind", [
  v.strictObject({
    kind: v.literal("chat"),
    at: instant,
    text: v.pipe(
      v.string(),
      v.check((text) => text.trim() !== "" && Array.from(text).length <= LONGEST_TEXT),
      // Lines may break; nothing may turn the order of letters (Unicode UAX #9).
      v.check((text) => !/(?!\n)[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(text)),
    ),
  }),
  v.variant("signal", [
    v.strictObject({
      kind: v.literal("signal"),
      at: instant,
      signal: v.picklist(["raise_hand", "lower_hand", "slow_down"]),
    }),
    v.strictObject({ kind: v.literal("signal"), at: instant, signal: v.literal("doors_shut"), opening }),
    v.strictObject({
      kind: v.literal("signal"),
      at: instant,
      signal: v.literal("heard_outside"),
      opening,
      of: named<Identity>(),
    }),
    v.strictObject({
      kind: v.literal("signal"),
      at: instant,
      signal: v.literal("code_found"),
      finding: v.picklist(["match", "mismatch"]),
      epoch: count,
    }),
  ]),
  BoothWordShape,
  LineWordShape,
  TechnicianWordShape,
  GlossaryWordShape,
  DocumentWordShape,
  CaptionShape,
  WhisperWordShape,
]);

export const NumberedShape = v.strictObject({ number: count });
export const EnvelopeLogShape = v.strictObject({
  envelopes: v.array(v.strictObject({ number: count, envelope: b64u, by: named<MemberId>(), at: instant })),
});

export type Said = Frozen<v.InferOutput<typeof SaidShape>>;
/** What a chair says of the doors. */
export type DoorsWord = Frozen<Pick<v.InferOutput<typeof DoorsShape>, "opening" | "order" | "at">>;
export type Void = Frozen<v.InferOutput<typeof VoidShape>>;
export type RevocationSent = Frozen<v.InferOutput<typeof RevocationSentShape>>;

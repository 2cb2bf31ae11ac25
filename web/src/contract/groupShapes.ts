/**
 * The shapes of what groups of keys are made of: statements about a session's key, and answers of the delivery service
 * (docs/protocol.md §2, §8). Only `parse.ts` applies them.
 */
import * as v from "valibot";
import type { MemberId } from "../kernel/ids";
import { b64u, bytes, inOrder, instant, named } from "./atoms";

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

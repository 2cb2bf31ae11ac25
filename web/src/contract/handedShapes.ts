/** The shapes of what events about groups of keys hand on (docs/protocol.md §4, §8). */
import * as v from "valibot";
import type { MemberId } from "../kernel/ids";
import { b64u, count, groupName, instant, named } from "./atoms";

const member = named<MemberId>();

/** What an event about a group of keys hands on, once; it replaces nothing. */
export const handed = {
  founding: v.exactOptional(v.strictObject({ group: groupName, by: member })),
  commit: v.exactOptional(
    v.strictObject({
      group: groupName,
      epoch: count,
      commit: b64u,
      by: member,
      turn: v.nullable(v.strictObject({ member, until: instant })),
    }),
  ),
  voided: v.exactOptional(
    v.strictObject({ group: groupName, epoch: count, commit: b64u, by: member, void: b64u, signature: b64u }),
  ),
  envelope: v.exactOptional(v.strictObject({ group: groupName, number: count, envelope: b64u, by: member })),
};

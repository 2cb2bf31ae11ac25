/** The shapes of what interpreters and their listeners say of the booths, inside an envelope (docs/protocol.md §8). */
import * as v from "valibot";
import { instant, tag } from "./atoms";

const word = { kind: v.literal("booth"), at: instant };
const source = v.strictObject({ into: tag, from: v.nullable(tag) });

/** What is said of booths, by what it does. Whose booth it is follows from who says it. */
export const BoothWordShape = v.variant("does", [
  v.strictObject({ ...word, does: v.picklist(["ask", "withdraw", "accept", "take", "leave"]) }),
  v.strictObject({ ...word, does: v.literal("air"), into: v.nullable(tag) }),
  v.strictObject({ ...word, does: v.literal("source"), ...source.entries }),
  v.strictObject({ ...word, does: v.literal("not_interpretable"), on: v.boolean() }),
  v.strictObject({
    ...word,
    does: v.literal("listen"),
    to: v.nullable(tag),
    signs: v.pipe(v.array(tag), v.maxLength(8)),
  }),
  v.strictObject({ ...word, does: v.literal("call_technician"), on: v.boolean() }),
  v.strictObject({
    ...word,
    does: v.literal("stands"),
    since: instant,
    into: v.nullable(tag),
    sources: v.pipe(v.array(source), v.maxLength(8)),
    not_interpretable: v.boolean(),
  }),
]);

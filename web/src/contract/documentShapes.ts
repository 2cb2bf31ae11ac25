/** The shapes of what a booth's interpreters say of their documents, inside an envelope (docs/protocol.md §8). */
import * as v from "valibot";
import { b64u, bytes, count, instant, UNFIT_IN_LINE } from "./atoms";

const word = { kind: v.literal("documents"), at: instant };

/** A document: what it is called, how many bytes it has, the key it opens with; whether it is taken away. */
const DocumentShape = v.strictObject({
  // A UUID is of these letters, and nothing else leads into an address; the server looks more closely.
  id: b64u,
  name: v.pipe(
    v.string(),
    v.maxLength(200),
    v.check((text) => text.trim() !== "" && !UNFIT_IN_LINE.test(text)),
  ),
  size: v.pipe(count, v.minValue(1)),
  key: bytes(32),
  gone: v.boolean(),
});

/** What is said of documents: some as they are now; or a wish to be told all of them. */
export const DocumentWordShape = v.variant("does", [
  v.strictObject({
    ...word,
    does: v.literal("put"),
    documents: v.pipe(v.array(DocumentShape), v.maxLength(100)),
  }),
  v.strictObject({ ...word, does: v.literal("ask") }),
]);

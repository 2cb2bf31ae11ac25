/** The shapes of what a booth's interpreters say of their glossary, inside an envelope (docs/protocol.md §8). */
import * as v from "valibot";
import { count, instant, tag, UNFIT_IN_LINE } from "./atoms";

const word = { kind: v.literal("glossary"), at: instant };

/** One line of text, of so many UTF-16 units at most, in which nothing turns the order of letters (Unicode UAX #9). */
function line(longest: number) {
  return v.pipe(
    v.string(),
    v.maxLength(longest),
    v.check((text) => !UNFIT_IN_LINE.test(text)),
  );
}

function filled(longest: number) {
  return v.pipe(
    line(longest),
    v.check((text) => text.trim() !== ""),
  );
}

/** A term, what it is in the other language, and what there is to know of it; which version, and whether it is taken away. */
const TermShape = v.strictObject({
  from: tag,
  to: tag,
  term: filled(200),
  means: filled(200),
  note: line(500),
  version: v.pipe(count, v.minValue(1)),
  gone: v.boolean(),
});

/** What is said of a glossary: some terms as they are now; or a wish to be told all of them. */
export const GlossaryWordShape = v.variant("does", [
  v.strictObject({ ...word, does: v.literal("put"), terms: v.pipe(v.array(TermShape), v.maxLength(200)) }),
  v.strictObject({ ...word, does: v.literal("ask") }),
]);

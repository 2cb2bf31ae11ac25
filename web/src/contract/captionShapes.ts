/** The shape of captions inside an envelope: a line as it is written, again and again until it is done (docs/protocol.md §8). */
import * as v from "valibot";
import { count, instant, tag, UNFIT_IN_LINE } from "./atoms";

/** In letters: about as much as fits on a screen at once. */
export const LONGEST_CAPTION = 400;

export const CaptionShape = v.strictObject({
  kind: v.literal("caption"),
  at: instant,
  into: tag,
  /** Later lines of the same captioner have higher numbers. */
  line: count,
  /** Empty: the line is taken back. */
  text: v.pipe(
    v.string(),
    v.check((text) => Array.from(text).length <= LONGEST_CAPTION),
    // One line; and nothing may turn the order of letters (Unicode UAX #9).
    v.check((text) => !UNFIT_IN_LINE.test(text)),
  ),
  done: v.boolean(),
});

/** The shape of what is said of whispering, inside an envelope (docs/protocol.md §8). */
import * as v from "valibot";
import { identity, instant, tag } from "./atoms";

/** Between somebody in the chamber and an interpreter. Which of the two has said it follows from the leaf that signed it. */
export const WhisperWordShape = v.strictObject({
  kind: v.literal("whisper"),
  at: instant,
  /** `end` says no, too, and takes back what was asked. */
  does: v.picklist(["ask", "accept", "end"]),
  to: identity,
  into: tag,
});

/** The shapes of what devices say of their own sound and line, and what a technician answers (docs/protocol.md §8). */
import * as v from "valibot";
import { identity, instant } from "./atoms";

const whole = (least: number, most: number) =>
  v.nullable(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));

/** What a device says of itself to its own delegation's technicians. Figures, and nothing of what is said. */
export const LineWordShape = v.strictObject({
  kind: v.literal("line"),
  at: instant,
  /** Whoever sits there asks for a technician. */
  calls: v.boolean(),
  /** Of the microphone; null while it is off. */
  sound: v.nullable(
    v.strictObject({
      /** In LUFS; null: not enough was heard. */
      loudness: whole(-200, 20),
      bandwidth: v.nullable(v.picklist(["telephone", "wide", "super_wide", "full"])),
      amiss: v.pipe(v.array(v.picklist(["telephone", "wide", "clipped", "loud", "soft", "noisy"])), v.maxLength(6)),
      /** What is sent, in kbit/s. */
      rate: whole(0, 10_000),
    }),
  ),
  /** Of the line; null while there is none, or nothing on it. */
  way: v.nullable(
    v.strictObject({
      /** Of what comes, and of what is sent, in percent. */
      lost: whole(0, 100),
      lost_sent: whole(0, 100),
      /** To the media engine and back, in ms. */
      round_trip: whole(0, 600_000),
      /** How long sound is kept back so that it does not break, in ms. */
      delay: whole(0, 600_000),
    }),
  ),
});

/** What a technician answers to a call. */
export const TechnicianWordShape = v.strictObject({
  kind: v.literal("technician"),
  at: instant,
  does: v.picklist(["comes", "done"]),
  to: identity,
});

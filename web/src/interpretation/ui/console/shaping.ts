/** How sound reaches the interpreter's ears, a step at a time. */
import type { ConsoleFunction } from "./consoleFunction";
import type { Shape } from "./sees";

type ShapeId = "louder" | "softer" | "bass.more" | "bass.less" | "treble.more" | "treble.less";

/** Least, most and step of each. */
export const WITHIN = { volume: [0, 1, 0.05], bass: [-12, 12, 1], treble: [-12, 12, 1] } as const;

/** A setting of the ear, one step further. */
function stepped(ear: Shape, what: keyof Shape, way: 1 | -1): Partial<Shape> {
  const [least, most, step] = WITHIN[what];
  const value = Math.min(most, Math.max(least, ear[what] + way * step));
  return { [what]: Math.round(value * 100) / 100 };
}

export function shaping(id: ShapeId, key: string, what: keyof Shape, way: 1 | -1): ConsoleFunction {
  return {
    id,
    key,
    place: "key",
    repeats: true,
    name: (_, { t }) => t(id),
    state: ({ ear }) => (ear === null ? "unavailable" : "off"),
    act: (hands, { ear }) => {
      if (ear !== null) hands.shape(stepped(ear, what, way));
    },
  };
}

/** Which language one hears and speaks: channels, levels, and the graph that mixes them. */
export { type Heard, Listening } from "./listening";
export { Mixer } from "./mixer";
export { clamped, gains, onAir } from "./routing";

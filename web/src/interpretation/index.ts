/** Which language one hears and speaks: channels, levels, and the graph that mixes them. */
export { Listening } from "./listening";
export { Mixer } from "./mixer";

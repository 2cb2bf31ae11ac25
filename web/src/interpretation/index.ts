/** Which language one hears and speaks: channels, levels, and the graph that mixes them. */
export { LateCaptions } from "./lateCaptions";
export { LateDesk, type LateNeeds } from "./lateDesk";
export { Listening, type ListeningNow, type SignSeen } from "./listening";
export { Mixer } from "./mixer";
export { LateWatch, type LateWatchNeeds } from "./watch/lateWatch";

/** The keys of a meeting: who holds them, and what is sealed under them. The groups themselves live in workers. */
export { isPurpose } from "./frames/layout";
export { MeetingKeys } from "./meetingKeys";
export type { Sealing } from "./roomKeys";
export { type KeysState, UNSEALED } from "./standing";
export { StrictManager } from "./strictManager";

/** The keys of a meeting: who holds them, and what is sealed under them. The groups themselves live in workers. */
export { afterFact, type Ceremony, type Finding, NOTHING_COMPARED, sinceCompared, turnsOf } from "./ceremony";
export { type ChatRoom, Chats, type ChatsState, type Envelopes } from "./chats";
export type { Holder } from "./duties";
export { warnerOf } from "./findings";
export { isPurpose } from "./frames/layout";
export { Gestures, type GesturesState } from "./gestures";
export { type Lock, lockOf } from "./lock";
export type { SignedDoors } from "./doorsOrder";
export { MeetingDoors } from "./meetingDoors";
export { MeetingKeys } from "./meetingKeys";
export { takesRed } from "./redundancy";
export type { Sealing } from "./roomKeys";
export { type GroupStanding, type KeysState, NO_KEYS } from "./standing";
export { StrictManager } from "./strictManager";
export { type Line, NO_TALK, type Pending } from "./talk";
export type { EnvelopeTold } from "./words";

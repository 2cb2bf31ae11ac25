/** The media rooms: one's seat in them, what is sent and shown there, and the devices it comes from. */
export type { BoothLine, BoothLineState } from "./boothLine";
export { MediaCall } from "./call";
export { type Capture, DevicePark } from "./devices";
export { mediaEngine } from "./engine";
export type * from "./model";
export { OneTab } from "./oneTab";
export { isSigned, type RemoteSign, type RemoteSound } from "./presences";
export { WHISPER } from "./shares";
export { TicketWindow } from "./tickets";

/** The media rooms: one's seat in them, what is sent and shown there, and the devices it comes from. */
export { MediaCall } from "./call";
export { type Capture, DevicePark } from "./devices";
export { mediaEngine } from "./line";
export type * from "./model";
export { OneTab } from "./oneTab";
export type { RemoteSound } from "./presences";
export { TicketWindow } from "./tickets";

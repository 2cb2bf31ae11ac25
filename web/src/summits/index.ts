/** The meeting as this client knows it: the events, the table of who may do what, the clocks, and the orders. */
export { floorSeconds } from "./clocks";
export { isShownAlike } from "./feed";
export { hearersOf } from "./hearers";
export { type FeedNeeds, type FeedState, type Handed, MeetingRecord } from "./meetingFeed";
export { connectedIn, ownSeatIn } from "./hearers";
export type { Call } from "./calling";
export { type Arranging, MeetingOrders, type Order } from "./orders";
export { grantFor, isHeld, mayAsk, type Standing, type Turns } from "./policy";
export { SummitRegistry } from "./registry";

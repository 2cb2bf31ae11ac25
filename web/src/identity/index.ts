/** Who is who: invitations, this device's key, the session, and the chain every shown member must pass. */
export { type AddressBar, Arrival } from "./arrival";
export { keptSeats } from "./deviceKeys";
export { type Lack, lacking } from "./fitness";
export { Roll } from "./roll";
export { SessionBearer } from "./session";

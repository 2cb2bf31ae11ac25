/** Who is who: invitations, this device's key, the session, and the chain every shown member must pass. */
export { Arrival } from "./arrival";
export { Roll } from "./roll";
export { SessionBearer } from "./session";

/** Who is who: invitations, this device's key, the session, and the chain every shown member must pass. */
export { keyOfParty, type Pinned, roleStands } from "./accreditation";
export { type AddressBar, Arrival } from "./arrival";
export { type KeptSeat, keptSeats } from "./deviceKeys";
export { type Lack, lacking } from "./fitness";
export { Roll } from "./roll";
export { SessionBearer } from "./session";
export {
  type Bytes,
  bytesOf,
  fingerprint,
  keyOfSeed,
  readStatement,
  sign,
  signedBytes,
  type Statement,
  verifies,
} from "./statements";

import { parseEnrolment } from "../contract/parse";
import type { ServerDoor } from "../contract/client";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import type { Clock } from "../kernel/clock";
import { RefusedError } from "../kernel/errors";
import { identityOf } from "./accreditation";
import type { KeptSeat } from "./deviceKeys";
import type { Invited } from "./invitation";
import { bytesOf, fingerprint, keyOfSeed, newDeviceKey, sign, verifies } from "./statements";

const DEVICE = "visavis device 1";

/** Makes this browser's key for the invited seat and signs it with the invitation's key. Nothing is sent. */
export async function makeSeat(invited: Invited, clock: Clock): Promise<KeptSeat> {
  const { invitation } = invited;
  const device = await newDeviceKey();
  const bytes = canonical({
    type: DEVICE,
    invitation: toB64u(await fingerprint(bytesOf(invited.sent))),
    key: toB64u(device.publicKey),
    issued: new Date(clock.now()).toISOString(),
  });
  const signature = await sign(await keyOfSeed(invited.seed), { type: DEVICE, bytes });
  // The link's secret must be the half of the key that the party signed; else every check after us would fail.
  if (!(await verifies(bytesOf(invitation.key), signature, { type: DEVICE, bytes }))) {
    throw new RefusedError("invitation_bad", "secret");
  }
  return {
    serial: invitation.serial,
    identity: await identityOf(device.publicKey),
    privateKey: device.privateKey,
    invitation: invited.sent,
    invitation_signature: invited.signature,
    device: toB64u(bytes),
    device_signature: toB64u(signature),
    dh: invitation.descriptor,
  };
}

/** Tells the server of the device. The same device may be told of again: an answer may have been lost. */
export async function enrol(seat: KeptSeat, server: Pick<ServerDoor, "ask">): Promise<void> {
  const { invitation, invitation_signature, device, device_signature } = seat;
  const body = { invitation, invitation_signature, device, device_signature };
  const enrolment = await server.ask({ method: "POST", path: "enrolments", body, anonymous: true }, parseEnrolment);
  if (enrolment.identity !== seat.identity) throw new RefusedError("device_bad", "identity");
}

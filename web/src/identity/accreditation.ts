/**
 * Who may be shown as whom: the chain party → invitation → device, checked against the descriptor one was invited
 * under (docs/protocol.md §2). The server is believed in nothing here.
 */
import type { ErrorCode } from "../contract/codes";
import {
  type Descriptor,
  type DescriptorSent,
  type DeviceStatement,
  type Invitation,
  parseDescriptor,
  parseDevice,
  parseInvitation,
  type Seat,
} from "../contract/parse";
import { toB64u, toBase32 } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { Identity } from "../kernel/ids";
import { type Bytes, bytesOf, fingerprint, readStatement, verifies } from "./statements";

/** The four pieces of a chain as they travel. */
export type Chain = Pick<Seat, "invitation" | "invitation_signature" | "device" | "device_signature">;

/** A chain that holds: what the party said of the person, and the device's identity. */
export interface Accredited {
  readonly invitation: Invitation;
  readonly device: DeviceStatement;
  readonly identity: Identity;
}

/** A descriptor that every delegation signed, with its fingerprint. */
export interface Pinned {
  readonly descriptor: Descriptor;
  readonly dh: string;
}

function checkedAs<T>(code: ErrorCode, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RefusedError) throw new RefusedError(code, cause);
    throw cause;
  }
}

/** `base32(SHA-256(device public key))[:26]`: whoever has the key is this identity, and nobody can be given it. */
export async function identityOf(publicKey: Bytes): Promise<Identity> {
  return toBase32(await fingerprint(publicKey)).slice(0, 26) as Identity;
}

/** The descriptor, if it is the one of `dh` and every delegation signed it. */
export async function checkDescriptor(sent: DescriptorSent, dh: string): Promise<Pinned> {
  const bytes = checkedAs("descriptor_bad", () => bytesOf(sent.descriptor));
  if (toB64u(await fingerprint(bytes)) !== dh) throw new RefusedError("descriptor_bad", "pin");
  const descriptor = checkedAs("descriptor_bad", () => readStatement(bytes, parseDescriptor));
  const sides = new Set<string>(descriptor.delegations.map(({ id }) => id));
  if (!Object.keys(sent.signatures).every((side) => sides.has(side))) {
    throw new RefusedError("descriptor_bad", "signatures");
  }
  for (const { id, key } of descriptor.delegations) {
    const signature = sent.signatures[id];
    if (signature === undefined) throw new RefusedError("descriptor_unsigned", id);
    const raw = checkedAs("descriptor_bad", () => bytesOf(signature));
    if (!(await verifies(bytesOf(key), raw, { type: descriptor.type, bytes }))) {
      throw new RefusedError("signature_bad", id);
    }
  }
  return { descriptor, dh };
}

/** The key with which a party signs; undefined for one that the descriptor does not name. */
export function keyOfParty(descriptor: Descriptor, party: string): string | undefined {
  if (party === "press") return descriptor.press.key;
  if (party === "host") return descriptor.host.key;
  return descriptor.delegations.find(({ id }) => id === party)?.key;
}

/** Roles that only one party gives; all others belong to delegations. */
function partyGives(party: string, role: Invitation["role"]): boolean {
  if (role === "press") return party === "press";
  if (role === "protocol_officer") return party === "host";
  return party !== "press" && party !== "host";
}

/** A chair gives orders, a principal may, nobody else does. Interpreters serve languages of the summit. */
export function roleStands({ party, role, chair, languages }: Invitation, descriptor: Descriptor): boolean {
  if (!partyGives(party, role)) return false;
  if (chair !== (role === "chair") && role !== "principal") return false;
  return role !== "interpreter" || languages.every((each) => descriptor.languages.includes(each));
}

async function checkInvitation(chain: Chain, pinned: Pinned): Promise<[Invitation, Bytes]> {
  const [bytes, signature] = checkedAs("invitation_bad", () => [
    bytesOf(chain.invitation),
    bytesOf(chain.invitation_signature),
  ]);
  const invitation = checkedAs("invitation_bad", () => readStatement(bytes, parseInvitation));
  const key = keyOfParty(pinned.descriptor, invitation.party);
  if (invitation.descriptor !== pinned.dh || key === undefined) {
    throw new RefusedError("invitation_bad", "descriptor");
  }
  if (!roleStands(invitation, pinned.descriptor)) throw new RefusedError("invitation_bad", "role");
  if (!(await verifies(bytesOf(key), signature, { type: invitation.type, bytes }))) {
    throw new RefusedError("signature_bad", "invitation");
  }
  return [invitation, bytes];
}

/**
 * Checks one member's chain; rejects with the code of the first link that does not hold. The order of the checks is
 * part of the contract. An invitation's expiry is no part of it: it ends the time for enrolling.
 */
export async function checkChain(chain: Chain, pinned: Pinned): Promise<Accredited> {
  const [invitation, invitationBytes] = await checkInvitation(chain, pinned);
  const [bytes, signature] = checkedAs("device_bad", () => [bytesOf(chain.device), bytesOf(chain.device_signature)]);
  const device = checkedAs("device_bad", () => readStatement(bytes, parseDevice));
  if (device.invitation !== toB64u(await fingerprint(invitationBytes))) {
    throw new RefusedError("device_bad", "invitation");
  }
  if (!(await verifies(bytesOf(invitation.key), signature, { type: device.type, bytes }))) {
    throw new RefusedError("signature_bad", "device");
  }
  return { invitation, device, identity: await identityOf(bytesOf(device.key)) };
}

/** Whether a seat says of its member exactly what the chain says. */
export function seatMatches(seat: Seat, { invitation, identity }: Accredited): boolean {
  return (
    seat.identity === identity &&
    seat.party === invitation.party &&
    seat.name === invitation.name &&
    seat.role === invitation.role &&
    seat.chair === invitation.chair &&
    seat.languages.length === invitation.languages.length &&
    seat.languages.every((language, at) => language === invitation.languages[at])
  );
}

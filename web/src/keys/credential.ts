/**
 * The credential of a leaf: the chain delegation → invitation → device → session, so that the host can add nobody
 * (docs/protocol.md §2). Checking it is pure, and done at once, as the rules of a group must be.
 */
import { parseCredential, parseDevice, parseInvitation, parseSessionKey, type Invitation } from "../contract/parse";
import { type Bytes, bytesOf, type KeptSeat, keyOfParty, type Pinned } from "../identity";
import { readStatement, roleStands, sign, signedBytes } from "../identity";
import { fromB64u, toB64u, toBase32 } from "../kernel/b64u";
import { canonical, nameOf } from "../kernel/canonical";
import type { Identity, Party } from "../kernel/ids";

const CREDENTIAL = "visavis credential 1";
const SESSION_KEY = "visavis session key 1";
/** No session's key counts for longer, in ms. */
export const LONGEST = 12 * 3_600_000;
/** How far the clocks of two members may be apart, in ms. */
const APART = 300_000;

/** Who holds a leaf, by the words of their delegation. */
export interface Member {
  readonly party: Party;
  /** The invitation's serial: with the party the name of a person, whatever their session. */
  readonly serial: string;
  /** The device's name, by its key: LiveKit's too. */
  readonly identity: Identity;
  readonly name: string;
  readonly role: Invitation["role"];
  readonly chair: boolean;
  /** Whether their browser takes what is said together with what was said just before (RED). */
  readonly red: boolean;
  /** When the session's key counts no longer, in ms since the epoch. */
  readonly expires: number;
}

/** What a credential says before anything of it is checked. */
export type Claimed = Pick<Member, "party" | "serial" | "name" | "role" | "chair">;

/** Why a credential makes nobody a member. */
export type Fault =
  | "form"
  | "descriptor"
  | "party"
  | "role"
  | "invitation_signature"
  | "invitation"
  | "device_signature"
  | "device"
  | "leaf_key"
  | "session_signature"
  | "lifetime"
  | "not_yet"
  | "expired";

export type Checked = { readonly member: Member } | { readonly fault: Fault };

/** What must be known at once. */
export interface Proofs {
  /** Whether a signature is Ed25519's (RFC 8032). */
  verify(key: Uint8Array, signature: Uint8Array, bytes: Uint8Array): boolean;
  /** SHA-256. */
  fingerprint(bytes: Uint8Array): Uint8Array;
}

/** A statement with its signature and its bytes. */
interface Signed<Said> {
  readonly said: Said;
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

interface Parts {
  readonly invitation: Signed<Invitation>;
  readonly device: Signed<ReturnType<typeof parseDevice>>;
  readonly session: Signed<ReturnType<typeof parseSessionKey>>;
}

/** More than a summit has members; a flood of others' is forgotten, and read again. */
const MOST = 1024;
/** What was read before, by its bytes: a group asks about every leaf at every commit. */
const known = new Map<string, Parts>();

/** A session as its device vouches for it: from `now` (ms) on, for at most 12 h. */
export interface SessionKey {
  readonly key: Uint8Array;
  readonly red: boolean;
  readonly now: number;
}

/** Signs a session's key with the device's, and puts the chain together. */
export async function sealCredential(seat: KeptSeat, { key, red, now }: SessionKey): Promise<Bytes> {
  const { invitation, invitation_signature, device, device_signature, dh } = seat;
  const bytes = canonical({
    type: SESSION_KEY,
    descriptor: dh,
    device: readStatement(bytesOf(device), parseDevice).key,
    key: toB64u(key),
    red,
    issued: new Date(now).toISOString(),
    expires: new Date(now + LONGEST).toISOString(),
  });
  const signature = await sign(seat.privateKey, { type: SESSION_KEY, bytes });
  const session = { session: toB64u(bytes), session_signature: toB64u(signature) };
  return canonical({ type: CREDENTIAL, invitation, invitation_signature, device, device_signature, ...session });
}

function signed<Said>(sent: string, signature: string, parse: (value: unknown) => Said): Signed<Said> {
  const bytes = bytesOf(sent);
  return { said: readStatement(bytes, parse), bytes, signature: bytesOf(signature) };
}

/** The parts of a credential; undefined when it has not the form of one. */
function partsOf(bytes: Uint8Array): Parts | undefined {
  const name = nameOf(bytes);
  const before = known.get(name);
  if (before !== undefined) return before;
  try {
    const parts = partsIn(new Uint8Array(bytes));
    if (known.size >= MOST) known.clear();
    known.set(name, parts);
    return parts;
  } catch {
    // Whatever is wrong with what somebody sent, it is no credential.
    return undefined;
  }
}

function partsIn(bytes: Bytes): Parts {
  const sent = readStatement(bytes, parseCredential);
  const invitation = signed(sent.invitation, sent.invitation_signature, parseInvitation);
  const device = signed(sent.device, sent.device_signature, parseDevice);
  const session = signed(sent.session, sent.session_signature, parseSessionKey);
  return { invitation, device, session };
}

/** What a credential says, unchecked; undefined when it has not the form of one. */
export function claimedBy(bytes: Uint8Array): Claimed | undefined {
  return partsOf(bytes)?.invitation.said;
}

/** The device's key in a credential that was checked. */
export function deviceOf(bytes: Uint8Array): Bytes | undefined {
  const device = partsOf(bytes)?.device.said.key;
  return device === undefined ? undefined : bytesOf(device);
}

function holds(proofs: Proofs, key: string | undefined, { said, bytes, signature }: Signed<{ type: string }>): boolean {
  const raw = fromB64u(key ?? "");
  return raw !== undefined && proofs.verify(raw, signature, signedBytes(said.type, bytes));
}

function invitationFault({ invitation }: Parts, proofs: Proofs, { descriptor, dh }: Pinned): Fault | undefined {
  const { said } = invitation;
  const key = keyOfParty(descriptor, said.party);
  if (said.descriptor !== dh) return "descriptor";
  if (key === undefined) return "party";
  if (!roleStands(said, descriptor)) return "role";
  return holds(proofs, key, invitation) ? undefined : "invitation_signature";
}

function deviceFault({ invitation, device }: Parts, proofs: Proofs, print: Uint8Array): Fault | undefined {
  if (device.said.invitation !== toB64u(print)) return "invitation";
  return holds(proofs, invitation.said.key, device) ? undefined : "device_signature";
}

function sessionFault({ device, session }: Parts, leafKey: Uint8Array, proofs: Proofs, dh: string): Fault | undefined {
  if (session.said.descriptor !== dh) return "descriptor";
  if (session.said.device !== device.said.key) return "device";
  if (session.said.key !== toB64u(leafKey)) return "leaf_key";
  return holds(proofs, device.said.key, session) ? undefined : "session_signature";
}

function timeFault({ session }: Parts, now: number): Fault | undefined {
  const [issued, expires] = [Date.parse(session.said.issued), Date.parse(session.said.expires)];
  if (expires - issued > LONGEST) return "lifetime";
  if (now < issued - APART) return "not_yet";
  return now < expires ? undefined : "expired";
}

/**
 * Tells whose leaf this is, or the first fault of its credential. The order of the checks is part of the contract.
 *
 * @param now in ms since the epoch.
 */
export function checkCredential(
  bytes: Uint8Array,
  leafKey: Uint8Array,
  proofs: Proofs,
  pinned: Pinned,
  now: number,
): Checked {
  const parts = partsOf(bytes);
  if (parts === undefined) return { fault: "form" };
  const [invitationPrint, devicePrint] = [
    proofs.fingerprint(parts.invitation.bytes),
    proofs.fingerprint(bytesOf(parts.device.said.key)),
  ];
  const fault =
    invitationFault(parts, proofs, pinned) ??
    deviceFault(parts, proofs, invitationPrint) ??
    sessionFault(parts, leafKey, proofs, pinned.dh) ??
    timeFault(parts, now);
  if (fault !== undefined) return { fault };
  const { party, serial, name, role, chair } = parts.invitation.said;
  const identity = toBase32(devicePrint).slice(0, 26) as Identity;
  const { red, expires } = parts.session.said;
  return { member: { party, serial, identity, name, role, chair, red, expires: Date.parse(expires) } };
}

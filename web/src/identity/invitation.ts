import { fromJsonBytes, type Invitation, parseInvitation, parseLink } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import { type Bytes, bytesOf, readStatement } from "./statements";

/** What an invitation's link carries; the seed never leaves this device. */
export interface Invited {
  readonly invitation: Invitation;
  /** The invitation's bytes and its party's signature, base64url, as they came. */
  readonly sent: string;
  readonly signature: string;
  readonly seed: Bytes;
}

/** What the address asks for. */
export type Address =
  | { readonly at: "nowhere" }
  | { readonly at: "invited"; readonly invited: Invited }
  | { readonly at: "seat"; readonly serial: string };

const JOIN = "#/join/";
const SEAT = /^#\/seat\/([\w-]{22})(?:[/?]|$)/;

/** Reads `location.hash`; a link that is torn or forged is refused as `invitation_bad`. */
export function readAddress(hash: string): Address {
  const serial = SEAT.exec(hash)?.[1];
  if (serial !== undefined) return { at: "seat", serial };
  if (!hash.startsWith(JOIN)) return { at: "nowhere" };
  try {
    const link = parseLink(fromJsonBytes(bytesOf(hash.slice(JOIN.length))));
    const invitation = readStatement(bytesOf(link.invitation), parseInvitation);
    const seed = bytesOf(link.secret);
    return {
      at: "invited",
      invited: { invitation, sent: link.invitation, signature: link.signature, seed },
    };
  } catch (cause) {
    if (cause instanceof RefusedError) throw new RefusedError("invitation_bad", cause);
    throw cause;
  }
}

/** The address that stands for a seat once the link was used: it says which key to use, and opens nothing. */
export function seatAddress(serial: string): string {
  return `#/seat/${serial}`;
}

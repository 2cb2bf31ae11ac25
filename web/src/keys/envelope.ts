/**
 * One envelope: what is said beside sound and picture, sealed for a group's epoch and signed by whoever says it
 * (docs/protocol.md §8). The form of it, and sealing and opening; nothing is remembered here.
 *
 * ```
 *   signature 64 | {"type", group, epoch, leaf, sequence, nonce, box}     signed as every statement is
 *                    └── as additional data ──────────┘        └ AES-128-GCM of what is said
 * ```
 */
import { parseEnvelope, parseSaid, type Said } from "../contract/parse";
import { type Bytes, bytesOf, readStatement, signedBytes } from "../identity";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import type { Sign } from "./group";

const TYPE = "visavis envelope 1";
/** Under this label a group's epoch gives the key of its envelopes (MLS-Exporter, RFC 9420 §8.5). */
export const ENVELOPE_LABEL = TYPE;
/** Of the key, in bytes. */
export const KEY_LENGTH = 16;
const SIGNATURE_LENGTH = 64;
/** Of what is drawn by chance for each envelope, in bytes (NIST SP 800-38D §8.2.2). */
export const NONCE_LENGTH = 12;

/** Where an envelope stands: the sender by their leaf, and which of theirs it is, from 1. */
export interface Head {
  /** The group's name in MLS messages. */
  readonly group: string;
  readonly epoch: number;
  readonly leaf: number;
  readonly sequence: number;
}

/** An envelope as it came, before anything of it is checked. */
export interface Closed {
  readonly head: Head;
  readonly nonce: Bytes;
  readonly box: Bytes;
  readonly signature: Bytes;
  /** What the signature is over. */
  readonly signed: Bytes;
}

/**
 * The key of an epoch's envelopes; it cannot be read out again. The secret is overwritten, whether or not this succeeds.
 */
export async function envelopeKey(secret: Bytes): Promise<CryptoKey> {
  // importKey copies the bytes before it returns.
  const importing = crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  secret.fill(0);
  return importing;
}

function bound({ group, epoch, leaf, sequence }: Head): Bytes {
  return canonical({ type: TYPE, group, epoch, leaf, sequence });
}

/** Seals and signs. No nonce may come twice under one key. */
export async function seal(head: Head, said: Said, key: CryptoKey, nonce: Bytes, sign: Sign): Promise<Bytes> {
  const { group, epoch, leaf, sequence } = head;
  const way = { name: "AES-GCM", iv: nonce, additionalData: bound(head) };
  const box = new Uint8Array(await crypto.subtle.encrypt(way, key, canonical(said)));
  const written = { type: TYPE, group, epoch, leaf, sequence, nonce: toB64u(nonce), box: toB64u(box) };
  const statement = canonical(written);
  const signature = await sign(signedBytes(TYPE, statement));
  return new Uint8Array([...signature, ...statement]);
}

/** Reads what is outside; undefined when it has not the form of an envelope. */
export function read(envelope: Bytes): Closed | undefined {
  const [signature, statement] = [envelope.slice(0, SIGNATURE_LENGTH), envelope.slice(SIGNATURE_LENGTH)];
  try {
    const { group, epoch, leaf, sequence, nonce, box } = readStatement(statement, parseEnvelope);
    const head = { group, epoch, leaf, sequence };
    return { head, nonce: bytesOf(nonce), box: bytesOf(box), signature, signed: signedBytes(TYPE, statement) };
  } catch {
    // Whatever is wrong with what somebody sent, it is no envelope.
    return undefined;
  }
}

/** What is said; `forged` when it was not sealed under this key for this place, `unknown` when it is not understood. */
export async function open({ head, nonce, box }: Closed, key: CryptoKey): Promise<Said | "forged" | "unknown"> {
  let clear: ArrayBuffer;
  try {
    clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: bound(head) }, key, box);
  } catch {
    // WebCrypto says no more than that (Web Cryptography §29.4.2).
    return "forged";
  }
  try {
    return readStatement(new Uint8Array(clear), parseSaid);
  } catch {
    return "unknown";
  }
}

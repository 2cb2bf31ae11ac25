/**
 * Signed statements: canonical JSON whose first word is its type, signed and sent as bytes (docs/protocol.md §1).
 * Ed25519 (RFC 8032) over `type || 0x00 || bytes`.
 */
import { fromJsonBytes } from "../contract/parse";
import { fromB64u } from "../kernel/b64u";
import { canonical, sameBytes } from "../kernel/canonical";
import { RefusedError } from "../kernel/errors";

export type Bytes = Uint8Array<ArrayBuffer>;

const ED25519 = "Ed25519";
/** PKCS #8 around a 32-byte Ed25519 seed (RFC 8410 §7, §10.3). */
const PKCS8_HEAD = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
] as const;

/** A statement as it travels, and the type it says it is of. */
export interface Statement {
  readonly type: string;
  readonly bytes: Bytes;
}

/** What is signed: the type keeps a statement of one kind from passing for another. */
export function signedBytes(type: string, bytes: Uint8Array): Bytes {
  const head = new TextEncoder().encode(type);
  const whole = new Uint8Array(head.length + 1 + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length + 1);
  return whole;
}

export async function sign(key: CryptoKey, { type, bytes }: Statement): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(ED25519, key, signedBytes(type, bytes)));
}

/** False for a wrong signature, and for a key or signature of a wrong length. */
export async function verifies(publicKey: Bytes, signature: Bytes, { type, bytes }: Statement): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, ED25519, false, ["verify"]);
    return await crypto.subtle.verify(ED25519, key, signature, signedBytes(type, bytes));
  } catch (error) {
    // WebCrypto throws a DataError for a key that is no point of the curve.
    if (error instanceof DOMException) return false;
    throw error;
  }
}

/** The private key of a 32-byte seed, as an invitation's link carries it. */
export async function keyOfSeed(seed: Bytes): Promise<CryptoKey> {
  if (seed.length !== 32) throw new RefusedError("invitation_bad", "seed length");
  const pkcs8 = new Uint8Array([...PKCS8_HEAD, ...seed]);
  return crypto.subtle.importKey("pkcs8", pkcs8, ED25519, false, ["sign"]);
}

/** A device's own key: the private half can be used and never read. */
export async function newDeviceKey(): Promise<{ privateKey: CryptoKey; publicKey: Bytes }> {
  const pair = await crypto.subtle.generateKey(ED25519, false, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("no key pair");
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(raw) };
}

export async function fingerprint(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Parses a statement's bytes; bytes that are not canonical are refused, whatever they mean. */
export function readStatement<T>(bytes: Bytes, parse: (value: unknown) => T): T {
  const value = fromJsonBytes(bytes);
  const statement = parse(value);
  if (!sameBytes(canonical(value), bytes)) throw new RefusedError("message_bad", "not canonical");
  return statement;
}

/** Bytes of base64url, or a refusal. */
export function bytesOf(text: string): Bytes {
  const bytes = fromB64u(text);
  if (bytes === undefined) throw new RefusedError("message_bad", "base64url");
  return bytes;
}

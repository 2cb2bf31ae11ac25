/**
 * Sealing a document and opening it (docs/protocol.md §8).
 *
 * ```
 *   nonce 12 | AES-256-GCM of the document, with {"type":"visavis document 1","id"} as additional data
 * ```
 *
 * Each has a key of its own, drawn for it and used once; it travels in an envelope of the booth's group.
 */
import { RefusedError } from "../../kernel/errors";
import { boundTo } from "./documents";

type Bytes = Uint8Array<ArrayBuffer>;

const CIPHER = { name: "AES-GCM", length: 256 } as const;
/** Of what is drawn by chance, in bytes (NIST SP 800-38D §8.2.2). */
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
/** What sealing adds to a document, in bytes. */
export const ADDED = NONCE_LENGTH + TAG_LENGTH;

export interface Sealed {
  readonly key: Bytes;
  readonly box: Bytes;
}

/** Seals a document under a new key. */
export async function seal(id: string, clear: Bytes): Promise<Sealed> {
  const key = await crypto.subtle.generateKey(CIPHER, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  const sealed = await crypto.subtle.encrypt({ name: CIPHER.name, iv, additionalData: boundTo(id) }, key, clear);
  const box = new Uint8Array(NONCE_LENGTH + sealed.byteLength);
  box.set(iv);
  box.set(new Uint8Array(sealed), NONCE_LENGTH);
  return { key: new Uint8Array(await crypto.subtle.exportKey("raw", key)), box };
}

/** @throws RefusedError when it is not what was sealed under this key for this document. */
export async function open(id: string, { key, box }: Sealed): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, CIPHER, false, ["decrypt"]);
  const way = { name: CIPHER.name, iv: box.subarray(0, NONCE_LENGTH), additionalData: boundTo(id) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(way, imported, box.subarray(NONCE_LENGTH)));
  } catch (cause) {
    // WebCrypto says no more than that (Web Cryptography §29.4.2).
    throw new RefusedError("not_found", cause);
  }
}

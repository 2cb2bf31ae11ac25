/** Bytes that are signed and hashed, the same in both languages. */
import canonicalize from "canonicalize";

/** The one byte form of a value that is signed and hashed (RFC 8785). */
export function canonical(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("no canonical form");
  return new TextEncoder().encode(text);
}

/** One letter for each byte: it is not a text, and no two bytes have the same. */
const LETTERS = new TextDecoder("latin1");

/** What bytes are called in a map: the same exactly for the same bytes. */
export function nameOf(bytes: Uint8Array): string {
  return LETTERS.decode(bytes);
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Bytes that are signed and hashed, the same in both languages. */
import canonicalize from "canonicalize";

/** The one byte form of a value that is signed and hashed (RFC 8785). */
export function canonical(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("no canonical form");
  return new TextEncoder().encode(text);
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Base64url without padding (RFC 4648 §5), as everything binary travels. */
const WORD = /^[A-Za-z0-9_-]*$/;

/** As many at a time as an engine takes arguments. */
const CHUNK = 8192;

export function toB64u(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCodePoint(...bytes.subarray(at, at + CHUNK));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Undefined unless `text` is exactly what {@link toB64u} writes: one text for one run of bytes. */
export function fromB64u(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!WORD.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.codePointAt(at) ?? 0;
  // RFC 4648 §3.5: left-over bits must be zero, or two texts would mean the same bytes. Only the last letters have any.
  const rest = toB64u(bytes.subarray(bytes.length - (bytes.length % 3)));
  return text.endsWith(rest) ? bytes : undefined;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Base32 (RFC 4648 §6), upper case, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32.charAt((held << (5 - bits)) & 31) : text;
}

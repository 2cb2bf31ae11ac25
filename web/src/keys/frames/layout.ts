/**
 * How a sealed frame lies in its bytes: `header | ciphertext and tag | IV | 0x0C | key id`, the layout of LiveKit's
 * own encryption. Pure. The same vectors hold in Python: `contract/vectors/media_frames.json`.
 */

/** What is sealed. Another codec is refused: how much of its frame the SFU must read is not known here. */
export type Codec = "opus" | "vp8";

export type Medium = "audio" | "video";

/** What a track is for, as it is named: the floor's microphone, camera, screen, or the channel of a language, spoken or signed, or one person's ear. */
export type Purpose = "floor" | "camera" | "screen" | `${"int" | "sign" | "whisper"}:${string}`;

export type Bytes = Uint8Array<ArrayBuffer>;

/** AES-GCM's, NIST SP 800-38D. */
const TAG_LENGTH = 16;
const IV_LENGTH = 12;
/** IV, its length, key id. */
const TRAILER_LENGTH = IV_LENGTH + 2;
const FLOOR = 128;

/** The counter in the IV has 48 bits: nothing is sealed at this number or above. */
export const COUNTS = 2 ** 48;
/** How many key ids a sender has. */
export const RING = 256;

/** RFC 2198: some Opus frames in one payload, sealed as a whole. */
const REDUNDANT = "audio/red";
const CODECS: ReadonlyMap<string, Codec> = new Map([
  ["audio/opus", "opus"],
  [REDUNDANT, "opus"],
  ["video/vp8", "vp8"],
]);

/** The codec of a MIME type, undefined when it is not one of ours. */
export function codecOf(mimeType: string): Codec | undefined {
  return CODECS.get(mimeType.toLowerCase());
}

/** Whether this is speech that carries what was said just before. */
export function isRedundant(mimeType: string): boolean {
  return mimeType.toLowerCase() === REDUNDANT;
}

export function mediumOf(codec: Codec): Medium {
  return codec === "opus" ? "audio" : "video";
}

/** How much stays in clear: Opus' first byte (RFC 6716 §3.1), VP8's frame header (RFC 6386 §9.1). */
export function headerLength(codec: Codec, isKeyFrame: boolean): number {
  if (codec === "opus") return 1;
  return isKeyFrame ? 10 : 3;
}

export function isPurpose(name: unknown): name is Purpose {
  return typeof name === "string" && /^(?:floor|camera|screen|(?:int|sign|whisper):[A-Za-z0-9-]+)$/.test(name);
}

/** The byte that names a key: which group's, and the last seven bits of its epoch. */
export function keyIdOf(group: "inside" | "floor", epoch: bigint): number {
  return (group === "floor" ? FLOOR : 0) | Number(epoch % 128n);
}

/** Whether a key is one that the press pool may hold. */
export function isFloorKey(keyId: number): boolean {
  return (keyId & FLOOR) !== 0;
}

/** The first 16 bits of SHA-256 of the purpose: binds a frame to its track, so that no two tracks can be swapped. */
export async function channelTag(purpose: Purpose): Promise<number> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(purpose));
  return new DataView(hash).getUint16(0);
}

/** What an IV says. No two frames under one key may have the same. */
export interface Number96 {
  /** {@link channelTag} of the track. */
  readonly tag: number;
  /** 32 random bits of one start of the sender's worker. */
  readonly start: number;
  /** How many frames this start had sealed before. */
  readonly count: number;
}

export function writeIv({ tag, start, count }: Number96): Bytes {
  const iv = new Uint8Array(IV_LENGTH);
  const view = new DataView(iv.buffer);
  view.setUint16(0, tag);
  view.setUint32(2, start);
  view.setUint16(6, Math.floor(count / 2 ** 32));
  view.setUint32(8, count % 2 ** 32);
  return iv;
}

export function readIv(iv: Bytes): Number96 {
  const view = new DataView(iv.buffer, iv.byteOffset, IV_LENGTH);
  return { tag: view.getUint16(0), start: view.getUint32(2), count: view.getUint16(6) * 2 ** 32 + view.getUint32(8) };
}

/** A sealed frame in its parts. */
export interface Sealed {
  readonly header: Bytes;
  /** Ciphertext and tag. */
  readonly box: Bytes;
  readonly iv: Bytes;
  readonly keyId: number;
}

export function compose({ header, box, iv, keyId }: Sealed): ArrayBuffer {
  const frame = new Uint8Array(header.length + box.length + TRAILER_LENGTH);
  frame.set(header);
  frame.set(box, header.length);
  frame.set(iv, header.length + box.length);
  frame.set([IV_LENGTH, keyId], frame.length - 2);
  return frame.buffer;
}

/** Undefined for what is too short to be sealed, or does not end as a sealed frame does. */
export function parted(frame: Bytes, header: number): Sealed | undefined {
  const end = frame.length - TRAILER_LENGTH;
  if (end < header + TAG_LENGTH || frame.at(-2) !== IV_LENGTH) return undefined;
  return {
    header: frame.subarray(0, header),
    box: frame.subarray(header, end),
    iv: frame.subarray(end, end + IV_LENGTH),
    keyId: frame.at(-1) ?? 0,
  };
}

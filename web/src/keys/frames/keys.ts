/** The keys that frames are sealed and opened with, and the ring that holds those of every sender. */
import type { Bytes } from "./layout";

/** As LiveKit derives, so that its Python SDK and its own worker agree with ours in tests. */
const SALT = new TextEncoder().encode("LKFrameEncryptionKey");
const INFO = new Uint8Array(128);

/**
 * The AES-128-GCM key of an exporter secret (HKDF-SHA256, RFC 5869). It cannot be read out again.
 *
 * The secret is overwritten, whether or not this succeeds.
 */
export async function frameKey(secret: Bytes, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  // importKey copies the bytes before it returns.
  const importing = crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  secret.fill(0);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: SALT, info: INFO },
    await importing,
    { name: "AES-GCM", length: 128 },
    false,
    [use],
  );
}

/** A place in a ring. It is there before its key is, so that a later word on the same place always wins. */
interface Place {
  readonly group: string;
  key: CryptoKey | undefined;
}

/** The receiving keys: 256 places for each sender. Two floors have the same key ids: each takes back only its own. */
export class Ring {
  private readonly senders = new Map<string, Map<number, Place>>();

  /** Puts a key in its place; whatever was there is gone at once. */
  async install(group: string, sender: string, keyId: number, secret: Bytes): Promise<void> {
    const place: Place = { group, key: undefined };
    const places = this.senders.get(sender) ?? new Map<number, Place>();
    this.senders.set(sender, places.set(keyId, place));
    place.key = await frameKey(secret, "decrypt");
  }

  /** Forgets those keys of a sender, or all of them, that this group gave. */
  forget(group: string, sender: string, keyIds?: readonly number[]): void {
    const places = this.senders.get(sender);
    for (const [keyId, place] of places ?? []) {
      if (place.group === group && keyIds?.includes(keyId) !== false) places?.delete(keyId);
    }
    if (places?.size === 0 && keyIds === undefined) this.senders.delete(sender);
  }

  /** Forgets all that a group gave. */
  drop(group: string): void {
    for (const sender of this.senders.keys()) this.forget(group, sender);
  }

  /** Forgets everybody. */
  erase(): void {
    this.senders.clear();
  }

  knows(sender: string): boolean {
    return this.senders.has(sender);
  }

  key(sender: string, keyId: number): CryptoKey | undefined {
    return this.senders.get(sender)?.get(keyId)?.key;
  }

  /** Which group gave the key. */
  giver(sender: string, keyId: number): string | undefined {
    return this.senders.get(sender)?.get(keyId)?.group;
  }
}

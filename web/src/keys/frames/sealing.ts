/** Seals what leaves. Without a key nothing leaves. */
import type { Drop, Tally } from "./counts";
import { frameKey } from "./keys";
import { compose, type Bytes } from "./layout";
import type { Numbering } from "./numbering";

interface Sending {
  readonly keyId: number;
  readonly key: CryptoKey;
}

/** One member's sending side: a key of each group, of which one at a time is in use, by the word of the page. */
export class Sealer {
  private readonly numbering: Numbering;
  private readonly tally: Tally;
  private readonly sendings = new Map<string, Sending>();
  /** The last word of each group on its key: a key that is still being derived must not undo a later one. */
  private readonly words = new Map<string, object>();
  private under: string | null = null;

  constructor(numbering: Numbering, tally: Tally) {
    this.numbering = numbering;
    this.tally = tally;
  }

  /** The group's newest key, from the moment it is derived; until then the one before. */
  async use(group: string, keyId: number, secret: Bytes): Promise<void> {
    const word = {};
    this.words.set(group, word);
    const key = await frameKey(secret, "encrypt");
    if (this.words.get(group) === word) this.sendings.set(group, { keyId, key });
  }

  /** From now on what leaves is sealed under this group's keys, and under no other's; null: nothing leaves. */
  sealUnder(group: string | null): void {
    this.under = group;
  }

  isUnder(group: string): boolean {
    return this.under === group;
  }

  /** The group's key is put away. */
  silence(group: string): void {
    this.words.delete(group);
    this.sendings.delete(group);
  }

  /** Every key is put away. */
  erase(): void {
    this.words.clear();
    this.sendings.clear();
  }

  /**
   * Returns the sealed frame, undefined when nothing may leave.
   *
   * A frame that was under way while the key changed is sealed again: once a key is put away, nothing leaves under it.
   */
  async seal(frame: Bytes, header: number, tag: number): Promise<ArrayBuffer | undefined> {
    for (let sending = this.sending; sending !== undefined; sending = this.sending) {
      const iv = this.numbering.next(tag);
      if (iv === undefined) return this.drop("spent");
      const clear = frame.slice(0, header);
      const box = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: clear },
        sending.key,
        frame.subarray(header),
      );
      if (sending === this.sending) {
        this.tally.sealedOne();
        return compose({ header: clear, box: new Uint8Array(box), iv, keyId: sending.keyId });
      }
    }
    return this.drop("noSendingKey");
  }

  private get sending(): Sending | undefined {
    return this.under === null ? undefined : this.sendings.get(this.under);
  }

  private drop(why: Drop): undefined {
    this.tally.dropped(why);
    return undefined;
  }
}

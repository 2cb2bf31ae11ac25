/** Seals what leaves. Without a key nothing leaves. */
import type { Drop, Tally } from "./counts";
import { frameKey } from "./keys";
import { compose, isFloorKey, type Bytes } from "./layout";
import type { Numbering } from "./numbering";

interface Sending {
  readonly keyId: number;
  readonly key: CryptoKey;
}

/** One member's sending side. */
export class Sealer {
  private readonly numbering: Numbering;
  private readonly tally: Tally;
  private sending: Sending | undefined;
  /** Which word on the sending key was the last: a key that is still being derived must not undo a later one. */
  private word = 0;
  private areDoorsOpen = false;

  constructor(numbering: Numbering, tally: Tally) {
    this.numbering = numbering;
    this.tally = tally;
  }

  /** Seals under this key from the moment it is derived; until then under the one before. */
  async use(keyId: number, secret: Bytes): Promise<void> {
    this.word += 1;
    const word = this.word;
    const key = await frameKey(secret, "encrypt");
    if (word === this.word && this.mayUse(keyId)) this.sending = { keyId, key };
  }

  /** While the doors are closed nothing is sealed for the press, whatever key is given; what was in use is put away. */
  doors(areOpen: boolean): void {
    this.areDoorsOpen = areOpen;
    if (this.sending !== undefined && !this.mayUse(this.sending.keyId)) this.sending = undefined;
  }

  /** Nothing leaves from now on, until a key is given. */
  silence(): void {
    this.word += 1;
    this.sending = undefined;
  }

  /**
   * Returns the sealed frame, undefined when nothing may leave.
   *
   * A frame that was under way while the key changed is sealed again: once a key is put away, nothing leaves under it.
   */
  async seal(frame: Bytes, header: number, tag: number): Promise<ArrayBuffer | undefined> {
    while (this.sending !== undefined) {
      const { sending } = this;
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

  private mayUse(keyId: number): boolean {
    return this.areDoorsOpen || !isFloorKey(keyId);
  }

  private drop(why: Drop): undefined {
    this.tally.dropped(why);
    return undefined;
  }
}

/** Opens what comes in. What cannot be opened, or is not what the track is for, goes no further. */
import type { Drop, Tally } from "./counts";
import type { Ring } from "./keys";
import { isFloorKey, parted, readIv, type Bytes, type Number96, type Sealed } from "./layout";
import { Replays } from "./replay";

/** A frame as it came, and the track it came on. */
export interface Arrived {
  readonly frame: Bytes;
  /** How many bytes are in clear. */
  readonly header: number;
  readonly sender: string;
  /** The channel tag that this track's frames must have. */
  readonly tag: number;
}

/** For how long after the doors have closed a frame from before may be under way, in ms. */
const UNDER_WAY = 1000;
/** How often it is told of one member that they are still heard outside, in ms. */
const TOLD_EVERY = 1000;

/** Is told who has sealed under a floor's key what came when its doors had long closed. */
export type Overheard = (sender: string, group: string) => void;

/** The receiving side of one member. */
export class Opener {
  private readonly ring: Ring;
  private readonly tally: Tally;
  private readonly now: () => number;
  private readonly overheard: Overheard;
  /** Until when frames under a floor's key are opened; that the press could have made them counts only then. */
  private floorUntil = Number.NEGATIVE_INFINITY;
  private readonly replays = new Map<string, Replays>();
  /** The newest that came of each sender under a key that the press never had. */
  private readonly inside = new Map<string, Number96>();
  private readonly toldOf = new Map<string, number>();

  /** @param now in ms, from any beginning. */
  constructor(ring: Ring, tally: Tally, now: () => number, overheard: Overheard) {
    this.ring = ring;
    this.tally = tally;
    this.now = now;
    this.overheard = overheard;
  }

  /** Behind closed doors nothing is heard that the press can make: it knows every sender's floor key. */
  doors(areOpen: boolean): void {
    this.floorUntil = areOpen ? Number.POSITIVE_INFINITY : Math.min(this.floorUntil, this.now() + UNDER_WAY);
  }

  /** Returns the frame in clear, undefined when it goes no further. */
  async open(arrived: Arrived): Promise<ArrayBuffer | undefined> {
    const sealed = parted(arrived.frame, arrived.header);
    if (sealed === undefined) return this.drop("unsealed");
    if (isFloorKey(sealed.keyId) && this.now() > this.floorUntil) {
      await this.listenOutside(arrived, sealed);
      return this.drop("doorsClosed");
    }
    const { sender } = arrived;
    if (!this.ring.knows(sender)) return this.drop("unknownSender");
    const key = this.ring.key(sender, sealed.keyId);
    if (key === undefined) return this.drop("missingKey");
    const said = readIv(sealed.iv);
    if (said.tag !== arrived.tag) return this.drop("wrongChannel");
    const clear = await opened(sealed, key);
    if (clear === undefined) return this.drop("badTag");
    // The key may have been taken away meanwhile: of an expelled member nothing more is heard.
    if (this.ring.key(sender, sealed.keyId) !== key) return this.drop("missingKey");
    // Only what is authentic counts as seen, or forged numbers could shut out real ones.
    if (!this.seenOf(sender).take(said)) return this.drop("replayed");
    this.note(sender, sealed.keyId, said);
    return clear;
  }

  private note(sender: string, keyId: number, said: Number96): void {
    this.tally.openedOne(sender, keyId);
    if (!isFloorKey(keyId)) this.inside.set(sender, newer(said, this.inside.get(sender)));
  }

  /**
   * Whether somebody seals outside still. Only what holds under their key counts, while it is there, and what did not
   * come before: a host can send again, or late, what was said while the doors were open. What was counted before
   * something that they have said inside since, was sealed before that.
   */
  private async listenOutside({ sender, tag }: Arrived, sealed: Sealed): Promise<void> {
    const [key, group] = [this.ring.key(sender, sealed.keyId), this.ring.giver(sender, sealed.keyId)];
    const said = readIv(sealed.iv);
    if (key === undefined || group === undefined || said.tag !== tag) return;
    if ((await opened(sealed, key)) === undefined || !this.seenOf(sender).take(said)) return;
    const isOld = newer(said, this.inside.get(sender)) !== said;
    const last = this.toldOf.get(sender);
    if (isOld || (last !== undefined && this.now() < last + TOLD_EVERY)) return;
    this.toldOf.set(sender, this.now());
    this.overheard(sender, group);
  }

  private seenOf(sender: string): Replays {
    const seen = this.replays.get(sender) ?? new Replays();
    this.replays.set(sender, seen);
    return seen;
  }

  private drop(why: Drop): undefined {
    this.tally.dropped(why);
    return undefined;
  }
}

/** Of two numbers of one start the higher; of two starts the one that came later. */
function newer(said: Number96, before: Number96 | undefined): Number96 {
  return before?.start === said.start && before.count > said.count ? before : said;
}

async function opened({ header, box, iv }: Sealed, key: CryptoKey): Promise<ArrayBuffer | undefined> {
  try {
    const inside = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: header }, key, box);
    const clear = new Uint8Array(header.length + inside.byteLength);
    clear.set(header);
    clear.set(new Uint8Array(inside), header.length);
    return clear.buffer;
  } catch {
    // WebCrypto says no more than that it failed: a changed frame, or another key.
    return undefined;
  }
}

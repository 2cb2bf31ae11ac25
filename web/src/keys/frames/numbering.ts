/** Numbers frames: no IV comes twice, whatever keys come and go. */
import { COUNTS, writeIv, type Bytes } from "./layout";

/**
 * One counter through all keys and all tracks of one start, which never goes back: so no IV comes twice under one key,
 * even when a key is taken up again (chamber, floor, chamber), and a receiver can refuse what is old whatever key it is
 * under.
 */
export class Numbering {
  private readonly start: number;
  private count: number;

  /**
   * @param start 32 random bits, new at each start of the worker: a sender who comes back under a key they had before
   * still has other IVs.
   * @param count where counting begins; anything but 0 is for tests.
   */
  constructor(start: number, count = 0) {
    this.start = start;
    this.count = count;
  }

  /** The next IV for a track with this channel tag; undefined when there is none left. */
  next(tag: number): Bytes | undefined {
    if (this.count >= COUNTS) return undefined;
    const iv = writeIv({ tag, start: this.start, count: this.count });
    this.count += 1;
    return iv;
  }
}

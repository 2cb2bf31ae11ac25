/** All that the frames worker does, without the worker: keys, sealing, opening, and what it may be told. */
import { Tally, type Counts } from "./counts";
import { type Giver, Ring } from "./keys";
import { pipe, type Frame } from "./pipe";
import { readKeyWord, readTask, type KeyWord } from "./messages";
import { Numbering } from "./numbering";
import { Opener } from "./opening";
import { Sealer } from "./sealing";

/** What is used of `RTCRtpScriptTransformer`. */
export interface Transformer {
  readonly options: unknown;
  readonly readable: ReadableStream<Frame>;
  readonly writable: WritableStream<Frame>;
  /** For what is sent: begin anew with a key frame. Chromium has it not; there the page asks the sender. */
  generateKeyFrame?(): Promise<unknown>;
  /** For what is received: ask the sender for one. */
  sendKeyFrameRequest?(): Promise<unknown>;
}

/** What the frames tell their owner. */
export interface FramesTold {
  /** Once, when something went wrong that no rule foresees: by then nothing passes any more. */
  failed(): void;
  /** The pictures that are sent should begin anew, by whatever means the owner has too. */
  renewing(): void;
}

/** One member's frames. */
export class Frames {
  private readonly tally = new Tally();
  private readonly ring = new Ring();
  private readonly sealer: Sealer;
  private readonly opener: Opener;
  private readonly cameras = new Set<Transformer>();
  private readonly told: FramesTold;
  private isOver = false;

  /** @param start 32 random bits. */
  constructor(start: number, told: FramesTold) {
    this.sealer = new Sealer(new Numbering(start), this.tally);
    this.opener = new Opener(this.ring, this.tally);
    this.told = told;
  }

  /** Does what a keys worker, the giver of its keys, says. A word that is none ends everything: it may have been the one to close a door. */
  async obey(message: unknown, giver: Giver, answer: (counts: Counts) => void): Promise<void> {
    const word = readKeyWord(message);
    if (word === undefined || this.isOver) this.end();
    else {
      try {
        await this.perform(word, giver, answer);
      } catch {
        this.end();
      }
    }
  }

  /** Takes on a track. One whose task is not understood is not read, so nothing of it flows. */
  async take(transformer: Transformer): Promise<void> {
    const task = readTask(transformer.options);
    if (task === undefined || this.isOver) return;
    if (task.side === "seal" && task.medium === "video") this.cameras.add(transformer);
    const works = { sealer: this.sealer, opener: this.opener, tally: this.tally };
    const through = await pipe(task, works, () => {
      // Refused where the browser cannot ask; the decoder then asks by itself, later.
      transformer.sendKeyFrameRequest?.().catch(() => undefined);
    });
    try {
      await transformer.readable.pipeThrough(through).pipeTo(transformer.writable);
    } catch {
      // The track ended, or the browser took the stream away: either way no frame passes here any more.
    } finally {
      this.cameras.delete(transformer);
    }
  }

  counts(): Counts {
    return this.tally.counts();
  }

  silence(): void {
    this.sealer.silence();
  }

  /** Whether anything may be sealed for the press; not before it is said. */
  doors(areOpen: boolean): void {
    this.sealer.doors(areOpen);
  }

  /** Erases every key: nothing leaves and nothing is opened from now on. */
  end(): void {
    this.sealer.silence();
    this.ring.erase();
    if (this.isOver) return;
    this.isOver = true;
    this.told.failed();
  }

  private async perform(word: KeyWord, giver: Giver, answer: (counts: Counts) => void): Promise<void> {
    switch (word.do) {
      case "receive":
        return this.ring.install(giver, word.sender, word.keyId, word.secret);
      case "send":
        return this.sealer.use(word.keyId, word.secret);
      case "forget":
        return this.ring.forget(giver, word.sender, word.keyIds);
      case "renew":
        return this.renew();
      case "silence":
        return this.silence();
      case "counts":
        return answer(this.counts());
    }
  }

  private renew(): void {
    for (const camera of this.cameras) camera.generateKeyFrame?.().catch(() => undefined);
    this.told.renewing();
  }
}

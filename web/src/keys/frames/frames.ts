/** All that the frames worker does, without the worker: keys, sealing, opening, and what it may be told. */
import { Tally, type Counts } from "./counts";
import { Ring } from "./keys";
import { pipe, type Frame } from "./pipe";
import { isFloor } from "../groupName";
import { Held } from "./held";
import { readKeyWord, readPlace, readTask, type KeyWord, type Task } from "./messages";
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
  /** A member has sealed under this floor's key what came when its doors had long closed. */
  overheard(sender: string, group: string): void;
}

/** One member's frames. */
export class Frames {
  private readonly tally = new Tally();
  private readonly ring = new Ring();
  private readonly sealer: Sealer;
  private readonly opener: Opener;
  private readonly cameras = new Set<Transformer>();
  private readonly held = new Held<Transformer>();
  private readonly told: FramesTold;
  private isOver = false;

  /**
   * @param start 32 random bits.
   * @param now in ms, from any beginning.
   */
  constructor(start: number, now: () => number, told: FramesTold) {
    this.sealer = new Sealer(new Numbering(start), this.tally);
    this.opener = new Opener(this.ring, this.tally, now, (sender, group) => {
      told.overheard(sender, group);
    });
    this.told = told;
  }

  /** Does what the keys worker of a group says. A word that is none ends everything: it may have been the one to close a door. */
  async obey(message: unknown, group: string, answer: (counts: Counts) => void): Promise<void> {
    const word = readKeyWord(message);
    if (word === undefined || this.isOver) this.end();
    else {
      try {
        await this.perform(word, group, answer);
      } catch {
        this.end();
      }
    }
  }

  /** Takes on a track. One whose task is not understood is not read, so nothing of it flows. */
  async take(transformer: Transformer): Promise<void> {
    const place = readPlace(transformer.options);
    const task = place === undefined ? readTask(transformer.options) : this.held.hold(place, transformer);
    if (task !== undefined && task !== null) await this.pass(transformer, task);
  }

  /** Says what the track is for that is held at a place; null: it is nobody's. */
  async claim(place: number, task: Task | null): Promise<void> {
    const transformer = this.held.claim(place, task);
    if (transformer !== undefined && task !== null) await this.pass(transformer, task);
  }

  private async pass(transformer: Transformer, task: Task): Promise<void> {
    if (this.isOver) return;
    if (task.side === "seal" && task.medium === "video") this.cameras.add(transformer);
    const works = { sealer: this.sealer, opener: this.opener, tally: this.tally };
    try {
      await pipe(task, works, transformer, () => {
        // Refused where the browser cannot ask; the decoder then asks by itself, later.
        transformer.sendKeyFrameRequest?.().catch(() => undefined);
      });
    } finally {
      this.cameras.delete(transformer);
    }
  }

  counts(): Counts {
    return this.tally.counts();
  }

  /** From now on everything is sealed under this group's keys; null: nothing leaves. A floor's: the doors are open. */
  sealUnder(group: string | null): void {
    this.sealer.sealUnder(group);
    this.opener.doors(group !== null && isFloor(group));
    this.renew();
  }

  /** A group is left: all that it gave is erased. */
  leave(group: string): void {
    this.sealer.silence(group);
    this.ring.drop(group);
  }

  /** Erases every key: nothing leaves and nothing is opened from now on. */
  end(): void {
    this.sealer.erase();
    this.ring.erase();
    if (this.isOver) return;
    this.isOver = true;
    this.told.failed();
  }

  private async perform(word: KeyWord, group: string, answer: (counts: Counts) => void): Promise<void> {
    switch (word.do) {
      case "receive":
        return this.ring.install(group, word.sender, word.keyId, word.secret);
      case "send":
        return this.sealer.use(group, word.keyId, word.secret);
      case "forget":
        return this.ring.forget(group, word.sender, word.keyIds);
      case "renew":
        if (this.sealer.isUnder(group)) this.renew();
        return;
      case "silence":
        return this.sealer.silence(group);
      case "counts":
        return answer(this.counts());
    }
  }

  private renew(): void {
    for (const camera of this.cameras) camera.generateKeyFrame?.().catch(() => undefined);
    this.told.renewing();
  }
}

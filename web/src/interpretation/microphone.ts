/** An interpreter's microphone as it changes hands and channels: it opens at once, and closes when all have heard so. */
import type { Clock } from "../kernel/clock";
import type { Identity, Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { CallState } from "../rooms/model";
import type { BoothNow } from "./model";

/** Where an interpreter's sound leaves. */
export interface Sent {
  speakInto(language: Language | null, lingers?: Language | null): Promise<void>;
  /** The channel on air, as it is sent. */
  onAir(): Language | null;
}

/**
 * How long one goes on sending what one has given away, in ms: until every listener has changed over. They hear the sealed word
 * and the other's sound by different ways.
 */
export const LINGERS = 500;

export class Microphone {
  private readonly call: Sent;
  private readonly clock: Clock;
  private readonly log: Log;
  /** What one's sound is meant to go into. */
  private into: Language | null = null;
  private callOff: (() => void) | null = null;
  /** Somebody else has it, and one still sends. */
  private leaving = false;
  /** One still sends into the channel before. */
  private lingering = false;
  /** Its interpreter has closed it: no word of others opens it again, nor that one's own has not reached them. */
  private shut = false;

  constructor(call: Sent, clock: Clock, log: Log) {
    this.call = call;
    this.clock = clock;
    this.log = log;
  }

  get sending(): Language | null {
    return this.into;
  }

  /** Whether one still sends what one has given away. */
  get isLeaving(): boolean {
    return this.leaving || this.lingering;
  }

  get isShut(): boolean {
    return this.shut;
  }

  /** At its interpreter's own word. */
  openAnew(into: Language): void {
    this.release();
    this.open(into);
  }

  /** Whoever has it passed to them speaks. */
  release(): void {
    this.shut = false;
  }

  /** At its interpreter's own word: silent at once, and until they say otherwise. */
  closeForGood(): void {
    this.shut = true;
    this.close();
  }

  /** Into this channel at once; the one before is still sent until all have heard that it is left. */
  open(into: Language): void {
    if (this.shut) return;
    const { into: before, lingering, leaving } = this;
    if (before === into && !leaving) {
      // Said again by what all have heard: from now on it is only the sound that is under way.
      if (lingering) this.linger(into);
      return;
    }
    this.stay();
    this.into = into;
    if (before === into || before === null) return this.send(into);
    this.send(into, before);
    this.linger(into);
  }

  /** Somebody else has it now: one goes on until all have heard them. */
  leave(): void {
    if (this.into === null || this.leaving) return;
    this.stay();
    this.leaving = true;
    this.callOff = this.clock.after(LINGERS, () => {
      this.close();
    });
  }

  /** Silent at once. */
  close(): void {
    const wasOpen = this.into !== null;
    this.forget();
    if (wasOpen) this.send(null);
  }

  /** It was closed elsewhere. */
  forget(): void {
    this.stay();
    this.into = null;
  }

  private linger(into: Language): void {
    this.stay();
    this.lingering = true;
    this.callOff = this.clock.after(LINGERS, () => {
      this.stay();
      this.send(into);
    });
  }

  private stay(): void {
    this.callOff?.();
    this.callOff = null;
    this.leaving = false;
    this.lingering = false;
  }

  private send(into: Language | null, lingers: Language | null = null): void {
    this.call.speakInto(into, lingers).catch((error: unknown) => {
      this.log.trouble("not on air", error);
    });
  }
}

/** The channels that somebody may be on air in at the next word: another direction of theirs, or what a partner hands over. */
export function readyFor(own: Identity, now: BoothNow, languages: readonly Language[]): readonly Language[] {
  const { holder, onAir, asked } = now;
  if (onAir === null) return [];
  if (holder === own) return languages.filter((each) => each !== onAir);
  const isNext = asked !== null && (asked.by === own || asked.by === holder);
  return isNext && languages.includes(onAir) ? [onAir] : [];
}

/** Whether somebody wants no sound of theirs in the chamber, whatever their booth says. */
export function isSwitchedOff({ seating, wished }: Pick<CallState, "seating" | "wished">): boolean {
  return !wished.microphone || ("room" in seating && seating.room !== "chamber");
}

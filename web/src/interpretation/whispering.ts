/**
 * Whispering, at both ends of it: says what one asks, answers and ends to the chamber, sealed; and has the call send what one
 * whispers to one ear. It ends by itself when either leaves or comes back, when a word of either is missing, when the doors
 * or the mode move, and when whoever whispers goes on air.
 */
import type { Snapshot } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Identity } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { Cell, Readable } from "../kernel/store";
import type { Envelopes, EnvelopeTold, Holder } from "../keys";
import { type FeedState, ownSeatIn } from "../summits";
import { BoothVoice, comeSince } from "./boothWords";
import type { BoothActions, BoothNow, BoothsNow } from "./model";
import { afterWhisper, kept, mayWhisper, type Whisper, type WhispersNow, type WhisperWord, without } from "./whisper";

/** What whispering needs. */
export interface WhisperingNeeds {
  readonly whispers: Cell<WhispersNow>;
  readonly booths: Readable<BoothsNow>;
  readonly feed: Readable<FeedState>;
  readonly keys: Pick<Envelopes, "state" | "say">;
  readonly call: { whisper(to: Identity | null): Promise<void> };
  readonly desk: Pick<BoothActions, "onAir" | "withdraw">;
  readonly log: Log;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

export class Whispering {
  private readonly needs: WhisperingNeeds;
  private readonly voice: BoothVoice;
  private setting: Snapshot | null = null;
  private own: Identity | null = null;
  private roster: readonly Holder[] = [];
  /** Whose ear one's own whisper is sent to. */
  private sentTo: Identity | null = null;

  constructor(needs: WhisperingNeeds) {
    this.needs = needs;
    this.voice = new BoothVoice(needs);
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    needs.booths.subscribe(() => {
      this.yieldToAir();
    });
    this.follow();
    this.stand();
  }

  /**
   * Asks an interpreter, says yes to whoever has asked, or ends it with either.
   *
   * @throws RefusedError, OutageError when it was not said, or somebody else's word came first.
   */
  async tell(does: WhisperWord["does"], { by, to, into }: Pick<Whisper, "by" | "to" | "into">): Promise<void> {
    const isEnd = does === "end";
    // Whatever becomes of the word, nothing is whispered or heard here any more.
    if (isEnd) this.become(without(this.now, by, to));
    if (does === "accept") await this.leaveAir();
    await this.voice.send({ kind: "whisper", at: this.voice.at(), does, to: this.own === by ? to : by, into });
    const isSo = this.now.some((each) => each.by === by && each.to === to && each.on === (does === "accept"));
    if (!isEnd && !isSo) throw new RefusedError("move_not_possible");
  }

  /** Takes in what was told of the chamber's envelopes, in their order. */
  hear(told: EnvelopeTold): void {
    if (told.told === "heard" && told.said.kind === "whisper") {
      const heard = { from: told.from.identity, word: told.said };
      this.become(afterWhisper(this.now, heard, (wanted) => this.setting !== null && mayWhisper(wanted, this.setting)));
    } else if (told.told === "gap" || (told.told === "unheard" && (told.why === "forged" || told.why === "unknown"))) {
      this.doubt(told.from?.identity);
    }
    this.voice.hear(told);
  }

  private get now(): WhispersNow {
    return this.needs.whispers.get();
  }

  /** What has not come may have been that they end it. */
  private doubt(from: Identity | undefined): void {
    for (const each of this.now) {
      if ((each.by === from && each.to === this.own) || (each.to === from && each.by === this.own))
        this.endQuietly(each);
    }
    this.become(kept(this.now, ({ by, to }) => by !== from && to !== from));
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    if (snapshot === null) return;
    const isAnother = this.setting !== null && this.setting.meeting.id !== snapshot.meeting.id;
    this.setting = snapshot;
    this.own = ownSeatIn(snapshot)?.identity ?? this.own;
    this.become(isAnother ? [] : kept(this.now, (each) => mayWhisper(each, snapshot)));
  }

  /** Whoever leaves the chamber's group, or comes back to it, knows of no whisper any more. */
  private stand(): void {
    const standing = this.needs.keys.state.get().groups.find(({ group }) => group === "chamber");
    if (standing === undefined || standing.at === "ended") {
      this.voice.lose();
      this.roster = [];
      return this.become([]);
    }
    if (standing.at !== "inside" || standing.roster === this.roster) return;
    const come = new Set(comeSince(this.roster, standing.roster).map(({ member }) => member.identity));
    const there = new Set(standing.roster.map(({ member }) => member.identity));
    this.roster = standing.roster;
    this.become(kept(this.now, ({ by, to }) => [by, to].every((who) => there.has(who) && !come.has(who))));
  }

  /** Nobody speaks in two ways at once. */
  private yieldToAir(): void {
    for (const each of this.now) if (each.on && each.by === this.own && this.isOnAir()) this.endQuietly(each);
  }

  /** What is said to one goes to no channel: neither now, nor when a partner says yes to what one has asked before. */
  private async leaveAir(): Promise<void> {
    const asks = this.inBooth(({ holder, asked }) => holder !== this.own && asked?.by === this.own);
    if (asks) await this.needs.desk.withdraw();
    // Their yes may have come first.
    if (this.isOnAir()) await this.needs.desk.onAir(false);
  }

  private isOnAir(): boolean {
    return this.inBooth(({ holder, onAir }) => holder === this.own && onAir !== null);
  }

  private inBooth(is: (now: BoothNow) => boolean): boolean {
    return [...this.needs.booths.get().booths.values()].some(is);
  }

  private endQuietly(whisper: Whisper): void {
    this.quietly(this.tell("end", whisper));
  }

  private quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.needs.log.trouble("whisper", error);
    });
  }

  private become(now: WhispersNow): void {
    if (now === this.now || (now.length === 0 && this.now.length === 0)) return;
    this.needs.whispers.set(now);
    const to = now.find(({ by, on }) => on && by === this.own)?.to ?? null;
    if (to === this.sentTo) return;
    this.sentTo = to;
    this.quietly(this.needs.call.whisper(to));
  }
}

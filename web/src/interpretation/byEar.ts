/**
 * Who is on air in a booth by what is heard of it: for whoever hears none of its words, as the press, or has missed one. That a
 * channel is open says too little: what may be on air at the next word is open already, and silent (`microphone.ts: readyFor`).
 */
import type { Snapshot } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import type { Identity, Language } from "../kernel/ids";
import type { Cell, Readable } from "../kernel/store";
import type { RemoteSound } from "../rooms";
import { type FeedState, ownSeatIn } from "../summits";
import { allIn, QUIET } from "./booth";
import type { Booth, BoothNow, BoothsNow } from "./model";

/** How often one listens, in ms. */
const LOOK = 20;
/** So many looks in a row hear a sound; fewer, what was left of one that had gone. */
const LOOKS = 2;
/** So many hear one that has come to stay: it may break off at first, and whoever hands over to it goes on for longer than that. */
const SURE = 6;
/** So many hear nothing before a sound begins; after fewer, it was a pause, as in the speech of whoever hands over. */
const PAUSE = 25;
/** How soon a sound is found, in ms, and how soon one that begins beside another. */
export const FOUND = LOOK * LOOKS;
export const STAYS = LOOK * SURE;

/** What going by ear needs. */
export interface ByEarNeeds {
  readonly booths: Cell<BoothsNow>;
  readonly feed: Readable<FeedState>;
  readonly call: {
    readonly sounds: Readable<readonly RemoteSound[]>;
    readonly signs: Readable<readonly RemoteSound[]>;
    /** The channel one is on air in oneself. */
    onAir(): Language | null;
  };
  readonly clock: Clock;
  /** Whether there is a sound under this name now. */
  hears(id: string): boolean;
}

/** A channel that somebody has open. */
interface Open {
  readonly id: string;
  readonly of: Identity;
  readonly channel: RemoteSound["channel"];
  /** Nothing of it is heard; one's own is not, and a picture has no sound. */
  readonly unheard: boolean;
}

export class ByEar {
  private readonly needs: ByEarNeeds;
  /** For how many looks in a row each open channel has been heard; below nothing, for how many it has not been. */
  private counts: ReadonlyMap<string, number> = new Map();
  private stop: (() => void) | null = null;

  constructor(needs: ByEarNeeds) {
    this.needs = needs;
    for (const fact of [needs.booths, needs.feed, needs.call.sounds, needs.call.signs]) {
      fact.subscribe(() => {
        this.follow();
      });
    }
    this.follow();
  }

  private follow(): void {
    if (this.openInDoubt().length > 0) {
      this.stop ??= this.needs.clock.every(LOOK, () => {
        this.look();
      });
    } else {
      this.stop?.();
      this.stop = null;
    }
    this.judge();
  }

  private look(): void {
    const heard = this.openInDoubt().map(({ id, unheard }) => {
      if (unheard) return [id, Infinity] as const;
      return [id, counted(this.counts.get(id) ?? -PAUSE, this.needs.hears(id))] as const;
    });
    this.counts = new Map(heard);
    this.judge();
  }

  private judge(): void {
    const { booths } = this.needs;
    const open = this.open();
    const before = booths.get();
    const byEar = new Map(this.doubted().map((booth) => [booth.id, this.judged(booth, open)]));
    if (isAlike(before.byEar, byEar)) return;
    this.rest(open.filter((one) => isOnAir(one, before.byEar) && !isOnAir(one, byEar)));
    booths.set({ ...before, byEar });
  }

  /** Whoever has left the air goes on for a little: it begins nothing, though it broke off, until they have paused since. */
  private rest(left: readonly Open[]): void {
    const resting = left.map(({ id }) => [id, (this.counts.get(id) ?? 0) > 0 ? SURE + 1 : 0] as const);
    this.counts = new Map([...this.counts, ...resting]);
  }

  /** Whoever has begun to be heard; else who was on air, unless they are silent and another is not. */
  private judged(booth: Booth, open: readonly Open[]): BoothNow {
    const { booths, byEar } = this.needs.booths.get();
    const before = byEar.get(booth.id) ?? booths.get(booth.id) ?? QUIET;
    const theirs = open.flatMap((one) => {
      const { id, of, channel } = one;
      return channel === null || !isOf(one, booth) ? [] : [{ id, of, into: channel }];
    });
    const count = ({ id }: Pick<Open, "id">): number => this.counts.get(id) ?? 0;
    const now = theirs.find(({ of, into }) => of === before.holder && into === before.onAir);
    const begun = theirs.find((each) => count(each) === SURE);
    const other = now !== undefined && count(now) > 0 ? now : (theirs.find((each) => count(each) >= LOOKS) ?? now);
    const next = begun ?? other;
    // Somebody holds it who is off air: of a booth whose microphone is nobody's, whatever is open would be heard.
    if (next === undefined) return { ...QUIET, holder: before.holder ?? booth.members[0] ?? null };
    return { ...QUIET, holder: next.of, onAir: next.into };
  }

  /** Booths of which one knows no words, or not all. */
  private doubted(): readonly Booth[] {
    const { booths, uncertain } = this.needs.booths.get();
    const snapshot = this.snapshot();
    return snapshot === null ? [] : allIn(snapshot).booths.filter(({ id }) => uncertain.has(id) || !booths.has(id));
  }

  /** Of a booth whose words are known nothing is listened to: it would cost every page, all the time. */
  private openInDoubt(): readonly Open[] {
    const doubted = this.doubted();
    return doubted.length === 0 ? [] : this.open().filter((one) => doubted.some((booth) => isOf(one, booth)));
  }

  private open(): readonly Open[] {
    const { call } = this.needs;
    return [...openAmong(call.sounds.get(), false), ...openAmong(call.signs.get(), true), ...this.own()];
  }

  private own(): readonly Open[] {
    const snapshot = this.snapshot();
    const own = snapshot === null ? undefined : ownSeatIn(snapshot);
    const channel = this.needs.call.onAir();
    return own === undefined || channel === null ? [] : [{ id: "own", of: own.identity, channel, unheard: true }];
  }

  private snapshot(): Snapshot | null {
    const feed = this.needs.feed.get();
    return "snapshot" in feed ? feed.snapshot : null;
  }
}

function isOf({ of, channel }: Open, { members, languages }: Booth): boolean {
  return members.includes(of) && languages.some((each) => each === channel);
}

function isOnAir({ of, channel }: Open, byEar: BoothsNow["byEar"]): boolean {
  return [...byEar.values()].some(({ holder, onAir }) => holder === of && onAir !== null && onAir === channel);
}

function counted(before: number, isHeard: boolean): number {
  // What breaks off before it was sure has not begun, and may do so at once.
  if (!isHeard && before > 0) return before < SURE ? -PAUSE : -1;
  if (!isHeard) return before - 1;
  if (before > 0) return before + 1;
  return before <= -PAUSE ? 1 : SURE + 1;
}

function openAmong(all: readonly RemoteSound[], unheard: boolean): readonly Open[] {
  return all.flatMap(({ id, of, channel, muted }) => (muted ? [] : [{ id, of, channel, unheard }]));
}

function isAlike(before: BoothsNow["byEar"], after: BoothsNow["byEar"]): boolean {
  const isSame = ([id, { holder, onAir }]: readonly [string, BoothNow]): boolean => {
    const now = before.get(id);
    return now !== undefined && now.holder === holder && now.onAir === onAir;
  };
  return before.size === after.size && [...after].every(isSame);
}

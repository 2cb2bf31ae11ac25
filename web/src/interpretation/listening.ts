import { parseListened } from "../contract/parse";
import type { Seat, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import type { Clock } from "../kernel/clock";
import type { Log } from "../kernel/log";
import { Cell, type Readable } from "../kernel/store";
import { isSigned, type RemoteSign, type RemoteSound, WHISPER } from "../rooms";
import { type FeedState, ownSeatIn } from "../summits";
import { Arriving } from "./arriving";
import { boothsOf, inOrderFor } from "./booths";
import type { Mixer } from "./mixer";
import type { Booth, BoothNow, BoothsNow, Carries } from "./model";
import type { WhispersNow } from "./whisper";
import {
  airOf,
  allDue,
  type Audible,
  carriedIn,
  type Choice,
  clamped,
  gains,
  isLost,
  mayListenTo,
  ORIGINAL_LEVEL,
  type Scene,
  spokenBy,
} from "./routing";

/** A booth, and what is heard of it. */
export interface BoothHeard {
  readonly booth: Booth;
  /** Null: nobody of it is on air. */
  readonly onAir: { readonly into: Language; readonly who: Identity } | null;
  /** Who is on air by its own words has gone, or their sound breaks off. */
  readonly lost: boolean;
}

/** A sign channel, and what is seen in it. */
export interface SignSeen {
  readonly language: Language;
  readonly carries: Carries;
  /** Null: nobody is on air in it. */
  readonly picture: Pick<RemoteSign, "id" | "of" | "track"> | null;
}

/** What the listener chose and what there is to choose. */
export interface ListeningNow extends Choice {
  /** In the order of the meeting's channels. */
  readonly signs: readonly SignSeen[];
  /** Sign channels that stand beside the speaker. */
  readonly pinned: readonly Language[];
  /** How much of the stage's width each of them takes, from 0 to 1. */
  readonly signSize: number;
  /** What each spoken channel carries. */
  readonly carries: ReadonlyMap<Language, Carries>;
  readonly booths: readonly BoothHeard[];
  /** For interpreters: the language they are interpreting into now, null when off air. */
  readonly speakingInto: Language | null;
}

/** What listening needs of the call. */
export interface Heard {
  readonly sounds: Readable<readonly RemoteSound[]>;
  readonly signs: Readable<readonly RemoteSign[]>;
  readonly state: Readable<unknown>;
  speakInto(language: Language | null): Promise<void>;
  onAir(): Language | null;
}

export interface ListeningNeeds {
  readonly heard: Heard;
  readonly feed: Readable<FeedState>;
  readonly booths: Readable<BoothsNow>;
  readonly whispers: Readable<WhispersNow>;
  readonly mixer: () => Mixer;
  /** Where the choice outlasts the page. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly log: Log;
  readonly clock: Clock;
  /** What is heard or watched is chosen anew: others may want to know. */
  tell(): void;
}

/** Who listens, and in which meeting. */
interface Place {
  readonly snapshot: Snapshot;
  readonly own: Seat;
}

/** What is remembered on this device. */
type Kept = Pick<ListeningNow, "channel" | "originalLevel" | "pinned" | "signSize">;

const CHOSEN = "visavis listening";
/** How one's own sound is named, which no track is. */
const OWN = "own";
const NOTHING_CHOSEN: Kept = { channel: null, originalLevel: ORIGINAL_LEVEL, pinned: [], signSize: 0.25 };

/** Chooses what is heard: all sounds are held, and choosing only moves their levels, so that it is instant. */
export class Listening {
  readonly state: Cell<ListeningNow>;
  private readonly needs: ListeningNeeds;
  /** What was chosen on this device last time, until it is known whether that can be heard here. */
  private kept: Kept;
  private place: Place | null = null;
  private opened: ReadonlyMap<string, number> = new Map();
  private openings = 0;
  private readonly arriving: Arriving;
  private started = false;
  private attention = written(null, []);

  constructor(needs: ListeningNeeds) {
    this.needs = needs;
    this.kept = parseListened(needs.memory.getItem(CHOSEN) ?? "") ?? NOTHING_CHOSEN;
    const { pinned, signSize } = this.kept;
    const originalLevel = clamped(this.kept.originalLevel);
    const chosen = { channel: null, originalLevel, pinned, signSize };
    this.state = new Cell({ ...chosen, carries: new Map(), signs: [], booths: [], speakingInto: null });
    this.state.subscribe(() => {
      this.notice();
    });
    const { clock, heard, feed, booths, whispers } = needs;
    this.arriving = new Arriving(
      clock,
      (id) => needs.mixer().hears(id),
      () => {
        this.mix();
      },
    );
    for (const source of [heard.sounds, heard.signs, booths, whispers]) {
      source.subscribe(() => {
        this.mix();
      });
    }
    heard.state.subscribe(() => {
      this.noticeAir();
    });
    feed.subscribe(() => {
      this.follow();
    });
    this.follow();
  }

  listenTo(channel: Language | null): void {
    const { channel: before, speakingInto } = this.state.get();
    const isSeen = channel !== null && isSigned(channel, this.place?.snapshot.channels ?? []);
    if (channel === before || isSeen || !mayListenTo(channel, speakingInto)) return;
    this.state.set({ ...this.state.get(), channel });
    this.mix();
    this.keep();
  }

  setOriginalLevel(level: number): void {
    this.state.set({ ...this.state.get(), originalLevel: clamped(level) });
    this.mix();
    this.keep();
  }

  /** Puts a sign channel beside the speaker, or takes it away; what is heard stays as it is. */
  pin(language: Language, on: boolean): void {
    const others = this.state.get().pinned.filter((each) => each !== language);
    this.state.set({ ...this.state.get(), pinned: on ? [...others, language] : others });
    this.keep();
  }

  setSignSize(signSize: number): void {
    this.state.set({ ...this.state.get(), signSize });
    this.keep();
  }

  async interpretInto(language: Language | null): Promise<void> {
    // Off one's own channel first: an interpreter who hears themselves stops.
    if (!mayListenTo(this.state.get().channel, language)) this.listenTo(null);
    await this.needs.heard.speakInto(language);
    this.noticeAir();
  }

  /** What an interpreter takes relay from is no habit: only a listener's channel is remembered. */
  private keep(): void {
    const { channel, originalLevel, pinned, signSize } = this.state.get();
    const heard = this.place?.own.role === "interpreter" ? this.kept.channel : channel;
    this.kept = { channel: heard, originalLevel, pinned, signSize };
    this.needs.memory.setItem(CHOSEN, JSON.stringify(this.kept));
  }

  private notice(): void {
    const now = this.state.get();
    const attention = written(now.channel, watchedIn(now));
    if (attention === this.attention) return;
    this.attention = attention;
    this.needs.tell();
  }

  private noticeAir(): void {
    const speakingInto = this.needs.heard.onAir();
    const state = this.state.get();
    if (state.speakingInto === speakingInto) return;
    this.state.set({ ...state, speakingInto });
    this.mix();
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    const own = snapshot === null ? undefined : ownSeatIn(snapshot);
    if (snapshot === null || own === undefined) return;
    const before = this.place;
    this.place = { snapshot, own };
    if (before?.snapshot.meeting.id !== snapshot.meeting.id) this.rechoose(this.place);
    if (before === null || !isAlike(before.snapshot, snapshot)) this.mix();
  }

  /** In a meeting that one comes to one hears what one heard last time, where there is such a channel. */
  private rechoose({ snapshot, own }: Place): void {
    const { channel } = this.kept;
    if (own.role !== "interpreter" && channel !== null && spokenIn(snapshot).includes(channel)) this.listenTo(channel);
  }

  private mix(): void {
    const sounds = this.needs.heard.sounds.get();
    // Without sounds no graph is made: an arrival screen needs none.
    if (sounds.length === 0 && !this.started) {
      this.show(this.scene(sounds));
      return;
    }
    this.started = true;
    const mixer = this.needs.mixer();
    mixer.hold(sounds);
    const scene = this.awaiting(this.scene(sounds));
    this.show(scene);
    mixer.level(gains(this.state.get(), scene));
    mixer.wake().catch((error: unknown) => {
      this.needs.log.trouble("sound asleep", error);
    });
  }

  private scene(sounds: readonly RemoteSound[]): Scene {
    const { booths: words, byEar, uncertain } = this.needs.booths.get();
    const now = new Map<string, BoothNow>([...byEar, ...[...words].filter(([id]) => !uncertain.has(id))]);
    const audibles = [...this.inOrder([...sounds, ...this.needs.heard.signs.get()]), ...this.ownSound()];
    if (this.place === null) return { audibles, booths: [], now, present: new Set(), speaks: null };
    const { snapshot, own } = this.place;
    const { seats, booths: arranged, delegations, floor } = snapshot;
    const seated = seats.filter((seat) => seat.present === "chamber");
    const whispers = this.needs.whispers.get().find(({ on, to }) => on && to === own.identity)?.by;
    return {
      audibles,
      booths: inOrderFor(
        own.party,
        boothsOf(seats, arranged),
        delegations.map(({ id }) => id),
      ),
      now,
      present: new Set([own.identity, ...audibles.map(({ of }) => of), ...seated.map(({ identity }) => identity)]),
      speaks: spokenBy(seats, floor),
      whisper: sounds.find(({ channel, of, muted }) => channel === WHISPER && of === whispers && !muted)?.id,
    };
  }

  /** The sounds with the order in which they were unmuted. */
  private inOrder(sounds: readonly RemoteSound[]): readonly Audible[] {
    const open = sounds.filter(({ muted }) => !muted);
    this.opened = new Map(open.map(({ id }) => [id, this.opened.get(id) ?? ++this.openings]));
    return sounds.map(({ id, of, channel, stalled }) => {
      return { id, of, channel, unmuted: this.opened.get(id) ?? null, stalled };
    });
  }

  /** The same, with what is known of sounds that are still on their way. */
  private awaiting(scene: Scene): Scene {
    this.arriving.expect(allDue(scene).filter((id) => id !== OWN));
    const audibles = scene.audibles.map((each) => ({ ...each, fresh: this.arriving.isAwaited(each.id) }));
    return { ...scene, audibles };
  }

  /** One's own sound is never in the mix, and on air like any other. */
  private ownSound(): readonly Audible[] {
    const { speakingInto } = this.state.get();
    if (speakingInto === null || this.place === null) return [];
    return [{ id: OWN, of: this.place.own.identity, channel: speakingInto, unmuted: this.openings + 1 }];
  }

  private channels(): readonly Language[] {
    return this.place === null ? [] : spokenIn(this.place.snapshot);
  }

  private signs(scene: Scene): readonly SignSeen[] {
    const { channels } = this.place?.snapshot ?? { channels: [] };
    return channels.flatMap(({ language }) => {
      if (!isSigned(language, channels)) return [];
      const air = scene.booths.map((booth) => airOf(booth, language, scene)).find((found) => found !== undefined);
      const picture = this.needs.heard.signs.get().find(({ id }) => id === air?.id) ?? null;
      return [{ language, carries: carriedIn(language, scene), picture }];
    });
  }

  private show(scene: Scene): void {
    const carries = new Map(this.channels().map((each) => [each, carriedIn(each, scene)]));
    const signs = this.signs(scene);
    const booths = scene.booths.map((booth) => heardOf(booth, scene));
    const state = this.state.get();
    if (written([...carries], signs, booths) === written([...state.carries], state.signs, state.booths)) return;
    this.state.set({ ...state, carries, signs, booths });
  }
}

/** The sign channels that stand beside the speaker: those of the meeting that are pinned. */
export function watchedIn({ signs, pinned }: Pick<ListeningNow, "signs" | "pinned">): readonly Language[] {
  return signs.flatMap(({ language }) => (pinned.includes(language) ? [language] : []));
}

function written(...facts: readonly unknown[]): string {
  return JSON.stringify(facts);
}

function heardOf(booth: Booth, scene: Scene): BoothHeard {
  const lost = isLost(booth, scene);
  for (const into of booth.languages) {
    const sound = airOf(booth, into, scene);
    if (sound !== undefined) return { booth, onAir: { into, who: sound.of }, lost };
  }
  return { booth, onAir: null, lost };
}

/** Channels that are heard; signed ones are seen. */
function spokenIn({ channels }: Snapshot): readonly Language[] {
  return channels.filter(({ kind }) => kind === "spoken").map(({ language }) => language);
}

/** Whether nothing has changed that hangs on the meeting. Slices that did not change stay the same objects. */
function isAlike(before: Snapshot, after: Snapshot): boolean {
  return (["seats", "floor", "channels", "booths"] as const).every((slice) => before[slice] === after[slice]);
}

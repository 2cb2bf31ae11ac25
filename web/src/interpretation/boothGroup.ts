/**
 * The own booth's group, and what its interpreters keep there in common. Fetched by interpreters alone.
 *
 * Who comes asks for what there is, and everybody who has something says it all; so does who has missed a word. Saying a thing
 * twice changes nothing, so nobody has to be chosen to answer.
 */
import type { Said } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import type { Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { Cell, type Readable } from "../kernel/store";
import type { EnvelopeTold, GroupStanding, MeetingKeys } from "../keys";
import { type FeedState, ownSeatIn } from "../summits";
import { boothOf, boothsOf } from "./booths";
import { BoothVoice } from "./boothWords";
import type { Booth } from "./model";

/** What is said of what is kept in common: some of it as it is now, or a wish to be told all of it. */
export type CommonWord = Extract<Said, { kind: "glossary" | "documents" }>;
export type CommonPut = Extract<CommonWord, { does: "put" }>;

/** One kind of what is kept in common: each hears the words of its kind, and can say all that it knows. */
export interface Common {
  readonly kind: CommonWord["kind"];
  take(word: CommonPut): void;
  /** Says all there is. */
  sayAll(): Promise<void>;
  /** What was said in one booth is not another's. */
  forget(): void;
}

/** What is shown of the group. */
export interface BoothGroupState {
  /** Null while one works in none. */
  readonly booth: Booth | null;
  /** Where one stands in the booth's group. */
  readonly at: GroupStanding["at"];
  /** Who can read what is said in it, oneself among them. */
  readonly readers: GroupStanding["roster"];
  /** What is spoken there: the booth's own languages first. */
  readonly languages: readonly Language[];
}

/** What it needs. */
export interface BoothGroupNeeds {
  readonly keys: Pick<MeetingKeys, "state" | "say" | "listen" | "sitInBooth">;
  readonly chats: { sitInBooth(booth: string | null): void };
  readonly feed: Readable<FeedState>;
  readonly clock: Clock;
  readonly log: Log;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

/** How long one who has answered or asked leaves to the next time, in ms. */
const PAUSE = 5000;
export const NO_GROUP: BoothGroupState = { booth: null, at: "joining", readers: [], languages: [] };

export class BoothGroup {
  readonly state = new Cell<BoothGroupState>(NO_GROUP);
  private readonly needs: BoothGroupNeeds;
  private readonly commons = new Map<CommonWord["kind"], Common>();
  private booth: Booth | null = null;
  private voice: BoothVoice | null = null;
  private spoken: readonly Language[] = [];
  private isInside = false;
  /** What was done a moment ago; true: it is to be done once more. */
  private readonly paused = new Map<string, boolean>();

  constructor(needs: BoothGroupNeeds) {
    this.needs = needs;
    needs.keys.listen((group, told) => {
      if (group.kind === "booth" && group.booth === this.booth?.id) this.hear(told);
    });
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    this.follow();
  }

  /** From now on this is kept in common too; to be said before anybody is in the group. */
  keep(common: Common): void {
    this.commons.set(common.kind, common);
  }

  /** The server's time as words have it. */
  at(): string {
    return new Date(this.needs.now()).toISOString();
  }

  /**
   * Says something to the booth; settles when everybody there can have heard it.
   *
   * @throws RefusedError, OutageError when it was not said, or may not have been.
   */
  async say(word: CommonWord): Promise<void> {
    await this.voice?.send(word);
  }

  /** Which booth is one's own, by one's own rules. */
  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    // Out of reach for a while: one works where one did.
    if (snapshot === null && feed.at === "returning") return;
    const own = snapshot === null ? undefined : ownSeatIn(snapshot);
    this.spoken = snapshot?.languages ?? [];
    const booth =
      snapshot === null || own === undefined
        ? undefined
        : boothOf(boothsOf(snapshot.seats, snapshot.booths), own.identity);
    this.sit(booth ?? null);
  }

  private sit(booth: Booth | null): void {
    const before = this.booth;
    if (JSON.stringify(before) === JSON.stringify(booth)) return;
    this.booth = booth;
    if (before?.id !== booth?.id) this.begin(booth);
    this.needs.keys.sitInBooth(booth);
    this.needs.chats.sitInBooth(booth?.id ?? null);
    this.show();
  }

  private begin(booth: Booth | null): void {
    this.voice?.lose();
    this.isInside = false;
    this.voice = booth === null ? null : new BoothVoice(this.needs, { kind: "booth", booth: booth.id });
    for (const common of this.commons.values()) common.forget();
  }

  private standing(): GroupStanding | undefined {
    return this.needs.keys.state.get().groups.find(({ group }) => group === "booth");
  }

  private stand(): void {
    const wasInside = this.isInside;
    const here = this.standing();
    this.isInside = here?.at === "inside";
    if (wasInside && !this.isInside) this.voice?.lose();
    const isAlone = (here?.roster.length ?? 0) < 2;
    if (this.isInside && !wasInside && !isAlone) this.askForAll();
    this.show();
  }

  private hear(told: EnvelopeTold): void {
    if (told.told === "heard") this.take(told);
    // Of what was missed one knows only that it was said.
    if (told.told === "gap" || (told.told === "unheard" && told.why !== "earlier")) this.askForAll();
    this.voice?.hear(told);
  }

  private take({ from, said }: Extract<EnvelopeTold, { told: "heard" }>): void {
    if (said.kind !== "glossary" && said.kind !== "documents") return;
    const common = this.commons.get(said.kind);
    if (common === undefined || this.booth?.members.includes(from.identity) !== true) return;
    if (said.does === "put") common.take(said);
    else if (from.identity !== this.own()) this.sometimes(`answer ${said.kind}`, async () => common.sayAll());
  }

  private askForAll(): void {
    for (const kind of this.commons.keys()) {
      this.sometimes(`ask ${kind}`, async () => this.say({ kind, at: this.at(), does: "ask" }));
    }
  }

  private own(): string | undefined {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    return snapshot === null ? undefined : ownSeatIn(snapshot)?.identity;
  }

  /** Not again and again: once now, and once more after a pause for whatever came meanwhile. */
  private sometimes(what: string, does: () => Promise<void>): void {
    if (this.paused.has(what)) {
      this.paused.set(what, true);
      return;
    }
    this.paused.set(what, false);
    this.needs.clock.after(PAUSE, () => {
      const isOwed = this.paused.get(what) === true;
      this.paused.delete(what);
      if (isOwed) this.sometimes(what, does);
    });
    does().catch((error: unknown) => {
      this.needs.log.trouble(`booth: ${what}`, error);
    });
  }

  private show(): void {
    const here = this.standing();
    this.state.set({
      booth: this.booth,
      at: here?.at ?? "joining",
      readers: here?.roster ?? [],
      languages: [...new Set([...(this.booth?.languages ?? []), ...this.spoken])],
    });
  }
}

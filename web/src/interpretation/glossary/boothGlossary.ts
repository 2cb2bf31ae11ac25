/**
 * The own booth's group, and the glossary that its interpreters share there. Fetched by interpreters alone.
 *
 * Who comes asks for what there is, and everybody who has something says it all; so does who has missed a word. Saying a term
 * twice changes nothing (`glossary.ts`), so nobody has to be chosen to answer.
 */
import { RefusedError } from "../../kernel/errors";
import type { Language } from "../../kernel/ids";
import type { BadLine, Languages } from "./reading";
import { readCsv, writeCsv } from "./csv";
import { readTbx } from "./tbx";
import type { Clock } from "../../kernel/clock";
import type { Log } from "../../kernel/log";
import { Cell, type Readable } from "../../kernel/store";
import type { EnvelopeTold, GroupStanding, MeetingKeys } from "../../keys";
import { type FeedState, ownSeatIn } from "../../summits";
import { boothOf, boothsOf } from "../booths";
import { BoothVoice } from "../boothWords";
import type { Booth } from "../model";
import {
  afterTerms,
  type Glossary,
  inParts,
  MOST_TERMS,
  nameOf,
  NO_TERMS,
  putting,
  standing,
  takingAway,
  type Term,
  type Written,
} from "./glossary";

/** What is shown of it. */
export interface BoothGlossaryState {
  /** Null while one works in none. */
  readonly booth: Booth | null;
  readonly terms: readonly Term[];
  /** Where one stands in the booth's group. */
  readonly at: GroupStanding["at"];
  /** Who can read what is said in it, oneself among them. */
  readonly readers: GroupStanding["roster"];
  /** What terms can be in: the booth's own languages first. */
  readonly languages: readonly Language[];
}

/** What has become of a file. */
export interface Imported {
  readonly taken: number;
  readonly bad: readonly BadLine[];
  /** How many there was no more room for. */
  readonly left: number;
}

/** What it needs. */
export interface BoothGlossaryNeeds {
  readonly keys: Pick<MeetingKeys, "state" | "say" | "listen" | "sitInBooth">;
  readonly chats: { sitInBooth(booth: string | null): void };
  readonly feed: Readable<FeedState>;
  readonly clock: Clock;
  readonly log: Log;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
  /** Hands a text to the person as a file. */
  save(name: string, text: string): void;
}

/** How long one who has answered or asked leaves to the next time, in ms. */
const PAUSE = 5000;
const NOWHERE: BoothGlossaryState = { booth: null, terms: [], at: "joining", readers: [], languages: [] };

export class BoothGlossary {
  readonly state = new Cell<BoothGlossaryState>(NOWHERE);
  private readonly needs: BoothGlossaryNeeds;
  private booth: Booth | null = null;
  private glossary: Glossary = NO_TERMS;
  private voice: BoothVoice | null = null;
  private spoken: readonly Language[] = [];
  private isInside = false;
  /** What was done a moment ago; true: it is to be done once more. */
  private readonly paused = new Map<"ask" | "answer", boolean>();

  constructor(needs: BoothGlossaryNeeds) {
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

  /**
   * Puts terms in, or changes their notes; settles when they are there for everybody.
   *
   * @throws RefusedError, OutageError when some were not said, or may not have been.
   */
  async put(written: readonly Written[]): Promise<void> {
    await this.sayTerms(putting(this.glossary, written));
  }

  /**
   * Puts in what can be read of a file's text: a termbase if it begins as one, else a table.
   *
   * @throws RefusedError, OutageError as `put`.
   */
  async read(text: string): Promise<Imported> {
    const [first, second, ...rest] = this.state.get().languages;
    if (first === undefined || second === undefined) throw new RefusedError("move_not_possible");
    const languages: Languages = [first, second, ...rest];
    const { terms, bad } = /^\s*</u.test(text) ? readTbx(text, languages) : readCsv(text, languages);
    const said = putting(this.glossary, terms);
    const fresh = said.filter((term) => !this.glossary.has(nameOf(term)));
    const left = fresh.slice(Math.max(0, MOST_TERMS - this.glossary.size));
    await this.sayTerms(said.filter((term) => !left.includes(term)));
    return { taken: terms.length - left.length, bad, left: left.length };
  }

  /** Hands the whole of it to the person, as a table. */
  save(): void {
    this.needs.save("glossary.csv", writeCsv(this.state.get().terms));
  }

  async takeAway(term: Term): Promise<void> {
    await this.sayTerms(takingAway(term));
  }

  private async sayTerms(terms: readonly Term[]): Promise<void> {
    for (const part of inParts(terms)) await this.say({ does: "put", terms: [...part] });
  }

  private async say(saying: { does: "put"; terms: Term[] } | { does: "ask" }): Promise<void> {
    await this.voice?.send({ kind: "glossary", at: this.voice.at(), ...saying });
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

  /** What was said in one booth is not another's. */
  private begin(booth: Booth | null): void {
    this.voice?.lose();
    this.glossary = NO_TERMS;
    this.isInside = false;
    this.voice = booth === null ? null : new BoothVoice(this.needs, { kind: "booth", booth: booth.id });
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
    if (this.isInside && !wasInside && !isAlone) this.sometimes("ask", async () => this.say({ does: "ask" }));
    this.show();
  }

  private hear(told: EnvelopeTold): void {
    if (told.told === "heard") this.take(told);
    // Of what was missed one knows only that it was said.
    if (told.told === "gap" || (told.told === "unheard" && told.why !== "earlier")) {
      this.sometimes("ask", async () => this.say({ does: "ask" }));
    }
    this.voice?.hear(told);
  }

  private take({ from, said }: Extract<EnvelopeTold, { told: "heard" }>): void {
    if (said.kind !== "glossary" || this.booth?.members.includes(from.identity) !== true) return;
    if (said.does === "put") {
      this.glossary = afterTerms(this.glossary, said.terms);
      this.show();
    } else if (from.identity !== this.own() && this.glossary.size > 0) {
      this.sometimes("answer", async () => this.sayTerms([...this.glossary.values()]));
    }
  }

  private own(): string | undefined {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    return snapshot === null ? undefined : ownSeatIn(snapshot)?.identity;
  }

  /** Not again and again: once now, and once more after a pause for whatever came meanwhile. */
  private sometimes(what: "ask" | "answer", does: () => Promise<void>): void {
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
      this.needs.log.trouble(`glossary: ${what}`, error);
    });
  }

  private show(): void {
    const here = this.standing();
    this.state.set({
      booth: this.booth,
      terms: standing(this.glossary),
      at: here?.at ?? "joining",
      readers: here?.roster ?? [],
      languages: [...new Set([...(this.booth?.languages ?? []), ...this.spoken])],
    });
  }
}

/** What the screens use of it. */
export type OwnGlossary = Pick<BoothGlossary, "state" | "put" | "takeAway" | "read" | "save">;

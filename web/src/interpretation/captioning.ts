/** Captions of one meeting after another: what others write, and what one writes oneself, sealed like everything said. */
import type { ErrorCode } from "../contract/codes";
import type { Clock } from "../kernel/clock";
import type { Identity, Language, MeetingId } from "../kernel/ids";
import type { Cell, Readable } from "../kernel/store";
import type { Envelopes, EnvelopeTold } from "../keys";
import type { FeedState } from "../summits";
import { afterCaption, type CaptionsNow, type CaptionWord, NO_CAPTIONS } from "./captions";

export interface CaptionsState {
  readonly now: CaptionsNow;
  /** What one reads; null: nothing. */
  readonly reads: Language | null;
  /** Why what one wrote last has not reached the others. */
  readonly trouble: ErrorCode | null;
}

/** What captions need. */
export interface CaptioningNeeds {
  readonly state: Cell<CaptionsState>;
  readonly keys: Pick<Envelopes, "say">;
  readonly feed: Readable<FeedState>;
  readonly clock: Clock;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

interface Draft {
  readonly into: Language;
  readonly line: number;
  readonly text: string;
}

/** A line that grows is told so often, in ms: quick enough to read along, and far from what the server takes a minute. */
const EVERY = 700;
const CHAMBER = { kind: "chamber" } as const;

export class Captioning {
  private readonly needs: CaptioningNeeds;
  private languages: ReadonlyMap<Identity, readonly Language[]> = new Map();
  private meeting: MeetingId | null = null;
  private draft: Draft | null = null;
  /** What was told of it last. */
  private told = "";
  private resting: (() => void) | null = null;
  /** The newest thing said. */
  private last = 0;
  private lines = 0;

  constructor(needs: CaptioningNeeds) {
    this.needs = needs;
    needs.feed.subscribe(() => {
      this.follow();
    });
    this.follow();
  }

  hear(told: EnvelopeTold): void {
    if (told.told === "unsent") {
      if (told.ticket === this.last) this.change({ trouble: told.code });
      return;
    }
    // Interpreters by the certificate of their leaf; in which languages, by the accreditation of their own delegation.
    if (told.told !== "heard" || told.said.kind !== "caption" || told.from.role !== "interpreter") return;
    const { now } = this.needs.state.get();
    const heard = { from: told.from.identity, word: told.said };
    this.change({ now: afterCaption(now, heard, (who, into) => this.languages.get(who)?.includes(into) === true) });
  }

  /** The line that one is writing, as it is by now. */
  write(into: Language, text: string): void {
    if (this.draft !== null && this.draft.into !== into) this.end();
    const line = this.draft?.line ?? this.nextLine();
    this.draft = { into, line, text };
    this.tell();
  }

  /** The line is done. */
  end(): void {
    const { draft } = this;
    if (draft === null) return;
    this.rest();
    this.draft = null;
    this.told = "";
    this.say({ ...draft, done: true });
  }

  /** Writes a line of one's own anew. */
  correct(into: Language, line: number, text: string): void {
    this.say({ into, line, text, done: true });
  }

  /** Higher than any before, on this page and on those before it. */
  private nextLine(): number {
    this.lines = Math.max(this.lines + 1, Math.floor(this.needs.now()));
    return this.lines;
  }

  private tell(): void {
    if (this.draft === null || this.resting !== null || this.draft.text === this.told) return;
    this.told = this.draft.text;
    this.say({ ...this.draft, done: false });
    this.resting = this.needs.clock.after(EVERY, () => {
      this.resting = null;
      this.tell();
    });
  }

  private rest(): void {
    this.resting?.();
    this.resting = null;
  }

  private say(written: Omit<CaptionWord, "kind" | "at">): void {
    const { needs } = this;
    this.last = needs.ticket();
    const at = new Date(needs.now()).toISOString();
    const isSaid = needs.keys.say(CHAMBER, this.last, { kind: "caption", at, ...written });
    this.change({ trouble: isSaid ? null : "group_unknown" });
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    if (snapshot === null) return;
    this.languages = new Map(snapshot.seats.map(({ identity, languages }) => [identity, languages]));
    const { id } = snapshot.meeting;
    // What was written at another meeting is nobody's at this one.
    if (this.meeting !== null && id !== this.meeting) this.change({ now: NO_CAPTIONS, trouble: null });
    this.meeting = id;
  }

  private change(part: Partial<CaptionsState>): void {
    this.needs.state.set({ ...this.needs.state.get(), ...part });
  }
}

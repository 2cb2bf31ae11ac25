/** What one interprets from, in each direction: one's own choice, which outlasts a partner's turn at the microphone. */
import type { Identity, Language } from "../kernel/ids";
import type { Readable } from "../kernel/store";
import type { BoothVoice } from "./boothWords";
import type { BoothNow, BoothsNow, Source } from "./model";
import { closesCircle } from "./relays";

/** Who chooses, and where they work. */
export interface AtWork {
  readonly own: Identity | null;
  /** The booth's id; null: one works in none. */
  readonly booth: string | null;
  readonly now: BoothNow;
  /** The direction. */
  readonly into: Language | null;
}

/** What choosing needs. */
export interface SourcesNeeds {
  readonly booths: Readable<BoothsNow>;
  readonly listening: { listenTo(channel: Source): void };
  readonly voice: Pick<BoothVoice, "say">;
  atWork(): AtWork;
}

export class Sources {
  /** What one will hear at a press. */
  next: Source = null;
  private readonly needs: SourcesNeeds;
  private readonly chosen = new Map<Language, Source>();

  constructor(needs: SourcesNeeds) {
    this.needs = needs;
  }

  /** Whether one would, by way of others, interpret from oneself. */
  isCircle(into: Language, source: Source): boolean {
    const { booth } = this.needs.atWork();
    return source === into || closesCircle(this.needs.booths.get().booths, booth ?? "", into, source);
  }

  /** Chooses for a direction; one's ears follow if it is the one that one works in. */
  choose(into: Language, source: Source): void {
    this.chosen.set(into, source);
    if (this.needs.atWork().into !== into) return;
    this.next = source;
    this.needs.listening.listenTo(source);
  }

  /** One's ears go over to what one interprets from in the direction. */
  face(): void {
    const { into } = this.needs.atWork();
    if (into !== null) this.choose(into, this.own(into));
  }

  /** One's ears where the others believe them: what one hears oneself could not be chosen while one sent it. */
  attune(): void {
    const { own, now, into } = this.needs.atWork();
    if (into !== null && now.holder === own) this.needs.listening.listenTo(this.own(into));
  }

  /** With the microphone comes what one takes oneself, in each of these directions. */
  async sayAll(directions: readonly Language[]): Promise<void> {
    for (const into of directions) await this.say(into);
  }

  /**
   * Tells the booths what one takes for a direction, if one has the microphone.
   *
   * @returns whether all took it so: somebody else's choice may have come first, with which this one would be a circle.
   */
  async say(into: Language): Promise<boolean> {
    const source = this.own(into);
    if (!this.holds() || source === this.told(into)) return true;
    try {
      await this.needs.voice.say({ does: "source", into, from: source });
    } catch (error) {
      this.back(into, source);
      throw error;
    }
    const told = this.told(into);
    if (!this.holds() || source === told) return true;
    this.back(into, source);
    return false;
  }

  /** One hears again what all believe, unless one has chosen anew meanwhile. */
  private back(into: Language, source: Source): void {
    if (this.own(into) === source) this.choose(into, this.told(into));
  }

  private own(into: Language): Source {
    return this.chosen.get(into) ?? null;
  }

  private told(into: Language): Source {
    return this.needs.atWork().now.sources.get(into) ?? null;
  }

  private holds(): boolean {
    const { own, now } = this.needs.atWork();
    return own !== null && now.holder === own;
  }
}

/**
 * A technician's watch: each device says how its sound and its line do, sealed for its own delegation, while a technician is
 * there to read it; and the technician answers calls.
 */
import type { Seat } from "../../contract/parse";
import type { Clock } from "../../kernel/clock";
import { RefusedError } from "../../kernel/errors";
import type { Identity } from "../../kernel/ids";
import type { Log } from "../../kernel/log";
import type { Cell, Readable } from "../../kernel/store";
import type { Envelopes, EnvelopeTold, Holder } from "../../keys";
import type { CallState, DevicesState } from "../../rooms/model";
import { type FeedState, ownSeatIn } from "../../summits";
import { comeSince } from "../boothWords";
import { adviceOn } from "../ear/advice";
import type { Measures } from "../ear/measure";
import type { BoothActions, BoothsNow } from "../model";
import {
  afterAnswer,
  afterLine,
  amongThese,
  isWatched,
  type LineWord,
  type TechnicianWord,
  type Watched,
} from "./watched";
import { type Counts, countsOf, type Way, wayBetween } from "./way";

/** What a watch needs. */
export interface WatchNeeds {
  readonly state: Cell<Watched>;
  readonly keys: Envelopes;
  readonly feed: Readable<FeedState>;
  readonly call: {
    readonly state: Readable<Pick<CallState, "sending">>;
    counted(): Promise<readonly RTCStatsReport[]>;
  };
  readonly devices: { readonly state: Readable<Pick<DevicesState, "preview">> };
  readonly booth: Pick<BoothActions, "callTechnician"> & { readonly booths: Readable<BoothsNow> };
  readonly clock: Clock;
  readonly log: Log;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
  /** Listens to a microphone; calls `then` about once a second; the answer is what ends it. */
  measure(stream: MediaStream, then: (measures: Measures) => void): Promise<() => void>;
}

/** How often one looks, and how often one says what one saw, if it is no other than before; in ms. */
const LOOK = 2000;
const SAY = 10_000;
const NOBODY: readonly Holder[] = [];
const NO_WAY: Way = { lost: null, lostSent: null, roundTrip: null, delay: null, rate: null };

type Said = LineWord | TechnicianWord;

export class Watch {
  private readonly needs: WatchNeeds;
  private own: Seat | null = null;
  private counted: { readonly counts: Counts; readonly at: number } | null = null;
  private way: Way = NO_WAY;
  private measures: Measures | null = null;
  private track: MediaStreamTrack | null = null;
  private ending: Promise<() => void> | null = null;
  private roster = NOBODY;
  private told = { at: -SAY, what: "" };

  constructor(needs: WatchNeeds) {
    this.needs = needs;
    needs.keys.listen(({ kind }, told) => {
      if (kind === "caucus" && told.told === "heard") this.hear(told);
    });
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    needs.booth.booths.subscribe(() => {
      this.say();
    });
    needs.call.state.subscribe(() => {
      this.listen();
    });
    needs.clock.every(LOOK, () => {
      this.look().catch((error: unknown) => {
        needs.log.trouble("line not looked at", error);
      });
    });
    this.stand();
  }

  /**
   * A technician's answer to a call.
   *
   * @throws RefusedError when one is not in the group of one's delegation.
   */
  answer(does: TechnicianWord["does"], to: Identity): void {
    if (!this.tell({ kind: "technician", at: this.at(), does, to })) throw new RefusedError("group_unknown");
  }

  private hear({ from, said }: Extract<EnvelopeTold, { told: "heard" }>): void {
    const { state } = this.needs;
    if (said.kind === "line") state.set(afterLine(state.get(), from.identity, said, this.needs.now()));
    // By the certificate of the leaf: nobody else answers a call.
    if (said.kind !== "technician" || from.role !== "technician") return;
    state.set(afterAnswer(state.get(), from.identity, said));
    if (said.does === "done" && said.to === this.own?.identity && this.calls()) {
      this.quietly(this.needs.booth.callTechnician(false));
    }
  }

  /** Whoever is gone is forgotten, and so is whoever has come back; to a technician who comes, one says at once how one does. */
  private stand(): void {
    const feed = this.needs.feed.get();
    this.own = ("snapshot" in feed && feed.snapshot !== null ? ownSeatIn(feed.snapshot) : null) ?? this.own;
    const caucus = this.needs.keys.state.get().groups.find(({ group }) => group === "caucus");
    const roster = caucus?.roster ?? NOBODY;
    if (roster === this.roster) return;
    const come = comeSince(this.roster, roster);
    const stayed = roster.filter((holder) => !come.includes(holder));
    this.roster = roster;
    const { state } = this.needs;
    state.set(amongThese(state.get(), new Set(stayed.map(({ member }) => member.identity))));
    this.told = { at: -SAY, what: "" };
    this.listen();
    this.say();
  }

  private isWatched(): boolean {
    const { own } = this;
    return own !== null && own.role !== "technician" && isWatched(this.needs.keys.state.get(), own.identity);
  }

  private async look(): Promise<void> {
    if (!this.isWatched()) return;
    const counts = countsOf(await this.needs.call.counted());
    const at = this.needs.clock.now();
    this.way = this.counted === null ? NO_WAY : wayBetween(this.counted.counts, counts, at - this.counted.at);
    this.counted = { counts, at };
    this.listen();
    this.say();
  }

  /** Only a microphone that is on, and only while somebody is there to read of it. */
  private listen(): void {
    const isOn = this.isWatched() && this.needs.call.state.get().sending.microphone;
    const track = isOn ? (this.needs.devices.state.get().preview?.getAudioTracks()[0] ?? null) : null;
    if (track === this.track) return;
    this.track = track;
    this.measures = null;
    const { ending } = this;
    if (ending !== null)
      this.quietly(
        ending.then((end) => {
          end();
        }),
      );
    this.ending = track === null ? null : this.measure(track);
  }

  private async measure(track: MediaStreamTrack): Promise<() => void> {
    return this.needs.measure(new MediaStream([track]), (measures) => {
      if (this.track === track) this.measures = measures;
    });
  }

  /** Says how one does: every ten seconds, or when something is amiss, or is no more. */
  private say(): void {
    if (!this.isWatched()) return;
    const { calls, sound, way } = this.doing();
    const now = this.needs.clock.now();
    const what = JSON.stringify([calls, sound?.amiss, sound?.bandwidth]);
    if (what === this.told.what && now - this.told.at < SAY) return;
    if (this.tell({ kind: "line", at: this.at(), calls, sound, way })) this.told = { at: now, what };
  }

  private doing(): Pick<LineWord, "calls" | "sound" | "way"> {
    const { lost, lostSent, roundTrip, delay, rate } = this.way;
    const way = { lost, lost_sent: lostSent, round_trip: roundTrip, delay };
    return {
      calls: this.calls(),
      sound: this.track === null ? null : { ...soundOf(this.measures), rate },
      way: Object.values(way).every((figure) => figure === null) ? null : way,
    };
  }

  private calls(): boolean {
    return this.own !== null && this.needs.booth.booths.get().calling.has(this.own.identity);
  }

  private tell(said: Said): boolean {
    const { own } = this;
    return own !== null && this.needs.keys.say({ kind: "caucus", party: own.party }, this.needs.ticket(), said);
  }

  private at(): string {
    return new Date(this.needs.now()).toISOString();
  }

  /** Nobody waits for it. */
  private quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.needs.log.trouble("watch", error);
    });
  }
}

function soundOf(measures: Measures | null): Pick<NonNullable<LineWord["sound"]>, "loudness" | "bandwidth" | "amiss"> {
  if (measures === null) return { loudness: null, bandwidth: null, amiss: [] };
  const advice = adviceOn(measures) ?? [];
  return {
    loudness: measures.loudness === null ? null : Math.round(Math.max(-200, measures.loudness)),
    // Too little is no telephone yet.
    bandwidth: advice.length === 0 ? null : measures.bandwidth,
    amiss: advice.filter((each) => each !== "good"),
  };
}

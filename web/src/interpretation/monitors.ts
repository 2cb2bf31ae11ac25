/** What of one's own booth an interpreter hears besides: what they send themselves, and what their partner sends. */
import { type Clock, wallClock } from "../kernel/clock";
import type { Identity, Language } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import type { Capture } from "../rooms";
import type { CallState } from "../rooms/model";
import { LOOK } from "./ear/gauge";
import { Levelled } from "./ear/levelled";
import type { Mixer } from "./mixer";
import type { ConsoleState } from "./model";

/** A sound with whose it is; null is the floor. */
export interface BoothSound {
  readonly track: MediaStreamTrack;
  readonly of: Identity;
  readonly channel: Language | null;
  readonly muted: boolean;
}

/** What monitors need. */
export interface MonitorNeeds {
  readonly mixer: Pick<Mixer, "context" | "mix" | "inlets">;
  readonly sounds: Readable<readonly BoothSound[]>;
  readonly booth: Readable<ConsoleState | null>;
  readonly call: Readable<Pick<CallState, "seating">>;
  /** Whether levels may be touched at all. */
  readonly matched: boolean;
  /** A copy of what one's microphone gives. */
  microphone(): Promise<MediaStreamTrack>;
  /** Calls `then` whenever another device stands behind a kind. */
  watch(then: (kind: Capture) => void): () => void;
}

export interface Monitored {
  readonly own: boolean;
  readonly partner: boolean;
}

/** Under whatever one works from: enough to follow, too little to drown the floor. */
const LEVEL = 0.5;
/** The time constant of a change, in seconds: no click. */
const SMOOTH = 0.01;

/** Plays into the same mix, so that volume, tone and limiter hold for it too. */
export class Monitors {
  readonly state = new Cell<Monitored>({ own: false, partner: false });
  private readonly needs: MonitorNeeds;
  private readonly own: GainNode;
  private readonly partner: GainNode;
  private microphone: MediaStreamTrack | null = null;
  /** Partners' sounds, as loud as channels are. */
  private readonly heard = new Map<MediaStreamTrack, Levelled>();
  private readonly clock: Clock;
  private stop: (() => void) | null = null;
  /** How often the microphone was asked for or let go: of several answers the last counts. */
  private asked = 0;

  constructor(needs: MonitorNeeds, clock: Clock = wallClock) {
    this.needs = needs;
    this.clock = clock;
    const { context, mix } = needs.mixer;
    [this.own, this.partner] = [new GainNode(context, { gain: 0 }), new GainNode(context, { gain: 0 })];
    this.own.connect(mix);
    this.partner.connect(mix);
    needs.booth.subscribe(() => {
      this.follow();
    });
    needs.sounds.subscribe(() => {
      this.follow();
    });
    needs.call.subscribe(() => {
      if (!isInChamber(needs.call.get())) this.letGo();
    });
    needs.watch((kind) => {
      if (kind === "microphone" && this.state.get().own) this.changeOver();
    });
  }

  /** Rejects when the microphone cannot be opened. */
  async listen(to: keyof Monitored, on: boolean): Promise<void> {
    if (to === "own") await this.hold(on);
    this.state.set({ ...this.state.get(), [to]: to === "own" ? this.microphone !== null : on });
    this.follow();
  }

  /** Whoever has left the chamber keeps no microphone open. */
  private letGo(): void {
    void this.hold(false);
    if (!this.state.get().own) return;
    this.state.set({ ...this.state.get(), own: false });
    this.follow();
  }

  /** Another microphone is taken; where it cannot be opened, one hears oneself no more. */
  private changeOver(): void {
    this.hold(true).catch(() => {
      this.letGo();
    });
  }

  private async hold(on: boolean): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    const taken = on ? await this.needs.microphone() : null;
    if (asked !== this.asked) {
      taken?.stop();
      return;
    }
    const before = this.microphone;
    this.microphone = taken;
    const { inlets } = this.needs.mixer;
    before?.stop();
    if (before !== null) inlets.unwire(before, this.own);
    if (this.microphone !== null) inlets.wire(this.microphone, this.own);
  }

  /** What leaves is heard, and nothing that does not. */
  private follow(): void {
    const { own, partner } = this.state.get();
    const desk = this.needs.booth.get();
    const leaves = desk !== null && desk.now.holder === desk.own && desk.now.onAir !== null && !desk.coughing;
    this.become(this.own, own && leaves);
    this.connect(partner ? this.partnerTracks(desk) : []);
    this.become(this.partner, partner);
  }

  private partnerTracks(desk: ConsoleState | null): readonly MediaStreamTrack[] {
    const partners = desk?.partners.map(({ identity }) => identity) ?? [];
    return this.needs.sounds
      .get()
      .filter(({ channel, muted, of }) => channel !== null && !muted && partners.includes(of))
      .map(({ track }) => track);
  }

  private connect(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, levelled] of this.heard) {
      if (tracks.includes(track)) continue;
      this.needs.mixer.inlets.unwire(track, levelled.gauge.node);
      levelled.end();
      this.heard.delete(track);
    }
    for (const track of tracks) if (!this.heard.has(track)) this.heard.set(track, this.levelled(track));
    this.attend();
  }

  private levelled(track: MediaStreamTrack): Levelled {
    const levelled = new Levelled(this.needs.mixer.context);
    this.needs.mixer.inlets.wire(track, levelled.gauge.node);
    levelled.gain.connect(this.partner);
    return levelled;
  }

  /** Looks at what is heard for as long as there is any. */
  private attend(): void {
    if (this.heard.size === 0) {
      this.stop?.();
      this.stop = null;
      return;
    }
    this.stop ??= this.clock.every(LOOK, () => {
      const { matched: matches } = this.needs;
      for (const levelled of this.heard.values()) levelled.look({ matches, measured: false });
    });
  }

  private become(gain: GainNode, on: boolean): void {
    gain.gain.setTargetAtTime(on ? LEVEL : 0, this.needs.mixer.context.currentTime, SMOOTH);
  }
}

function isInChamber({ seating }: Pick<CallState, "seating">): boolean {
  return (seating.at === "seated" || seating.at === "returning") && seating.room === "chamber";
}

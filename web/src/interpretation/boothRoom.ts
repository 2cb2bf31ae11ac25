/**
 * What an interpreter says, hears and sees in their own booth, beside what they do for the chamber: over a line, under keys
 * and by a microphone of its own, which is closed by itself while what one says goes out to listeners.
 */
import type { Clock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { Cell, type Readable } from "../kernel/store";
import type { KeysState } from "../keys";
import type { BoothLine, BoothLineState } from "../rooms";
import type { CallState, DevicesState, Presence } from "../rooms/model";
import { LOOK } from "./ear/gauge";
import { Levelled } from "./ear/levelled";
import type { Mixer } from "./mixer";
import type { ConsoleState } from "./model";
import type { WhispersNow } from "./whisper";

/** What a booth's own room needs. */
export interface BoothRoomNeeds {
  readonly line: Pick<BoothLine, "state" | "work" | "send">;
  readonly desk: Readable<ConsoleState | null>;
  readonly call: Readable<Pick<CallState, "seating" | "sending">>;
  /** Nothing one says goes out for as long as one talks to the booth. */
  readonly hush: (held: boolean) => Promise<void>;
  readonly whispers: Readable<WhispersNow>;
  readonly keys: Readable<Pick<KeysState, "groups">>;
  readonly devices: Readable<Pick<DevicesState, "headset">>;
  readonly mixer: Pick<Mixer, "context" | "mix" | "inlets">;
  /** Whether what is heard is brought to the loudness of channels. */
  readonly matched: boolean;
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the console shows of it. */
export interface BoothRoomNow {
  /** There is somebody to talk to. */
  readonly isOpen: boolean;
  /** One is on air: what one says goes to the listeners, and not to the booth. */
  readonly isShut: boolean;
  readonly talking: boolean;
  readonly shown: boolean;
  /** Oneself, as the others see one; null while they do not. */
  readonly own: Presence | null;
  /** How loud the others of the booth are, from 0 to 1. */
  readonly level: number;
  readonly partners: readonly Presence[];
}

const KEPT = "visavis booth level";
const USUAL = 0.7;
/** The time constant of a change, in seconds: no click. */
const SMOOTH = 0.01;

interface Strand {
  readonly sink: HTMLAudioElement;
  readonly levelled: Levelled;
}

export class BoothRoom {
  readonly state: Cell<BoothRoomNow>;
  private readonly needs: BoothRoomNeeds;
  private readonly gain: GainNode;
  private readonly strands = new Map<MediaStreamTrack, Strand>();
  private heard: readonly MediaStreamTrack[] = [];
  private stop: (() => void) | null = null;
  /** How many consoles are open on this page: one, or for a moment two. */
  private consoles = 0;
  private held = false;
  private wantsShown = false;
  private level: number;

  constructor(needs: BoothRoomNeeds) {
    this.needs = needs;
    this.level = remembered(needs.memory);
    this.gain = new GainNode(needs.mixer.context, { gain: 0 });
    this.gain.connect(needs.mixer.mix);
    this.state = new Cell<BoothRoomNow>(this.now([]));
    const follow = (): void => {
      this.follow();
    };
    const { desk, call, whispers, keys, devices, line } = needs;
    for (const told of [desk, call, whispers, keys, devices, line.state]) told.subscribe(follow);
  }

  /** A console is open; returns what is called when it is closed. */
  enter(): () => void {
    this.consoles += 1;
    this.follow();
    return () => {
      this.consoles -= 1;
      if (this.consoles > 0) return this.follow();
      this.wantsShown = false;
      this.talk(false);
    };
  }

  /**
   * As long as it is held, one talks to the others of the booth; on air only while one coughs. A microphone that comes to one in
   * the middle of a sentence to them opens when it is let go of.
   */
  talk(held: boolean): void {
    if (held !== this.held) this.keepInside(held);
    this.held = held;
    this.follow();
  }

  /** Whether the others of the booth see one. */
  show(on: boolean): void {
    this.wantsShown = on;
    this.follow();
  }

  /** @param level from 0 to 1 */
  setLevel(level: number): void {
    this.level = within(level);
    this.needs.memory.setItem(KEPT, String(this.level));
    this.follow();
  }

  private keepInside(held: boolean): void {
    this.needs.hush(held).catch((error: unknown) => {
      this.needs.log.trouble("not hushed", error);
    });
  }

  private follow(): void {
    const { line, devices } = this.needs;
    const others = this.others();
    const leaves = this.leaves();
    line.work(others);
    line.send({ microphone: this.held && others.length > 0 && !leaves, camera: this.wantsShown && others.length > 0 });
    // Without a headset what is heard on air goes out again.
    const isHeard = !leaves || devices.get().headset;
    this.connect(line.state.get(), isHeard ? this.level : 0);
    const next = this.now(others);
    if (!isAlike(this.state.get(), next)) this.state.set(next);
  }

  /** Whether what one says goes out to listeners, or to the one to whom one whispers: in doubt, it does. */
  private leaves(): boolean {
    const { desk: desks, call, whispers } = this.needs;
    const desk = desks.get();
    const isOnAir = desk !== null && desk.now.holder === desk.own && desk.now.onAir !== null;
    const isWhispering = whispers.get().some(({ by, on }) => on && by === desk?.own);
    return ((isOnAir || isWhispering) && desk?.coughing !== true) || call.get().sending.microphone;
  }

  /** With whom one may talk now: nobody while somebody has the booth's keys who does not work there. */
  private others(): readonly Identity[] {
    const { desk: desks, keys, call } = this.needs;
    const desk = desks.get();
    const booth = desk?.booth ?? null;
    const group = keys.get().groups.find((each) => each.group === "booth" && each.at === "inside");
    if (this.consoles === 0 || booth === null || group === undefined || !isInChamber(call.get())) return [];
    const holders = group.roster.map(({ member }) => member.identity);
    if (!holders.every((holder) => booth.members.includes(holder))) return [];
    return holders.filter((holder) => holder !== desk?.own);
  }

  private now(others: readonly Identity[]): BoothRoomNow {
    const { sending, presences, isOpen } = this.needs.line.state.get();
    // The first is oneself.
    const [own = null, ...partners] = presences;
    return {
      isOpen: isOpen && others.length > 0,
      isShut: this.leaves(),
      talking: sending.microphone,
      shown: sending.camera,
      own: sending.camera ? own : null,
      level: this.level,
      partners,
    };
  }

  private connect({ sounds }: BoothLineState, level: number): void {
    const tracks = sounds.filter(({ channel, muted }) => channel === null && !muted).map(({ track }) => track);
    for (const track of this.heard) if (!tracks.includes(track)) this.hush(track);
    for (const track of tracks) if (!this.heard.includes(track)) this.play(track);
    this.heard = tracks;
    this.letGo(new Set(sounds.map(({ track }) => track)));
    this.attend();
    this.gain.gain.setTargetAtTime(level, this.needs.mixer.context.currentTime, SMOOTH);
  }

  private play(track: MediaStreamTrack): void {
    this.needs.mixer.inlets.wire(track, this.strand(track).levelled.gauge.node);
  }

  private hush(track: MediaStreamTrack): void {
    this.needs.mixer.inlets.unwire(track, this.strand(track).levelled.gauge.node);
  }

  /** Ends what is there no more; what is only muted comes back. */
  private letGo(there: ReadonlySet<MediaStreamTrack>): void {
    for (const [track, { levelled, sink }] of this.strands) {
      if (there.has(track)) continue;
      this.hush(track);
      levelled.end();
      sink.srcObject = null;
      this.strands.delete(track);
    }
  }

  /** Looks at what is heard for as long as there is any. */
  private attend(): void {
    if (this.heard.length === 0) {
      this.stop?.();
      this.stop = null;
      return;
    }
    this.stop ??= this.needs.clock.every(LOOK, () => {
      const { matched: matches } = this.needs;
      for (const track of this.heard) this.strand(track).levelled.look({ matches, measured: false });
    });
  }

  private strand(track: MediaStreamTrack): Strand {
    const held = this.strands.get(track);
    if (held !== undefined) return held;
    // Chromium feeds a remote track to WebAudio only while an element plays it too, muted or not.
    const sink = new Audio();
    sink.muted = true;
    sink.srcObject = new MediaStream([track]);
    sink.play().catch((error: unknown) => {
      this.needs.log.trouble("sink asleep", error);
    });
    const levelled = new Levelled(this.needs.mixer.context);
    levelled.gain.connect(this.gain);
    const made = { sink, levelled };
    this.strands.set(track, made);
    return made;
  }
}

function isInChamber({ seating }: Pick<CallState, "seating">): boolean {
  return (seating.at === "seated" || seating.at === "returning") && seating.room === "chamber";
}

/** Whether a console would show the same; the line makes its presences anew only when they are others. */
function isAlike(one: BoothRoomNow, other: BoothRoomNow): boolean {
  const { own, partners, ...rest } = one;
  const { own: otherOwn, partners: others, ...otherRest } = other;
  const arePartners = partners.length === others.length && partners.every((partner, at) => partner === others[at]);
  return arePartners && own === otherOwn && JSON.stringify(rest) === JSON.stringify(otherRest);
}

function within(level: number): number {
  return Math.min(1, Math.max(0, level));
}

function remembered(memory: BoothRoomNeeds["memory"]): number {
  const text = memory.getItem(KEPT);
  const kept = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(kept) ? within(kept) : USUAL;
}

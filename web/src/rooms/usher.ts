/** Brings one to a seat: ticket, connection, and again until it holds or is refused for good. */
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import type { Ticket } from "../contract/parse";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Identity } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { shutOutFor, shutOutOf } from "./admission";
import type { Sealing } from "../keys";
import type { LiveKit, MediaEngine } from "./engine";
import { Line, type LineTold } from "./line";
import type { LineRoom, RoomName, ShutOut } from "./model";
import type { OneTab } from "./oneTab";
import { Outbox, type Studio } from "./outgoing";
import { hearersIn, type Situation } from "./situation";
import type { Seated } from "./showing";
import type { Door, TicketWindow } from "./tickets";
import { drop, Waiting } from "./waiting";

/** How bringing one to a seat ended. */
export type Ushered<R extends LineRoom = RoomName> =
  | { readonly at: "seated"; readonly seated: Seated<R> }
  | { readonly at: "shut-out"; readonly why: ShutOut }
  /** There is nothing to try until the meeting's next event. */
  | { readonly at: "waiting" };

/** What ushering needs. */
export interface UsherNeeds<R extends LineRoom = RoomName> {
  readonly engine: MediaEngine;
  readonly tickets: Pick<TicketWindow, "take" | "takeToWait" | "enter">;
  readonly studio: Studio;
  readonly tab: Pick<OneTab, "claim">;
  readonly clock: Clock;
  readonly log: Log;
  situation(): Situation | null;
  /** What a line in this room is sealed with. */
  sealing(room: R, stop: AbortSignal): Promise<Sealing>;
  /** Marks a moment of joining, by name. */
  mark(name: string): void;
}

/** What the usher's master is told while a seat is being taken and after. */
export interface UsherTold<R extends LineRoom = RoomName> {
  changed(seated: Seated<R>): void;
  restored(seated: Seated<R>): void;
  ended(seated: Seated<R>, end: Parameters<LineTold["ended"]>[0]): void;
  /** Several tries failed in a row. */
  struggling(room: R): void;
}

/** After this many failed tries in a row the screen says that one is coming back. */
const QUIET_TRIES = 2;
/** So long does a line at the door wait to be let in; then it is ended, and one comes by a ticket, in ms. */
const PATIENCE = 2000;
/** A ticket lives 30 s; one older than this is not worth trying, in ms. */
const FRESH = 20_000;

export class Usher<R extends LineRoom = RoomName> {
  private readonly needs: UsherNeeds<R>;
  private readonly told: UsherTold<R>;
  private readonly waiting: Waiting<Seated<R>>;
  /** The ticket by which a line was found to be forgotten; the next line, which comes at once, is by it. */
  private spare: { readonly ticket: Ticket; readonly door: Door; readonly since: number } | null = null;

  constructor(needs: UsherNeeds<R>, told: UsherTold<R>) {
    this.needs = needs;
    this.told = told;
    const { clock, log } = needs;
    this.waiting = new Waiting({ clock, log, open: async (stop) => this.toTheDoor(stop) });
  }

  /** Tries until there is an end; null when `stop` came first. */
  async bring(room: R, stop: AbortSignal): Promise<Ushered<R> | null> {
    for (let tries = 0; ; tries += 1) {
      await this.pause(waitBefore(tries));
      if (stop.aborted) return null;
      try {
        const ushered = await this.once(room, stop);
        return stop.aborted ? null : ushered;
      } catch (error) {
        if (stop.aborted) return null;
        const why = error instanceof RefusedError ? shutOutFor(error.code) : null;
        if (why !== null) return { at: "shut-out", why };
        // A ticket for a phase that just ended, the SFU out of reach: the next try finds it otherwise.
        this.needs.log.trouble("not seated", error, { room, tries });
        if (tries === QUIET_TRIES) this.told.struggling(room);
      }
    }
  }

  /** Has a line wait at the chamber's door, for whoever is about to enter. */
  wait(): void {
    this.waiting.begin();
  }

  /** Nobody is about to enter any longer. */
  async unwait(): Promise<void> {
    await this.waiting.end();
  }

  private async once(room: R, stop: AbortSignal): Promise<Ushered<R>> {
    if (!(await this.needs.tab.claim())) return { at: "shut-out", why: "another-tab" };
    const way = this.wayTo(room);
    if (way === null) return { at: "waiting" };
    if ("why" in way) return { at: "shut-out", why: way.why };
    if (room === "chamber") {
      const entered = await this.enter(way.door, stop);
      if (entered !== null) return { at: "seated", seated: entered };
    } else await this.waiting.end();
    if (stop.aborted) return { at: "waiting" };
    const ticket = this.spareFor(way.door) ?? this.needs.tickets.take(way.door, way.identity);
    const seated = await this.connect(room, ticket, stop, (name) => {
      this.needs.mark(name);
    });
    if (seated === null) return { at: "waiting" };
    this.needs.mark("connected");
    return { at: "seated", seated };
  }

  /** The door one may go through now, or why not; null while who one is is not known. */
  private wayTo(
    room: LineRoom,
  ): { readonly door: Door; readonly identity: Identity } | { readonly why: ShutOut } | null {
    const situation = this.needs.situation();
    if (situation === null) return null;
    const { own, snapshot } = situation;
    const why = shutOutOf(own, room, snapshot.meeting);
    if (why !== null) return { why };
    const { id, phase } = snapshot.meeting;
    return { door: { meeting: id, room, phase }, identity: own.identity };
  }

  /** A line at the chamber's door; null when one may not go there. */
  private async toTheDoor(stop: AbortSignal): Promise<Seated<R> | null> {
    const way = this.wayTo("chamber");
    if (way === null || "why" in way || !(await this.needs.tab.claim())) return null;
    const ticket = this.needs.tickets.takeToWait(way.door, way.identity);
    // Whoever never goes to the chamber never waits at its door.
    return this.connect("chamber" as R, ticket, stop, () => undefined);
  }

  /** Goes in by the line that waits at the door; null when none does, or it is not let in: then there are tickets. */
  private async enter(door: Door, stop: AbortSignal): Promise<Seated<R> | null> {
    const waiting = await this.waiting.take();
    if (waiting === null) return null;
    try {
      stop.throwIfAborted();
      // Before anything is sent: the list of who may have it.
      waiting.line.restrict(hearersIn(this.needs.situation(), door.room));
      await this.letIn(waiting.line, door, stop);
      this.needs.mark("entered");
      return waiting;
    } catch (error) {
      if (!stop.aborted) this.needs.log.trouble("not let in at the door", error);
      await drop(waiting);
      return null;
    }
  }

  private async letIn(line: Line, door: Door, stop: AbortSignal): Promise<void> {
    let callOff: (() => void) | undefined;
    try {
      await new Promise<void>((settle, fail) => {
        // The SFU's word counts: it comes before the server has noted the seat.
        void line.entered().then(settle);
        this.needs.tickets.enter(door).catch(fail);
        const giveUp = (): void => {
          fail(new OutageError("sfu_unavailable"));
        };
        callOff = this.needs.clock.after(PATIENCE, giveUp);
        stop.addEventListener("abort", giveUp, { once: true });
      });
    } finally {
      callOff?.();
    }
  }

  private async connect(
    room: R,
    asked: Promise<Ticket>,
    stop: AbortSignal,
    mark: (name: string) => void,
  ): Promise<Seated<R> | null> {
    const [livekit, ticket] = await Promise.all([this.needs.engine.load(), asked]);
    mark("ticket");
    // Last, for what seals may fail while the others come; a line over it would be deaf and mute.
    const sealing = await this.needs.sealing(room, stop);
    if (stop.aborted) return null;
    const seated = this.lineIn(room, livekit, sealing, mark);
    const close = (): void => void seated.line.close();
    stop.addEventListener("abort", close, { once: true });
    try {
      await seated.line.connect(ticket.url, ticket.token);
    } catch (error) {
      await drop(seated);
      throw error;
    } finally {
      stop.removeEventListener("abort", close);
    }
    if (!stop.aborted && !sealing.isOver) return seated;
    // The copies of the devices' tracks are closed with the line.
    await drop(seated);
    if (stop.aborted) return null;
    throw new Error("what sealed the line has ended");
  }

  private lineIn(room: R, livekit: LiveKit, sealing: Sealing, mark: (name: string) => void): Seated<R> {
    const told: LineTold = {
      joined: () => {
        mark("joined");
        const situation = this.needs.situation();
        if (line.identity !== situation?.own.identity) {
          // Under another name nothing is sent: whoever is that name could be blamed for it.
          this.needs.log.note("line under another identity");
          void line.close();
          return;
        }
        // Before anything is sent: the list of who may have it.
        line.restrict(hearersIn(situation, room));
      },
      changed: () => {
        this.told.changed(seated);
      },
      faltering: () => {
        void this.lookWhether(seated);
      },
      restored: () => {
        this.told.restored(seated);
      },
      ended: (end) => {
        this.told.ended(seated, end);
      },
    };
    const line = new Line(livekit, told, sealing);
    const { studio, log } = this.needs;
    const seated: Seated<R> = { room, line, outbox: new Outbox(line, studio, log) };
    return seated;
  }

  /**
   * A media engine that was started again has forgotten everybody: a line into a former life of its room is given up at
   * once, instead of being resumed in vain.
   */
  private async lookWhether({ line, room }: Seated<R>): Promise<void> {
    const way = this.wayTo(room);
    if (way === null || "why" in way) return;
    try {
      const ticket = await this.needs.tickets.take(way.door, way.identity);
      if (ticket.life === (await line.life())) return;
      this.spare = { ticket, door: way.door, since: this.needs.clock.now() };
      line.lose();
    } catch (error) {
      // The library goes on resuming, and whoever comes after that is told why it cannot be.
      this.needs.log.trouble("not known whether a line can be resumed", error);
    }
  }

  private spareFor({ meeting, room, phase }: Door): Promise<Ticket> | null {
    const { spare } = this;
    this.spare = null;
    if (spare === null || this.needs.clock.now() - spare.since > FRESH) return null;
    const { door, ticket } = spare;
    const isMeant = door.meeting === meeting && door.room === room && door.phase === phase;
    return isMeant ? Promise.resolve(ticket) : null;
  }

  private async pause(ms: number): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve) => {
      this.needs.clock.after(ms, resolve);
    });
  }
}

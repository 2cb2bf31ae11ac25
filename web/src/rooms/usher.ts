/** Brings one to a seat: ticket, connection, and again until it holds or is refused for good. */
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import { shutOutFor, shutOutOf } from "./admission";
import type { Sealing } from "../keys";
import { Line, type LineTold, type LiveKit, type MediaEngine } from "./line";
import type { RoomName, ShutOut } from "./model";
import type { OneTab } from "./oneTab";
import { Outbox, type Studio } from "./outgoing";
import { hearersIn, type Situation } from "./situation";
import type { Seated } from "./showing";
import type { TicketWindow } from "./tickets";

/** How bringing one to a seat ended. */
export type Ushered =
  | { readonly at: "seated"; readonly seated: Seated }
  | { readonly at: "shut-out"; readonly why: ShutOut }
  /** There is nothing to try until the meeting's next event. */
  | { readonly at: "waiting" };

/** What ushering needs. */
export interface UsherNeeds {
  readonly engine: MediaEngine;
  readonly tickets: Pick<TicketWindow, "take">;
  readonly studio: Studio;
  readonly tab: Pick<OneTab, "claim">;
  readonly clock: Clock;
  readonly log: Log;
  situation(): Situation | null;
  /** What a line in this room is sealed with. */
  sealing(room: RoomName, stop: AbortSignal): Promise<Sealing>;
  /** Marks a moment of joining, by name. */
  mark(name: string): void;
}

/** What the usher's master is told while a seat is being taken and after. */
export interface UsherTold {
  changed(seated: Seated): void;
  restored(seated: Seated): void;
  ended(seated: Seated, end: Parameters<LineTold["ended"]>[0]): void;
  /** Several tries failed in a row. */
  struggling(room: RoomName): void;
}

/** After this many failed tries in a row the screen says that one is coming back. */
const QUIET_TRIES = 2;

export class Usher {
  private readonly needs: UsherNeeds;
  private readonly told: UsherTold;

  constructor(needs: UsherNeeds, told: UsherTold) {
    this.needs = needs;
    this.told = told;
  }

  /** Tries until there is an end; null when `stop` came first. */
  async bring(room: RoomName, stop: AbortSignal): Promise<Ushered | null> {
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

  private async once(room: RoomName, stop: AbortSignal): Promise<Ushered> {
    if (!(await this.needs.tab.claim())) return { at: "shut-out", why: "another-tab" };
    const situation = this.needs.situation();
    if (situation === null) return { at: "waiting" };
    const { own, snapshot } = situation;
    const why = shutOutOf(own, room, snapshot.meeting);
    if (why !== null) return { at: "shut-out", why };
    const { id, phase } = snapshot.meeting;
    const [livekit, ticket] = await Promise.all([
      this.needs.engine.load(),
      this.needs.tickets.take({ meeting: id, room, phase }, own.identity),
    ]);
    this.needs.mark("ticket");
    // Last, for what seals may fail while the others come; a line over it would be deaf and mute.
    const sealing = await this.needs.sealing(room, stop);
    if (stop.aborted) return { at: "waiting" };
    const seated = this.lineIn(room, livekit, sealing);
    const close = (): void => void seated.line.close();
    stop.addEventListener("abort", close, { once: true });
    try {
      await seated.line.connect(ticket.url, ticket.token);
    } catch (error) {
      seated.outbox.close();
      close();
      throw error;
    } finally {
      stop.removeEventListener("abort", close);
    }
    if (stop.aborted) {
      // The line is closed; the copies of the devices' tracks are closed with it.
      seated.outbox.close();
      return { at: "waiting" };
    }
    if (sealing.isOver) {
      seated.outbox.close();
      close();
      throw new Error("what sealed the line has ended");
    }
    this.needs.mark("connected");
    return { at: "seated", seated };
  }

  private lineIn(room: RoomName, livekit: LiveKit, sealing: Sealing): Seated {
    const told: LineTold = {
      joined: () => {
        this.needs.mark("joined");
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
      restored: () => {
        this.told.restored(seated);
      },
      ended: (end) => {
        this.told.ended(seated, end);
      },
    };
    const line = new Line(livekit, told, sealing);
    const { studio, log } = this.needs;
    const seated: Seated = { room, line, outbox: new Outbox(line, studio, log) };
    return seated;
  }

  private async pause(ms: number): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve) => {
      this.needs.clock.after(ms, resolve);
    });
  }
}

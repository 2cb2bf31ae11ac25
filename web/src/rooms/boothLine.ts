/**
 * An interpreter's line to the others of their booth: a room of its own, beside the one that they are seated in. What is
 * said here goes over other tracks, under other keys, to other people. Fetched with the console, by interpreters alone.
 */
import type { Identity } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import type { Sealing } from "../keys";
import type { FeedState } from "../summits";
import { shutOutOf } from "./admission";
import type { Capture } from "./devices";
import type { Sending } from "./model";
import { due, type Studio } from "./outgoing";
import type { RemoteSound } from "./presences";
import { isSame, NOTHING_SENT, NOTHING_SHOWN, type Seated, type Shown, shownOf } from "./showing";
import { grantIn, hearersIn, placeIn, type Situation, situationOf } from "./situation";
import { Usher, type UsherNeeds } from "./usher";
import { drop } from "./waiting";

/** What a booth's line needs. */
export interface BoothLineNeeds extends Pick<UsherNeeds, "engine" | "tickets" | "tab" | "clock" | "log"> {
  readonly feed: Readable<FeedState>;
  readonly studio: Studio & { watch(then: (kind: Capture) => void): () => void };
  sealing(room: "booth", stop: AbortSignal): Promise<Sealing>;
  /** Whether something else still sends what this device gives. */
  isInUse(kind: Capture): boolean;
}

/** What comes and goes over a booth's line. */
export interface BoothLineState extends Pick<Shown["call"], "sending" | "presences"> {
  readonly isOpen: boolean;
  readonly sounds: readonly RemoteSound[];
}

/** What an interpreter wants to send to their booth. */
export type BoothWish = Pick<Sending, "microphone" | "camera">;

/** Whoever was refused asks again after this, in ms: the arrangement, or the meeting, may be another by then. */
const AGAIN = 5000;
const CLOSED: BoothLineState = { isOpen: false, sending: NOTHING_SENT, presences: [], sounds: [] };

export class BoothLine {
  readonly state = new Cell<BoothLineState>(CLOSED);
  private readonly needs: BoothLineNeeds;
  private readonly usher: Usher<"booth">;
  private others: ReadonlySet<Identity> = new Set();
  private wish: BoothWish = NOTHING_SENT;
  private attempt: AbortController | null = null;
  private seated: Seated<"booth"> | null = null;
  private barredUntil = 0;

  constructor(needs: BoothLineNeeds) {
    this.needs = needs;
    const { studio } = needs;
    this.usher = new Usher<"booth">(
      {
        ...needs,
        studio: {
          ...studio,
          // The chamber may still send what the device gives.
          close: (kind) => {
            if (!needs.isInUse(kind)) studio.close(kind);
          },
        },
        mark: () => undefined,
        situation: () => this.situation(),
      },
      {
        changed: (seated) => {
          if (this.seated === seated) this.follow();
        },
        restored: (seated) => {
          if (this.seated === seated) this.follow();
        },
        ended: (seated, end) => {
          if (this.seated !== seated) return;
          needs.log.note("booth's line ended", { end });
          // Whoever was put out, or came in anew elsewhere, is in no hurry to try.
          if (end !== "lost") this.bar();
          void this.hangUp();
          this.follow();
        },
        struggling: () => {
          this.show();
        },
      },
    );
    needs.feed.subscribe(() => {
      this.follow();
    });
    studio.watch((kind) => {
      void this.seated?.outbox.swap(kind);
    });
  }

  /** With whom one works now; nobody: the line ends. */
  work(others: readonly Identity[]): void {
    if (others.length === this.others.size && others.every((one) => this.others.has(one))) return;
    this.others = new Set(others);
    this.barredUntil = 0;
    this.follow();
  }

  /** What is sent from now on; what is switched off falls silent at once. */
  send(wish: BoothWish): void {
    if (wish.microphone === this.wish.microphone && wish.camera === this.wish.camera) return;
    this.wish = wish;
    this.follow();
  }

  /** The meeting as last told, with nobody in it but who works here. */
  private situation(): Situation | null {
    const situation = situationOf(this.needs.feed.get());
    if (situation === null) return null;
    const { own, snapshot } = situation;
    const seats = snapshot.seats.filter(({ identity }) => identity === own.identity || this.others.has(identity));
    return { own, snapshot: { ...snapshot, seats } };
  }

  /** First who may hear, then everything else. */
  private follow(): void {
    const situation = this.situation();
    this.seated?.line.restrict(hearersIn(situation, "booth"));
    if (!this.isWanted(situation)) void this.hangUp();
    else if (this.seated !== null) void this.fill(this.seated, situation);
    else if (this.attempt === null && this.needs.clock.now() >= this.barredUntil) void this.sit();
  }

  private isWanted(situation: Situation | null): situation is Situation {
    return (
      situation !== null &&
      this.others.size > 0 &&
      shutOutOf(situation.own, "booth", situation.snapshot.meeting) === null
    );
  }

  private async sit(): Promise<void> {
    const attempt = new AbortController();
    this.attempt = attempt;
    const ushered = await this.usher.bring("booth", attempt.signal);
    if (this.attempt !== attempt) {
      // Called off in the instant it succeeded.
      if (ushered?.at === "seated") await drop(ushered.seated);
      return;
    }
    this.attempt = null;
    if (ushered?.at === "seated") {
      this.seated = ushered.seated;
      this.follow();
    } else this.bar();
  }

  private bar(): void {
    this.barredUntil = this.needs.clock.now() + AGAIN;
    this.needs.clock.after(AGAIN, () => {
      this.follow();
    });
  }

  private async hangUp(): Promise<void> {
    this.attempt?.abort();
    this.attempt = null;
    const { seated } = this;
    this.seated = null;
    this.show();
    if (seated === null) return;
    const hadCamera = seated.outbox.track("camera") !== null;
    await drop(seated);
    if (hadCamera && !this.needs.isInUse("camera")) this.needs.studio.close("camera");
  }

  private async fill({ outbox }: Seated<"booth">, situation: Situation): Promise<void> {
    const wish = { ...NOTHING_SENT, ...this.wish, onAir: null };
    const aligned = outbox.align(due(situation.own, placeIn(situation, "booth"), grantIn(situation, "booth"), wish));
    this.show();
    await aligned;
    this.show();
  }

  private show(): void {
    const { call, sounds } = this.seated === null ? NOTHING_SHOWN : shownOf(this.seated, this.situation());
    const { sending, presences } = call;
    const next = { isOpen: this.seated?.line.flows() === true, sending, presences, sounds };
    if (!isSame(this.state.get(), next)) this.state.set(next);
  }
}

/** The desk before its code is there: fetched when there is something to say or to hear, and then handed all that was heard. */
import { atNeed } from "../kernel/atNeed";
import { Cell, type Readable } from "../kernel/store";
import type { EnvelopeTold, MeetingKeys } from "../keys";
import { type FeedState, ownSeatIn } from "../summits";
import type { Attending, AttendingNeeds } from "./attending";
import type { BoothDesk, DeskNeeds } from "./desk";
import { type BoothActions, type BoothsNow, type ConsoleState, NO_BOOTHS } from "./model";
import type { WhispersNow } from "./whisper";
import type { Whispering, WhisperingNeeds } from "./whispering";

/** What a desk needs, but for what is made after it. */
export interface LateNeeds extends Omit<DeskNeeds, "state" | "booths" | "listening" | "keys"> {
  readonly keys: Pick<MeetingKeys, "state" | "say" | "listen">;
  readonly call: DeskNeeds["call"] & WhisperingNeeds["call"];
  listening(): DeskNeeds["listening"] & AttendingNeeds["listening"];
}

export class LateDesk implements BoothActions {
  readonly state = new Cell<ConsoleState | null>(null);
  readonly booths = new Cell<BoothsNow>(NO_BOOTHS);
  readonly whispers = new Cell<WhispersNow>([]);
  private readonly needs: LateNeeds;
  private readonly early: EnvelopeTold[] = [];
  private desk: BoothDesk | null = null;
  private attending: Attending | null = null;
  private whispering: Whispering | null = null;
  private readonly open = atNeed(async () => this.make());

  constructor(needs: LateNeeds) {
    this.needs = needs;
    needs.keys.listen(({ kind }, told) => {
      if (kind === "chamber") this.hear(told);
    });
    const calledOff = needs.feed.subscribe(() => {
      if (!isNeeded(needs.feed)) return;
      calledOff();
      this.fetch();
    });
  }

  readonly onAir = async (on: boolean): Promise<void> => (await this.open()).onAir(on);
  readonly turn: BoothActions["turn"] = async (into) => (await this.open()).turn(into);
  readonly listenNext: BoothActions["listenNext"] = async (source) => (await this.open()).listenNext(source);
  readonly listen: BoothActions["listen"] = async (source) => (await this.open()).listen(source);
  readonly ask = async (): Promise<void> => (await this.open()).ask();
  readonly withdraw = async (): Promise<void> => (await this.open()).withdraw();
  readonly accept = async (): Promise<void> => (await this.open()).accept();
  readonly takeOver = async (): Promise<void> => (await this.open()).takeOver();
  readonly leave = async (): Promise<void> => (await this.open()).leave();
  readonly notInterpretable = async (on: boolean): Promise<void> => (await this.open()).notInterpretable(on);
  readonly cough: BoothActions["cough"] = async (...how) => (await this.open()).cough(...how);
  readonly callTechnician = async (on: boolean): Promise<void> => (await this.open()).callTechnician(on);

  readonly whisper: Whispering["tell"] = async (...asked) => {
    await this.open();
    await this.whispering?.tell(...asked);
  };

  /** One's own choice of what to hear, or to watch, has changed. What is fetched for it says it by itself. */
  tell(): void {
    if (this.attending === null) this.fetch();
    else this.attending.tell();
  }

  private hear(told: EnvelopeTold): void {
    if (this.desk !== null) {
      this.desk.hear(told);
      return this.whispering?.hear(told);
    }
    const isOfBooths = told.told === "heard" && ["booth", "whisper"].includes(told.said.kind);
    // What is missing before the first word of a booth makes nothing uncertain that was known.
    if (!isOfBooths && this.early.length === 0) return;
    this.early.push(told);
    this.fetch();
  }

  private fetch(): void {
    this.open().catch((error: unknown) => {
      this.needs.log.trouble("desk not fetched", error);
    });
  }

  private async make(): Promise<BoothDesk> {
    const { Attending: Attends, BoothDesk: Desk, Whispering: Whispers } = await import("./atDesk");
    const { state, booths, whispers, needs } = this;
    const listening = needs.listening();
    const desk = new Desk({ ...needs, state, booths, listening });
    this.attending = new Attends({ ...needs, listening });
    this.whispering = new Whispers({ ...needs, desk, booths, whispers });
    this.desk = desk;
    for (const told of this.early.splice(0)) this.hear(told);
    return desk;
  }
}

/** Interpreters say something; the press, who hears no words, goes by ear. Everybody else waits for the first word. */
function isNeeded(feed: Readable<FeedState>): boolean {
  const now = feed.get();
  const role = "snapshot" in now && now.snapshot !== null ? ownSeatIn(now.snapshot)?.role : null;
  return role === "interpreter" || role === "press";
}

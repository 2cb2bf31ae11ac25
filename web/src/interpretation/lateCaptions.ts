/** Captions before their code is there: fetched when somebody writes, and then handed all that was heard. */
import { atNeed } from "../kernel/atNeed";
import type { Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { Cell } from "../kernel/store";
import type { EnvelopeTold, MeetingKeys } from "../keys";
import type { Captioning, CaptioningNeeds, CaptionsState } from "./captioning";

/** What captions need besides. */
export interface LateCaptionsNeeds extends Omit<CaptioningNeeds, "state" | "keys"> {
  readonly keys: Pick<MeetingKeys, "say" | "listen">;
  /** Where the choice outlasts the page. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly log: Log;
}

const KEPT = "visavis captions";

export class LateCaptions {
  readonly state: Cell<CaptionsState>;
  private readonly needs: LateCaptionsNeeds;
  private readonly early: EnvelopeTold[] = [];
  private captioning: Captioning | null = null;
  readonly open = atNeed(async () => this.make());

  constructor(needs: LateCaptionsNeeds) {
    this.needs = needs;
    // What was kept is only ever compared with the languages that somebody writes in.
    const reads = (needs.memory.getItem(KEPT) ?? "") as Language | "";
    this.state = new Cell<CaptionsState>({ now: new Map(), reads: reads === "" ? null : reads, trouble: null });
    needs.keys.listen(({ kind }, told) => {
      if (kind === "chamber") this.hear(told);
    });
  }

  /** Chooses what one reads, whatever one hears. */
  read(reads: Language | null): void {
    this.needs.memory.setItem(KEPT, reads ?? "");
    this.state.set({ ...this.state.get(), reads });
  }

  private hear(told: EnvelopeTold): void {
    if (this.captioning !== null) return this.captioning.hear(told);
    if (told.told !== "heard" || told.said.kind !== "caption") return;
    this.early.push(told);
    this.open().catch((error: unknown) => {
      this.needs.log.trouble("captions not fetched", error);
    });
  }

  private async make(): Promise<Captioning> {
    const { Captioning: Made } = await import("./captioning");
    const captioning = new Made({ ...this.needs, state: this.state });
    this.captioning = captioning;
    for (const told of this.early.splice(0)) captioning.hear(told);
    return captioning;
  }
}

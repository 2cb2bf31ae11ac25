/** The technician's watch before its code is there: fetched when a technician of one's delegation is there. */
import { atNeed } from "../../kernel/atNeed";
import { Cell } from "../../kernel/store";
import type { Identity } from "../../kernel/ids";
import { ownSeatIn } from "../../summits";
import type { Watch, WatchNeeds } from "./watch";
import type { TechnicianWord, Watched } from "./watched";

/** What a watch needs, but for what comes with its code. */
export interface LateWatchNeeds extends Omit<WatchNeeds, "state" | "measure"> {
  readonly keys: WatchNeeds["keys"] & { joinCaucus(): void };
}

export class LateWatch {
  readonly state = new Cell<Watched>({ lines: new Map(), coming: new Map() });
  private readonly needs: LateWatchNeeds;
  private readonly open = atNeed(async () => this.make());

  constructor(needs: LateWatchNeeds) {
    this.needs = needs;
    needs.feed.subscribe(() => {
      if (!hasTechnician(needs.feed)) return;
      // Nobody else needs to hold these keys before going to their own room.
      needs.keys.joinCaucus();
      this.open().catch((error: unknown) => {
        needs.log.trouble("watch not fetched", error);
      });
    });
  }

  /** A technician's answer to a call. */
  async answer(does: TechnicianWord["does"], to: Identity): Promise<void> {
    (await this.open()).answer(does, to);
  }

  private async make(): Promise<Watch> {
    const [{ Watch: Made }, { check }] = await Promise.all([import("./watch"), import("../ear/check")]);
    return new Made({ ...this.needs, state: this.state, measure: async (stream, then) => check(stream, then) });
  }
}

/** Whether a technician of one's own delegation is at the meeting. */
function hasTechnician(feed: WatchNeeds["feed"]): boolean {
  const now = feed.get();
  const snapshot = "snapshot" in now ? now.snapshot : null;
  if (snapshot === null) return false;
  const party = ownSeatIn(snapshot)?.party;
  return snapshot.seats.some(
    (seat) => seat.role === "technician" && seat.party === party && snapshot.connected.includes(seat.member),
  );
}

/** One group of keys as the page sees it: a keys worker of its own, what is said to it, and what it has told. */
import type { Bearer } from "../contract/client";
import type { Clock } from "../kernel/clock";
import type { Log } from "../kernel/log";
import type { Others } from "./duties";
import { type GroupName, written } from "./groupName";
import { Pulse } from "./pulse";
import type { GroupStanding } from "./standing";
import type { Beginning, EnvelopeTold, WorkerTold, WorkerWord } from "./words";

/** What one group's keys need. */
export interface GroupKeysNeeds {
  readonly clock: Clock;
  readonly log: Log;
  readonly session: Bearer;
  /** Starts a keys worker. */
  worker(): Worker;
  changed(): void;
  /** Is told of the group's envelopes. */
  letter(group: GroupName, told: EnvelopeTold): void;
  /** The worker has failed, and every secret with it. */
  failed(): void;
}

/** What every group of a meeting begins with. */
export type Ground = Pick<Beginning, "seat" | "pinned" | "meeting" | "server" | "red" | "ahead">;

export class GroupKeys {
  readonly name: GroupName;
  standing: GroupStanding;
  private readonly needs: GroupKeysNeeds;
  private readonly worker: Worker;
  private others = "";
  private readonly pulse: Pulse;
  private isShut = false;
  private isOver = false;

  constructor(needs: GroupKeysNeeds, name: GroupName, ground: Ground, frames: MessagePort) {
    this.needs = needs;
    this.name = name;
    this.standing = { group: name.kind, at: "joining", epoch: 0, roster: [], code: null };
    this.worker = needs.worker();
    this.worker.addEventListener("message", ({ data }: MessageEvent<WorkerTold>) => {
      this.hear(data);
    });
    this.worker.addEventListener("error", () => {
      this.fail();
    });
    const ask = (): void => {
      this.say({ do: "pulse" });
    };
    this.pulse = new Pulse(needs.clock, ask, () => {
      this.fail();
    });
    this.pulse.begin();
    const token = needs.session.token();
    this.say({ do: "begin", ...ground, group: written(name), token, frames }, [frames]);
    this.enter();
  }

  say(word: WorkerWord, transfer: Transferable[] = []): void {
    if (!this.isOver) this.worker.postMessage(word, transfer);
  }

  /** Gets in; again when there is reason to believe that it goes now. */
  enter(): void {
    this.say({ do: "enter" });
  }

  /** Events were missed: whatever they would have told is asked for. */
  catchUp(): void {
    this.retry();
    this.say({ do: "revoked" });
    this.say({ do: "look" });
  }

  /** Gets in, if one was kept out. */
  retry(): void {
    if (this.standing.at !== "inside") this.enter();
  }

  /** Who is connected, and whom the meeting keeps out of the group. */
  know(others: Others): void {
    const known = JSON.stringify(others);
    if (known !== this.others) this.say({ do: "others", ...others });
    this.others = known;
  }

  /** The doors have closed on this floor: the press is put out of it. */
  shut(): void {
    if (!this.isShut) this.say({ do: "shut" });
    this.isShut = true;
  }

  /** Another's commit, or one's own, was accepted. */
  commit({ epoch, commit }: { readonly epoch: number; readonly commit: string }): void {
    this.say({ do: "commit", epoch, commit });
  }

  /** Ends the worker, and every secret in it. What it gave to the frames worker is that one's to erase. */
  end(): void {
    this.isOver = true;
    this.pulse.end();
    this.worker.terminate();
  }

  private hear(told: WorkerTold): void {
    if (this.isOver) return;
    switch (told.told) {
      case "inside": {
        const { epoch, roster, code } = told;
        this.stand({ ...this.standing, at: "inside", epoch, roster, code });
        return;
      }
      case "outside":
        this.needs.log.note("outside a group", { group: this.standing.group, why: told.why, code: told.code });
        this.stand({ ...this.standing, at: told.why, roster: [], code: null });
        return;
      case "sessionOver":
        void this.renew();
        return;
      case "pulse":
        this.pulse.felt();
        return;
      case "ended":
        this.fail();
        return;
      case "letter":
        this.needs.letter(this.name, told.letter);
    }
  }

  private async renew(): Promise<void> {
    let isOpen = false;
    try {
      isOpen = await this.needs.session.renew();
    } catch (error) {
      // Out of reach: the agent is refused once more, and asks again when it next has something to do.
      this.needs.log.trouble("no session for keys", error);
    }
    this.say({ do: "token", token: isOpen ? this.needs.session.token() : null });
  }

  private stand(standing: GroupStanding): void {
    this.standing = standing;
    this.needs.changed();
  }

  /** Ends with the others of its room, one of which has failed; that it did is told. */
  fall(): void {
    this.end();
    this.stand({ ...this.standing, at: "ended", roster: [], code: null });
  }

  private fail(): void {
    if (this.isOver) return;
    this.fall();
    this.needs.failed();
  }
}

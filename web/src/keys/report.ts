/** What an agent tells the page of its place in a group. */
import type { ErrorCode } from "../contract/codes";
import type { Membership } from "./membership";
import type { AgentTold, Outside } from "./words";

export class Report {
  private readonly tell: (told: AgentTold) => void;
  private isToldInside = false;

  constructor(tell: (told: AgentTold) => void) {
    this.tell = tell;
  }

  /** Whether the last that was told is that one is inside. */
  get isInside(): boolean {
    return this.isToldInside;
  }

  inside({ epoch, roster }: Membership, code: string | null): void {
    this.isToldInside = true;
    this.tell({ told: "inside", epoch, roster, code });
  }

  outside(why: Outside, code: ErrorCode | null): void {
    this.isToldInside = false;
    this.tell({ told: "outside", why, code });
  }
}

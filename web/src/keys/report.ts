/** What an agent tells the page of its place in a group. */
import type { ErrorCode } from "../contract/codes";
import type { AgentNeeds } from "./agentNeeds";
import type { Membership } from "./membership";
import type { Outside } from "./words";

export class Report {
  private readonly needs: Pick<AgentNeeds, "tell">;
  private isToldInside = false;

  constructor(needs: Pick<AgentNeeds, "tell">) {
    this.needs = needs;
  }

  /** Whether the last that was told is that one is inside. */
  get isInside(): boolean {
    return this.isToldInside;
  }

  inside({ epoch, roster }: Membership, code: string | null): void {
    this.isToldInside = true;
    this.needs.tell({ told: "inside", epoch, roster, code });
  }

  outside(why: Outside, code: ErrorCode | null): void {
    this.isToldInside = false;
    this.needs.tell({ told: "outside", why, code });
  }
}

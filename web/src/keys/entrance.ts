/**
 * How one gets into a group, and comes back: by an external commit where it stands, in one's turn. A group that is not there
 * is founded; one that nobody can join any more is founded anew, if the server knows of nobody inside.
 */
import { RefusedError } from "../kernel/errors";
import { type Delivery, sendOwn, type Standing } from "./delivery";
import { GroupRefusedError } from "./group";
import { Membership, type MembershipNeeds } from "./membership";

/** What getting in needs. */
export interface EntranceNeeds {
  readonly delivery: Delivery;
  /** Whether nobody waits for it any more. */
  isOver(): boolean;
  membership(): MembershipNeeds;
}

/** One's former place, and what the group must be like to come back to. */
export interface Former {
  readonly membership: Membership;
  /** False when those who would be met are not those who were left. */
  mayJoin(membership: Membership): boolean;
}

export class Entrance {
  private readonly needs: EntranceNeeds;

  constructor(needs: EntranceNeeds) {
    this.needs = needs;
  }

  /**
   * Gets in; null when it is over meanwhile.
   *
   * @param heeding when it is known who is revoked: among them one does not go, and says nothing to them.
   */
  async pass(former: Former | null, heeding: Promise<void>): Promise<Membership | null> {
    const standing = await this.turn(former);
    if (this.needs.isOver()) return null;
    if (standing === null) return this.found();
    try {
      await heeding;
      return await this.join(standing, former);
    } catch (error) {
      // Those behind us need not wait until our turn is over by itself.
      this.needs.delivery.pass().catch(() => undefined);
      if (former !== null || !(error instanceof GroupRefusedError)) throw error;
      return await this.foundAnew(standing, error);
    }
  }

  private async join(standing: Standing, former: Former | null): Promise<Membership> {
    const { membership, offer } = await Membership.join(this.needs.membership(), standing);
    try {
      if (former?.mayJoin(membership) === false) throw new GroupRefusedError("somebody is missing");
      await sendOwn(this.needs.delivery, standing.epoch, offer);
      return membership;
    } catch (error) {
      membership.erase();
      throw error;
    }
  }

  /** Waits for a turn; null when nobody has founded the group. */
  private async turn(former: Former | null): Promise<Standing | null> {
    try {
      let standing: Standing | null = null;
      while (standing === null && !this.needs.isOver()) standing = await this.needs.delivery.turn();
      return standing;
    } catch (error) {
      if (error instanceof RefusedError && error.code === "group_unknown" && former === null) return null;
      throw error;
    }
  }

  private async found(insteadOf?: Uint8Array): Promise<Membership> {
    const { membership, groupInfo } = await Membership.found(this.needs.membership());
    try {
      await this.needs.delivery.found(groupInfo, insteadOf);
      return membership;
    } catch (error) {
      membership.erase();
      // Whoever may not found it waits for somebody who may.
      if (error instanceof RefusedError && error.code === "not_your_role")
        throw new RefusedError("group_unknown", error);
      throw error;
    }
  }

  /** The rules refuse who is in the group as it stands. */
  private async foundAnew({ groupInfo }: Standing, refused: GroupRefusedError): Promise<Membership> {
    try {
      return await this.found(groupInfo);
    } catch (error) {
      // Somebody is inside, and may put it right.
      if (error instanceof RefusedError) throw refused;
      throw error;
    }
  }
}

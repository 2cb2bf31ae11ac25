/**
 * One member's agent in one group of keys: gets in, follows every commit in its order, does its share of the commits, and
 * comes back when it has lost its place. One thing at a time; what is heard meanwhile waits.
 *
 * ```
 *            turn, join                    gap, void, own session's end
 *   outside ────────────▶ inside ─────────────────────────────────────▶ joins again, in place of the former leaf
 *      ▲                   │  │ a commit that the rules refuse
 *      └── put out ────────┘  └────────▶ stuck: follows nobody until a chair has taken the epoch back
 * ```
 */
import type { ErrorCode } from "../contract/codes";
import type { Bytes } from "../identity";
import { pauseBefore } from "../kernel/backoff";
import { RefusedError } from "../kernel/errors";
import type { AgentNeeds } from "./agentNeeds";
import { Codes } from "./code";
import { isLate, sendOwn } from "./delivery";
import type { Others } from "./duties";
import { Entrance } from "./entrance";
import type { Counts } from "./frames/counts";
import { codeOf, verdictOf } from "./faltering";
import { GroupRefusedError } from "./group";
import { Heard } from "./heard";
import { MediaKeys } from "./mediaKeys";
import { type Change, Membership, type MembershipNeeds } from "./membership";
import { Report } from "./report";
import { Revocations } from "./revocations";
import type { Why } from "./rollout";
import { type SignedVoid, Voids } from "./voids";
import { Watch } from "./watch";

/** Why an agent joins: it never was inside, or has to come back. */
type Joins = "first" | "gap" | "void" | "session" | "refusal";

/** Why a log does not have what one misses. */
const LOST: ReadonlySet<ErrorCode> = new Set(["epoch_gone", "epoch_not_current"]);

/** How long it waits before it tries what the rules refused, in ms: somebody inside may have put it right. */
const AGAIN = 5000;

/** An agent, from its beginning to its end. */
export class GroupAgent {
  private readonly needs: AgentNeeds;
  private readonly keys: MediaKeys;
  private readonly heard = new Heard();
  private readonly watch: Watch;
  private readonly codes: Codes;
  private readonly entrance: Entrance;
  private readonly revocations: Revocations;
  private readonly voids: Voids;
  private readonly report: Report;
  private membership: Membership | null = null;
  /** Why it has to join; null when it is inside and well. */
  private joins: Joins | null = "first";
  private stands = false;
  private tries = 0;
  private isBusy = false;
  private isAsked = false;
  private isOver = false;
  private callOff: () => void = () => undefined;

  constructor(needs: AgentNeeds) {
    this.needs = needs;
    this.keys = new MediaKeys(needs.clock, needs.group.kind, (word) => {
      needs.frames(word);
    });
    this.report = new Report(needs);
    this.watch = new Watch(needs.clock, () => needs.chance(), needs.group);
    this.revocations = new Revocations(needs);
    this.voids = new Voids(needs);
    this.entrance = new Entrance({
      delivery: needs.delivery,
      isOver: () => this.isOver,
      membership: () => this.membershipNeeds(),
    });
    this.codes = new Codes(needs.clock, (epoch, code) => {
      if (this.membership?.epoch === epoch && this.joins === null) this.report.inside(this.membership, code);
    });
  }

  /** Gets in; again after having been put out. */
  enter(): void {
    if (this.membership === null) this.joins = "first";
    // It may have been founded anew without us.
    else this.heard.doubt();
    this.revocations.ask();
    this.stands = false;
    this.wake();
  }

  /** A commit was accepted by the delivery service. */
  commit(epoch: number, bytes: Bytes): void {
    this.heard.take(epoch, bytes);
    this.wake();
  }

  /** Something may have been missed: looks in the log. */
  look(): void {
    this.heard.doubt();
    this.wake();
  }

  /** Somebody says that an epoch was taken back, and all after it. */
  voided(signed: SignedVoid): void {
    this.voids.take(signed);
    this.stands = false;
    this.wake();
  }

  /** By a chair's order: takes back the epoch whose end the rules refuse; nothing happens if there is none. */
  takeBack(): void {
    this.voids.order();
    this.wake();
  }

  /** Until then, in ms since the epoch, the keys are not renewed if it can wait: somebody reads the code aloud. */
  pause(until: number): void {
    this.watch.pause(until);
    this.wake();
  }

  /** Who is connected and whom the meeting keeps out, by the server's word. */
  others(others: Others): void {
    this.watch.others(others);
    this.wake();
  }

  /** Somebody was revoked: looks by whom. */
  revoked(): void {
    this.revocations.ask();
    this.wake();
  }

  /** The doors have closed on this opening's floor: the press is put out. */
  shut(): void {
    this.watch.shut();
    this.keys.shut();
    this.wake();
  }

  counted(counts: Counts): void {
    this.keys.counted(counts);
  }

  /** Forgets every secret. The agent does nothing any more. */
  end(): void {
    this.isOver = true;
    this.callOff();
    this.leave();
  }

  /** Does what there is to do, unless it is being done. */
  private wake(): void {
    this.isAsked = true;
    if (this.isBusy || this.isOver) return;
    this.isBusy = true;
    void this.work().finally(() => {
      this.isBusy = false;
      if (this.isAsked) this.wake();
    });
  }

  private async work(): Promise<void> {
    while (this.isAsked && !this.isOver) {
      this.isAsked = false;
      this.callOff();
      try {
        await this.once();
        this.tries = 0;
        if (!this.report.isInside && this.membership !== null && this.joins === null) this.show(this.membership);
      } catch (error) {
        this.falter(error);
      }
    }
  }

  private async once(): Promise<void> {
    if (this.stands) return;
    if (this.membership !== null) await this.goBack(this.membership);
    const heeding = this.revocations.heed().then((persons) => {
      this.watch.revoke(persons);
    });
    // It is waited for below; following does not wait for it, lest a host that keeps it back keep somebody put out inside.
    heeding.catch(() => undefined);
    if (this.joins !== null && !this.isOver) await this.join(this.joins, heeding);
    if (this.membership !== null && this.joins === null) await this.follow(this.membership);
    await heeding;
    if (this.membership !== null && this.joins === null && !this.isOver) await this.serve(this.membership);
  }

  /** Something did not go: what heals by itself is tried again, the rest is told. */
  private falter(error: unknown): void {
    if (this.isOver) return;
    this.needs.log.trouble("group", error, { group: this.needs.group.kind });
    switch (verdictOf(error)) {
      case "late":
        // Another was first: at once, unless that goes on and on.
        return this.tries < 3 ? this.later(0) : this.soon();
      case "again":
        return this.soon();
      case "stand":
        return this.stand(codeOf(error));
      case "rules":
        return this.balk();
      case "unforeseen":
        throw error;
    }
  }

  /** One is not to be inside, unless somebody has said meanwhile that it may go now. */
  private stand(code: ErrorCode | null): void {
    this.stands = !this.isAsked;
    this.leave();
    this.joins = "first";
    this.report.outside(code === "group_unknown" ? "unfounded" : "refused", code);
  }

  /** Where the others have gone one does not follow; so nothing of one's own leaves either, until one knows who hears it. */
  private balk(): void {
    if (this.membership === null) this.report.outside("refused", null);
    else if (this.joins === "refusal") {
      this.keys.hold();
      this.report.outside("stuck", null);
    }
    this.later(AGAIN);
  }

  private soon(): void {
    this.later(pauseBefore(this.tries, () => this.needs.chance()));
  }

  private later(ms: number): void {
    this.tries += 1;
    this.callOff();
    this.callOff = this.needs.clock.after(ms, () => {
      this.wake();
    });
  }

  // ---- getting in

  private async join(reason: Joins, heeding: Promise<void>): Promise<void> {
    const { membership } = this;
    if (membership === null) this.report.outside("joining", null);
    // Whoever made a refused commit may have made this group without those it was meant to put out.
    const mayJoin = (next: Membership): boolean => reason !== "refusal" || this.watch.explains(membership, next);
    const joined = await this.entrance.pass(membership === null ? null : { membership, mayJoin }, heeding);
    if (joined !== null) this.settle(joined);
  }

  private settle(membership: Membership): void {
    if (this.isOver) return membership.erase();
    this.membership?.erase();
    this.membership = membership;
    this.joins = null;
    this.entered("arrival");
    this.isAsked = true;
  }

  // ---- following

  private async follow(membership: Membership): Promise<void> {
    for (;;) {
      const { epoch } = membership;
      if (this.isOver || !this.heard.isAnything(epoch)) return;
      const commit = this.heard.at(epoch) ?? (await this.missing(epoch));
      if (commit === undefined) return;
      const change = this.taken(membership, commit);
      if (change === undefined) return;
      if (change.removedMe) return this.putOut();
      this.entered(this.whyOf(change));
    }
  }

  /** The commit of an epoch from the log, which gives those after it too. */
  private async missing(epoch: number): Promise<Bytes | undefined> {
    try {
      for (const logged of await this.needs.delivery.log(epoch)) this.heard.take(logged.epoch, logged.commit);
    } catch (error) {
      // Forgotten there; or not begun there, for it was taken back or the group founded anew.
      if (!(error instanceof RefusedError) || !LOST.has(error.code)) {
        this.heard.doubt();
        throw error;
      }
      this.comeBack("gap");
    }
    return this.heard.at(epoch);
  }

  private taken(membership: Membership, commit: Bytes): Change | undefined {
    try {
      return membership.follow(commit);
    } catch (error) {
      if (!(error instanceof GroupRefusedError)) throw error;
      this.needs.log.trouble("commit refused", error, { epoch: membership.epoch });
      this.comeBack("refusal");
      return undefined;
    }
  }

  private comeBack(reason: Joins): void {
    this.joins = reason;
    this.revocations.ask();
    this.isAsked = true;
  }

  /** Goes back to the epoch that a chair has taken back, if there is one. */
  private async goBack(membership: Membership): Promise<void> {
    const refused = this.joins === "refusal" ? this.heard.at(membership.epoch) : undefined;
    const epoch = await this.voids.due(membership, refused);
    if (epoch === undefined || this.isOver) return;
    this.heard.voided(epoch);
    // Whoever refused to follow is where everybody is to be; whoever followed comes back.
    this.joins = membership.epoch > epoch ? "void" : null;
    if (this.joins === null) this.entered("arrival");
  }

  private whyOf({ isJoin, left }: Change): Why {
    if (left.length === 0) return isJoin ? "join" : "rotation";
    // In doubt somebody who was put out still listens.
    return left.every((member) => this.watch.isOnlyAway(member)) ? "leave" : "expulsion";
  }

  /** Who was put out for having been away comes back; who was revoked is refused then. */
  private putOut(): void {
    this.leave();
    this.joins = "first";
    this.report.outside("removed", null);
    this.later(AGAIN);
  }

  // ---- one's own share

  private async serve(membership: Membership): Promise<void> {
    const duty = this.watch.duty(membership);
    const wait = duty.at - this.needs.clock.now();
    if (wait > 0) {
      this.callOff = this.needs.clock.after(wait, () => {
        this.wake();
      });
      return;
    }
    switch (duty.what) {
      case "return":
        return this.comeBack("session");
      case "rotate":
        await this.propose(membership, []);
        break;
      case "remove":
        await this.propose(membership, duty.removes);
        break;
      case "look":
    }
    this.isAsked = true;
  }

  private async propose(membership: Membership, removes: readonly number[]): Promise<void> {
    const offer = membership.propose(removes);
    try {
      await sendOwn(this.needs.delivery, membership.epoch, offer);
    } catch (error) {
      membership.clear();
      // Whoever was first is followed; if nobody was, it is tried again, and not at once.
      if (isLate(error) && (await this.missing(membership.epoch)) !== undefined) return;
      throw error;
    }
    this.entered(this.whyOf(membership.apply()));
  }

  // ---- what everybody is told

  private entered(why: Why): void {
    if (this.membership === null) return;
    this.watch.meet(this.membership);
    this.keys.begin(this.membership, why);
    this.needs.envelopes.begin(this.membership);
    this.show(this.membership);
  }

  /** Tells who is inside; the code follows. */
  private show(membership: Membership): void {
    this.report.inside(membership, null);
    if (this.needs.group.kind === "chamber") this.codes.ask(membership.sight());
  }

  private leave(): void {
    this.codes.end();
    this.keys.end();
    this.needs.envelopes.leave();
    this.membership?.erase();
    this.membership = null;
    this.heard.clear();
  }

  private membershipNeeds(): MembershipNeeds {
    const { clock } = this.needs;
    return { ...this.needs, now: () => clock.now(), isRevoked: (person) => this.watch.isRevoked(person) };
  }
}

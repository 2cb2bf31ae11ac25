/** Members' agents over one delivery service in memory, with real groups and a clock that is told the time. */
import type { Role } from "../contract/parse";
import type { KeptSeat } from "../identity/deviceKeys";
import type { Identity, MeetingId } from "../kernel/ids";
import { GroupAgent } from "../keys/agent";
import { sealCredential } from "../keys/credential";
import { Envelopes } from "../keys/envelopes";
import type { KeyWord } from "../keys/frames/messages";
import { groupId, readGroupName } from "../keys/groupName";
import { type Place, signVoid } from "../keys/voids";
import type { AgentTold, EnvelopeTold } from "../keys/words";
import type { AccreditedSummit, PartyName } from "./accredited";
import type { FakeClock } from "./clock";
import { FakeDelivery, type Line } from "./delivery";
import { FakeLog } from "./log";
import { hex } from "./mls";

const MEETING = "7d1f0b9a-2222-4333-8444-555566667777" as MeetingId;

/** A frames worker that notes what it is told. */
export class FakeFrames {
  readonly words: string[] = [];
  /** The secrets that frames of a sender open with now, by key id. */
  readonly opening = new Map<string, Map<number, string>>();
  sending: { readonly keyId: number; readonly secret: string } | null = null;

  take(word: KeyWord): void {
    this.words.push(word.do);
    if (word.do === "receive") {
      const keys = this.opening.get(word.sender) ?? new Map<number, string>();
      this.opening.set(word.sender, keys.set(word.keyId, hex(word.secret)));
    }
    if (word.do === "send") this.sending = { keyId: word.keyId, secret: hex(word.secret) };
    if (word.do === "silence") this.sending = null;
    if (word.do === "forget") for (const keyId of word.keyIds ?? []) this.opening.get(word.sender)?.delete(keyId);
  }
}

/** One member. */
export class Delegate {
  readonly seat: KeptSeat;
  readonly line: Line;
  readonly frames = new FakeFrames();
  readonly log = new FakeLog();
  readonly told: AgentTold[] = [];
  /** What is told of envelopes. */
  readonly letters: EnvelopeTold[] = [];
  readonly agent: GroupAgent;
  readonly envelopes: Envelopes;

  constructor(seat: KeptSeat, line: Line, table: Table) {
    this.seat = seat;
    this.line = line;
    const { summit, clock } = table;
    const id = groupId(summit.pinned.dh, MEETING, readGroupName(table.name));
    const { place } = table;
    const world = { id, clock, chance: () => 0.5, log: this.log };
    this.envelopes = new Envelopes({ ...world, post: line.post, tell: (told) => this.letters.push(told) });
    this.agent = new GroupAgent({
      ...world,
      group: readGroupName(table.name),
      pinned: summit.pinned,
      certify: async (key) => sealCredential(seat, { key, red: true, now: clock.now() }),
      delivery: line,
      place,
      signVoid: async (poisoned) => signVoid(seat, place, poisoned, clock.now()),
      envelopes: this.envelopes,
      frames: (word) => {
        this.frames.take(word);
      },
      tell: (told) => this.told.push(told),
    });
    line.told = this.agent;
    line.post.told = this.envelopes;
  }

  get last(): AgentTold | undefined {
    return this.told.at(-1);
  }

  get inside(): Extract<AgentTold, { told: "inside" }> | undefined {
    return this.last?.told === "inside" ? this.last : undefined;
  }

  get identities(): readonly Identity[] {
    return this.inside?.roster.map(({ member }) => member.identity) ?? [];
  }

  get person(): string {
    const own = this.inside?.roster.find(({ member }) => member.identity === this.seat.identity)?.member;
    return own === undefined ? "" : `${own.party}/${own.serial}`;
  }
}

/** A group and its members. */
export class Table {
  readonly service = new FakeDelivery();
  readonly delegates: Delegate[] = [];
  /** How many ms pass at a time while something is waited for. */
  pace = 0;
  readonly summit: AccreditedSummit;
  readonly clock: FakeClock;
  readonly name: string;

  constructor(summit: AccreditedSummit, clock: FakeClock, name = "chamber") {
    this.summit = summit;
    this.clock = clock;
    this.name = name;
  }

  /** The group, as a void names it. */
  get place(): Place {
    return { descriptor: this.summit.pinned.dh, meeting: MEETING, group: this.name };
  }

  async seated(party: PartyName, role: Role): Promise<Delegate> {
    return this.add(await this.summit.seat(party, role));
  }

  /** Ada gives orders, Boris is across the table, Cyd interprets for Ada; all are inside. */
  async three(): Promise<{ ada: Delegate; boris: Delegate; cyd: Delegate }> {
    const ada = await this.seated("arven", "chair");
    const boris = await this.seated("tolmar", "principal");
    const cyd = await this.seated("arven", "interpreter");
    for (const { agent } of [ada, boris, cyd]) agent.enter();
    await this.together(ada, boris, cyd);
    return { ada, boris, cyd };
  }

  /** Another agent in the same seat: a page that was loaded anew. */
  again({ seat, line, agent }: Delegate): Delegate {
    line.told = null;
    agent.end();
    return this.add(seat);
  }

  /** Revokes somebody; these hear of it. */
  async revoke({ seat }: Delegate, ...told: readonly Delegate[]): Promise<void> {
    this.service.revocations.push(await this.summit.revocation(seat));
    for (const { agent } of told) agent.revoked();
  }

  /** Lets everything go on, at one instant unless time has a pace, until something is so; the test's own patience is its limit. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      this.clock.pass(this.pace);
      await new Promise((done) => setTimeout(done, 1));
    }
  }

  /** All these are in the same epoch and see each other, and nobody else. */
  async together(...delegates: readonly Delegate[]): Promise<void> {
    await this.seen(delegates, delegates);
  }

  /** These are in the same epoch and see `members`, and nobody else. */
  async seen(delegates: readonly Delegate[], members: readonly Delegate[]): Promise<void> {
    const identities = members.map(({ seat }) => seat.identity).toSorted();
    const isSeen = (one: Delegate) => one.identities.toSorted().join(" ") === identities.join(" ");
    const isOne = () => new Set(delegates.map(({ inside }) => inside?.epoch)).size === 1;
    await this.until(() => delegates.every((one) => isSeen(one)) && isOne());
  }

  private add(seat: KeptSeat): Delegate {
    const delegate = new Delegate(seat, this.service.line(), this);
    this.delegates.push(delegate);
    return delegate;
  }
}

/**
 * A delivery service in memory, for one group. It is a fake: it knows the order of commits, turns, lost answers and a log
 * that forgets, and nothing of who may do what. The server's own rules are tested where they are.
 */
import type { ErrorCode } from "../contract/codes";
import { fromJsonBytes, parseVoid, type RevocationSent } from "../contract/parse";
import type { Delivery, Logged, Standing } from "../keys/delivery";
import type { Committed } from "../keys/group";
import type { SignedVoid } from "../keys/voids";
import { sameBytes } from "../kernel/canonical";
import { OutageError, RefusedError } from "../kernel/errors";
import { FakePost, PostLine } from "./post";

type Bytes = Uint8Array<ArrayBuffer>;

/** Whom the service tells of commits. */
export interface Told {
  commit(epoch: number, bytes: Bytes): void;
  voided(signed: SignedVoid): void;
}

/** The epoch that a PublicMessage ends (RFC 9420 §6): behind version, wire format and group id. */
function epochOf(commit: Uint8Array): number {
  const view = new DataView(commit.buffer, commit.byteOffset, commit.byteLength);
  const first = view.getUint8(4);
  const [head, length] = first < 64 ? [1, first] : [2, view.getUint16(4) % 0x4000];
  return Number(view.getBigUint64(4 + head + length));
}

/** One member's line to the service. */
export class Line implements Delivery {
  /** Whether the member hears of commits; one that is deaf misses them for good. */
  isDeaf = false;
  /** Whether the answer to the next commit is lost. */
  losesAnswer = false;
  /** Whether the service takes no void from here. */
  refusesVoids = false;
  /** Whether nothing comes through. */
  isCut = false;
  /** What the next requests are refused with, one after another. */
  refuses: ErrorCode[] = [];
  told: Told | null = null;
  readonly post: PostLine;
  private readonly service: FakeDelivery;

  constructor(service: FakeDelivery) {
    this.service = service;
    this.post = new PostLine(service.post);
  }

  async found(groupInfo: Uint8Array, insteadOf?: Uint8Array): Promise<void> {
    await this.reach();
    this.service.found(new Uint8Array(groupInfo), insteadOf);
  }

  async turn(): Promise<Standing | null> {
    await this.reach();
    return this.service.turn(this);
  }

  async pass(): Promise<void> {
    await this.reach();
    this.service.pass(this);
  }

  async commit(offer: Committed): Promise<void> {
    await this.reach();
    this.service.commit(offer, this);
    if (!this.losesAnswer) return;
    this.losesAnswer = false;
    throw new OutageError("no_answer");
  }

  async log(epoch: number): Promise<readonly Logged[]> {
    await this.reach();
    return this.service.log(epoch);
  }

  async takeBack(signed: SignedVoid, groupInfo: Uint8Array): Promise<void> {
    await this.reach();
    if (this.refusesVoids) throw new RefusedError("commit_unknown");
    this.service.takeBack(signed, new Uint8Array(groupInfo));
  }

  async revocations(): Promise<readonly RevocationSent[]> {
    await this.reach();
    return this.service.revocations;
  }

  private async reach(): Promise<void> {
    await Promise.resolve();
    if (this.isCut) throw new OutageError("no_answer");
    const code = this.refuses.shift();
    if (code !== undefined) throw new RefusedError(code);
  }
}

/** The service. */
export class FakeDelivery {
  /** What it refused, by code. */
  readonly refused: string[] = [];
  readonly post = new FakePost();
  standing: Standing | null = null;
  readonly revocations: RevocationSent[] = [];
  /** Whether nothing has happened for so long that the group may be founded anew. */
  isDead = false;
  private readonly infos: Bytes[] = [];
  private readonly lines: Line[] = [];
  private readonly waiting: Line[] = [];
  private readonly bells = new Map<Line, () => void>();
  private commits: Logged[] = [];
  private oldest = 0;

  line(): Line {
    const line = new Line(this);
    this.lines.push(line);
    return line;
  }

  /** Forgets all commits from before an epoch. */
  forget(before: number): void {
    this.oldest = before;
  }

  /** Takes back an epoch and all after it, whoever says so. */
  takeBack(signed: SignedVoid, groupInfo: Bytes): void {
    const { epoch } = parseVoid(fromJsonBytes(signed.void));
    this.commits = this.commits.filter((each) => each.epoch < epoch);
    this.stand({ epoch, groupInfo });
    for (const line of this.lines) if (!line.isDeaf) line.told?.voided(signed);
  }

  /** Accepts whatever bytes as the commit of the epoch: the real one cannot see what is in them either. */
  poison(commit: Bytes, groupInfo: Bytes): void {
    const { epoch } = this.stands();
    this.accept({ epoch, commit }, groupInfo);
  }

  found(groupInfo: Bytes, insteadOf?: Uint8Array): void {
    const isAnew = this.isDead && insteadOf !== undefined && sameBytes(insteadOf, this.stands().groupInfo);
    if (this.standing !== null && !isAnew) throw this.no("group_founded");
    this.isDead = false;
    this.commits = [];
    this.stand({ epoch: 0, groupInfo });
  }

  async turn(line: Line): Promise<Standing> {
    this.stands();
    if (!this.waiting.includes(line)) this.waiting.push(line);
    while (this.waiting[0] !== line) await new Promise<void>((rung) => this.bells.set(line, rung));
    return this.stands();
  }

  commit({ commit, groupInfo }: Committed, line: Line): void {
    if (epochOf(commit) !== this.stands().epoch) throw this.no("epoch_not_current");
    this.accept({ epoch: epochOf(commit), commit: new Uint8Array(commit) }, new Uint8Array(groupInfo));
    this.pass(line);
  }

  pass(line: Line): void {
    const at = this.waiting.indexOf(line);
    if (at >= 0) this.waiting.splice(at, 1);
    const [next] = this.waiting;
    if (next !== undefined) this.bells.get(next)?.();
  }

  log(epoch: number): readonly Logged[] {
    if (epoch < this.oldest) throw this.no("epoch_gone");
    if (epoch > this.stands().epoch) throw this.no("epoch_not_current");
    return this.commits.filter((each) => each.epoch >= epoch);
  }

  /** Where the group stands. */
  stands(): Standing {
    if (this.standing === null) throw this.no("group_unknown");
    return this.standing;
  }

  /** By what one joined at an epoch. */
  infoAt(epoch: number): Bytes {
    const info = this.infos[epoch];
    if (info === undefined) throw new Error("no such epoch");
    return info;
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    this.infos[standing.epoch] = standing.groupInfo;
  }

  private accept(logged: Logged, groupInfo: Bytes): void {
    this.commits.push(logged);
    this.stand({ epoch: logged.epoch + 1, groupInfo });
    for (const line of this.lines) if (!line.isDeaf) line.told?.commit(logged.epoch, logged.commit);
  }

  private no(code: "group_founded" | "group_unknown" | "epoch_not_current" | "epoch_gone"): RefusedError {
    this.refused.push(code);
    return new RefusedError(code);
  }
}

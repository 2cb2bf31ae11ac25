/** One's own place in one group: the group, its rules, and who holds its leaves. */
import type { Bytes, Pinned } from "../identity";
import { nameOf, sameBytes } from "../kernel/canonical";
import { type Checked, checkCredential, deviceOf, type Member, type Proofs } from "./credential";
import type { Standing } from "./delivery";
import type { Holder } from "./duties";
import {
  type Committed,
  Group,
  type GroupMember,
  GroupRefusedError,
  type Leaf,
  newSession,
  type Rules,
  sha256,
  type Sign,
  signerOf,
  verify,
} from "./group";
import type { GroupName } from "./groupName";
import { personOf, rulesOf } from "./rules";

/** What a membership needs. */
export interface MembershipNeeds {
  /** The group's name in MLS messages. */
  readonly id: Uint8Array;
  readonly group: GroupName;
  readonly pinned: Pinned;
  /** Makes the credential of a session's key. */
  certify(key: Uint8Array): Promise<Bytes>;
  now(): number;
  isRevoked(person: string): boolean;
}

/** How many of the last commits are kept. */
const KEPT = 64;

/** A new epoch, and what it changed. */
export interface Change {
  readonly isJoin: boolean;
  /** Who is not in it any more. */
  readonly left: readonly Member[];
  readonly removedMe: boolean;
}

/** The rules of a group, and whom they have met. */
class Doorkeeper {
  readonly rules: Rules;
  private readonly needs: MembershipNeeds;
  private readonly met = new Map<string, Member>();
  private readonly proofs: Proofs = { verify, fingerprint: sha256 };

  constructor(needs: MembershipNeeds) {
    this.needs = needs;
    this.rules = rulesOf({
      group: needs.group,
      check: (credential, key) => this.check(credential, key),
      isRevoked: (person) => needs.isRevoked(person),
    });
  }

  /** Who holds these leaves; all of them pass the rules. The own leaf is looked at here for the first time. */
  holders(group: Group): readonly Holder[] {
    return group.roster().map((leaf) => ({ leaf: leaf.index, member: this.memberOf(leaf) }));
  }

  private memberOf({ credential, key }: Leaf): Member {
    const known = this.met.get(leafName(credential, key));
    if (known === undefined && !this.rules.validate(credential, key)) throw new GroupRefusedError("not a valid member");
    const member = known ?? this.met.get(leafName(credential, key));
    if (member === undefined) throw new GroupRefusedError("a leaf that nobody has looked at");
    return member;
  }

  private check(credential: Uint8Array, key: Uint8Array): Checked {
    const name = leafName(credential, key);
    const member = this.met.get(name);
    const now = this.needs.now();
    if (member !== undefined) return now < member.expires ? { member } : { fault: "expired" };
    const checked = checkCredential(credential, key, this.proofs, this.needs.pinned, now);
    if ("member" in checked) this.met.set(name, checked.member);
    return checked;
  }
}

function leafName(credential: Uint8Array, key: Uint8Array): string {
  return `${nameOf(key)} ${nameOf(credential)}`;
}

/** A session of one's own, and what signs as it once the secret is overwritten. */
async function newMember(needs: MembershipNeeds): Promise<GroupMember & { readonly sign: Sign }> {
  const session = newSession();
  return { ...session, sign: await signerOf(session), credential: await needs.certify(session.key) };
}

/** A member who can sign, and the key that others check it by. */
export interface Signer extends Holder {
  readonly key: Uint8Array;
}

/** One's own place in a group, from joining it until leaving it. */
export class Membership {
  private readonly group: Group;
  private readonly keeper: Doorkeeper;
  /** Signs as the own leaf. */
  readonly sign: Sign;
  private holders: readonly Holder[] = [];
  private readonly commits = new Map<number, Uint8Array>();
  private pending: Uint8Array | null = null;

  private constructor(group: Group, keeper: Doorkeeper, sign: Sign) {
    this.group = group;
    this.keeper = keeper;
    this.sign = sign;
  }

  private static in(group: Group, keeper: Doorkeeper, sign: Sign): Membership {
    const made = new Membership(group, keeper, sign);
    try {
      made.holders = keeper.holders(group);
      return made;
    } catch (error) {
      group.erase();
      throw error;
    }
  }

  /** Begins the group, alone in it. */
  static async found(needs: MembershipNeeds): Promise<{ membership: Membership; groupInfo: Uint8Array }> {
    const keeper = new Doorkeeper(needs);
    const member = await newMember(needs);
    const group = Group.create(needs.id, member, keeper.rules);
    member.secret.fill(0);
    const groupInfo = group.info();
    return { membership: Membership.in(group, keeper, member.sign), groupInfo };
  }

  /** Joins, or comes back in place of one's former leaf; it counts once the commit is accepted. */
  static async join(
    needs: MembershipNeeds,
    { epoch, groupInfo }: Standing,
  ): Promise<{ membership: Membership; offer: Committed }> {
    const keeper = new Doorkeeper(needs);
    const member = await newMember(needs);
    const { group, ...offer } = Group.join(groupInfo, member, keeper.rules);
    member.secret.fill(0);
    // The server may hold out another group, or another epoch, than it says.
    if (!sameBytes(group.id, needs.id) || group.epoch !== BigInt(epoch) + 1n) {
      group.erase();
      throw new GroupRefusedError("not the group that was meant");
    }
    const membership = Membership.in(group, keeper, member.sign);
    membership.note(offer.commit);
    return { membership, offer };
  }

  get epoch(): number {
    return Number(this.group.epoch);
  }

  get roster(): readonly Holder[] {
    return this.holders;
  }

  get own(): Holder {
    const own = this.holders.find(({ leaf }) => leaf === this.group.own);
    if (own === undefined) throw new GroupRefusedError("no own leaf");
    return own;
  }

  /** Everybody, with the keys of their sessions. */
  signers(): readonly Signer[] {
    const keys = new Map(this.group.roster().map(({ index, key }) => [index, key]));
    return this.holders.flatMap((holder) => {
      const key = keys.get(holder.leaf);
      return key === undefined ? [] : [{ ...holder, key }];
    });
  }

  /** The device keys of the chairs. */
  chairs(): readonly Uint8Array[] {
    const chairs = new Set(this.holders.filter(({ member }) => member.chair).map(({ leaf }) => leaf));
    return this.group.roster().flatMap(({ index, credential }) => {
      const key = chairs.has(index) ? deviceOf(credential) : undefined;
      return key === undefined ? [] : [key];
    });
  }

  /** The commit by which one left an epoch, for some while. */
  commitAt(epoch: number): Uint8Array | undefined {
    return this.commits.get(epoch);
  }

  /** By what the next joins in this epoch. */
  info(): Uint8Array {
    return this.group.info();
  }

  /** Enters the epoch that another's commit begins. */
  follow(commit: Uint8Array): Change {
    const { external, removedMe } = this.group.process(commit);
    this.note(commit);
    return this.changed(external, removedMe);
  }

  /** Makes a commit that renews the keys and puts out these leaves; pending until `apply` or `clear`. */
  propose(removes: readonly number[]): Committed {
    const offer = this.group.commit(removes);
    this.pending = offer.commit;
    return offer;
  }

  /** The pending commit was accepted. */
  apply(): Change {
    this.group.apply();
    if (this.pending !== null) this.note(this.pending);
    return this.changed(false, false);
  }

  /** Another commit was accepted. */
  clear(): void {
    this.group.clear();
  }

  secret(label: string, sender: string, length = 32): Bytes {
    return new Uint8Array(this.group.export(label, new TextEncoder().encode(sender), length));
  }

  /** What is compared. */
  sight(): { authenticator: Uint8Array; group: Uint8Array; epoch: bigint } {
    return { authenticator: this.group.authenticator(), group: this.group.id, epoch: this.group.epoch };
  }

  /** Lets go of every secret. */
  erase(): void {
    this.group.erase();
  }

  /** Keeps the commit that has begun the epoch. */
  private note(commit: Uint8Array): void {
    this.commits.set(this.epoch - 1, commit);
    this.commits.delete(this.epoch - 1 - KEPT);
  }

  private changed(isJoin: boolean, removedMe: boolean): Change {
    const before = this.holders;
    if (!removedMe) this.holders = this.keeper.holders(this.group);
    const now = new Set(this.holders.map(({ member }) => personOf(member)));
    const left = before.map(({ member }) => member).filter((member) => !now.has(personOf(member)));
    return { isJoin, left, removedMe };
  }
}

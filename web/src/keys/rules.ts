/**
 * The rules of a summit for one group of keys: who may hold a leaf, who is the same person, who may put out whom. They
 * are asked for every leaf and every commit, the own ones too. Pure.
 */
import type { Role } from "../contract/parse";
import { type Checked, type Claimed, claimedBy } from "./credential";
import type { GroupName } from "./groupName";
import type { Proposed, Rules } from "./group";

/** Who stands above whom within a delegation. Whoever heads it is above its chair, whom a format may keep out. */
const RANKS: Readonly<Record<Role, number>> = {
  principal: 5,
  chair: 4,
  adviser: 3,
  notetaker: 3,
  technician: 3,
  interpreter: 2,
  press: 1,
  protocol_officer: 0,
};

/** Those of a delegation who hear the chamber. */
const HEARERS: readonly Role[] = ["principal", "chair", "adviser", "interpreter", "notetaker"];

/** Who may hold a leaf, whatever the phase and the format: a group outlives both. */
const MEMBERS: Readonly<Record<GroupName["kind"], ReadonlySet<Role>>> = {
  chamber: new Set(HEARERS),
  floor: new Set<Role>([...HEARERS, "press"]),
  caucus: new Set<Role>([...HEARERS, "technician"]),
  booth: new Set<Role>(["interpreter"]),
};

/** What the rules ask. */
export interface RuleNeeds {
  readonly group: GroupName;
  check(credential: Uint8Array, key: Uint8Array): Checked;
  /** Whether a party has taken back its word for one of its own. */
  isRevoked(person: string): boolean;
}

/** The name of a person: the same on every device and in every session. */
export function personOf({ party, serial }: Pick<Claimed, "party" | "serial">): string {
  return `${party}/${serial}`;
}

export function admits(group: GroupName, { party, role }: Pick<Claimed, "party" | "role">): boolean {
  return isOpenTo(group, party) && MEMBERS[group.kind].has(role);
}

/** A joint booth's interpreters are of any delegation; who of them it is that works there, rules cannot know: it changes. */
function isOpenTo(group: GroupName, party: Claimed["party"]): boolean {
  if (group.kind === "caucus") return group.party === party;
  return group.kind !== "booth" || [party, "joint"].some((whose) => group.booth.startsWith(`${whose}.`));
}

/** Whether those in a group are each other's equals: nobody is above the interpreters of a booth in theirs. */
export function areEquals({ kind }: GroupName): boolean {
  return kind === "booth";
}

/** Whether one may put the other out of a group. */
export function mayRemove(one: Claimed, other: Claimed, equals = false): boolean {
  if (personOf(one) === personOf(other)) return false;
  if (equals) return true;
  const isAbove = one.party === other.party && RANKS[one.role] > RANKS[other.role];
  return one.chair || isAbove || (other.role === "press" && one.role !== "press");
}

/** Why a commit is not permitted; nothing if it is. */
function objection(commit: Proposed, { group, isRevoked }: Pick<RuleNeeds, "group" | "isRevoked">): string {
  const { external, committer, removes } = commit;
  const one = claimedBy(committer);
  const others = removes.map((bytes) => claimedBy(bytes));
  if (one === undefined || others.includes(undefined)) return "no credential";
  if (isRevoked(personOf(one))) return "the committer is revoked";
  const isBreach = others.some((other) => {
    if (other === undefined) return true;
    return external ? personOf(one) !== personOf(other) : !mayRemove(one, other, areEquals(group));
  });
  if (!isBreach) return "";
  return external ? "who joins removes nobody else" : `a ${one.role} may not remove these`;
}

/** The rules of one group, as {@link Rules} asks them. */
export function rulesOf(needs: RuleNeeds): Rules {
  const { group } = needs;
  return {
    validate(credential, key) {
      const checked = needs.check(credential, key);
      return "member" in checked && admits(group, checked.member);
    },
    identity(credential) {
      const claimed = claimedBy(credential);
      return new TextEncoder().encode(claimed === undefined ? "" : personOf(claimed));
    },
    successor(old, _oldKey, next, nextKey) {
      const [before, checked] = [claimedBy(old), needs.check(next, nextKey)];
      if (before === undefined || !("member" in checked)) return false;
      const { member } = checked;
      return personOf(before) === personOf(member) && before.role === member.role && before.chair === member.chair;
    },
    permits: (commit) => objection(commit, needs),
  };
}

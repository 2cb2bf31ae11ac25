/** Random histories of a group: whoever is in it agrees after every step; whoever was removed keeps listening, in vain. */
import { beforeAll, expect, test } from "vitest";
import { aDelegation, aMember, leafOf, mediaKey, sight, startCrate, strictRules, utf8 } from "../testing/mls";
import { chanceFrom } from "../testing/chance";
import { Group, GroupRefusedError } from "./group";

const HISTORIES = 60;
const STEPS = 40;
const MOST = 9;
const aland = aDelegation("Aland");
const rules = strictRules([aland]);

beforeAll(startCrate);

type Step = "join" | "return" | "remove" | "removeSome" | "renew";

/** Whether a commit says nothing to a group, or once more that its member is removed. */
function isShutOut(group: Group, commit: Uint8Array): boolean {
  try {
    return group.process(commit).removedMe;
  } catch (error) {
    return error instanceof GroupRefusedError;
  }
}

class History {
  readonly members = new Map<string, Group>();
  readonly removed: Group[] = [];
  /** How many were told wrongly whether a commit removed them. */
  misled = 0;
  readonly chance: (below: number) => number;
  private named = 0;

  constructor(seed: number) {
    this.chance = chanceFrom(seed);
    this.members.set(this.newName(), Group.create(utf8(`history ${seed}`), aMember(aland, "m0", "chair"), rules));
  }

  private newName(): string {
    this.named += 1;
    return `m${this.named - 1}`;
  }

  private anyOf<Thing>(things: readonly Thing[]): Thing {
    return things[this.chance(things.length)] as Thing;
  }

  private next(): Step {
    const drawn = this.chance(100);
    if (this.members.size < 3 || (drawn < 40 && this.members.size < MOST)) {
      return "join";
    }
    const steps = ["return", "remove", "remove", "removeSome", "renew"] as const;
    return this.anyOf(steps);
  }

  /** One step, and what it sent. */
  step(): Uint8Array {
    const names = [...this.members.keys()];
    const step = this.next();
    if (step === "join") {
      return this.join(this.newName(), this.anyOf(names));
    }
    const committer = this.anyOf(names);
    const others = names.filter((name) => name !== committer);
    if (step === "return") {
      return this.join(this.anyOf(others), committer);
    }
    const most = { remove: 1, removeSome: 2 + this.chance(3), renew: 0 }[step];
    const chosen = others.toSorted(() => this.chance(3) - 1).slice(0, Math.min(most, others.length - 1));
    return this.commit(committer, chosen);
  }

  private join(name: string, by: string): Uint8Array {
    const host = this.members.get(by) as Group;
    const { group, commit } = Group.join(host.info(), aMember(aland, name, "chair"), rules);
    this.tell(commit, [name]);
    this.members.set(name, group);
    return commit;
  }

  private commit(by: string, leaving: readonly string[]): Uint8Array {
    const committer = this.members.get(by) as Group;
    const { commit } = committer.commit(leaving.map((name) => leafOf(committer, name)));
    committer.apply();
    this.tell(commit, leaving, committer);
    return commit;
  }

  /** Everybody hears of it; who is left out by it is told so. */
  private tell(commit: Uint8Array, leaving: readonly string[], but?: Group): void {
    for (const [name, group] of this.members) {
      if (group !== but) {
        this.misled += group.process(commit).removedMe === leaving.includes(name) ? 0 : 1;
      }
    }
    for (const name of leaving) {
      const group = this.members.get(name);
      if (group !== undefined) {
        this.removed.push(group);
        this.members.delete(name);
      }
    }
  }

  /** How many different groups the members see, and how many who were removed listened, or learnt anything. */
  seen(commit: Uint8Array): { views: number; listening: number; leaks: number } {
    const members = [...this.members.values()];
    const secret = mediaKey(members[0] as Group);
    const views = new Set(members.map((group) => sight(group))).size;
    const leaks = this.removed.filter((group) => !isShutOut(group, commit) || mediaKey(group) === secret).length;
    return { views, listening: this.removed.length, leaks };
  }

  end(): void {
    [...this.members.values(), ...this.removed].forEach((group) => group.erase());
  }
}

test.each(Array.from({ length: HISTORIES }, (_, seed) => seed))(
  "history %i",
  (seed) => {
    const history = new History(seed);
    let listened = 0;
    for (let count = 0; count < STEPS; count += 1) {
      const { views, listening, leaks } = history.seen(history.step());
      expect({ views, leaks, misled: history.misled }, `step ${count}`).toEqual({ views: 1, leaks: 0, misled: 0 });
      listened += listening;
    }
    expect(listened).toBeGreaterThan(STEPS);
    history.end();
  },
  60_000,
);

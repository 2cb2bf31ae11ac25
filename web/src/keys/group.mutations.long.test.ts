/** Messages with something changed in them: each is refused, none stops the crate, nothing of the group has moved. */
import { beforeAll, expect, test } from "vitest";
import { chanceFrom, mutated } from "../testing/chance";
import { aDelegation, aMember, sight, startCrate, strictRules, utf8 } from "../testing/mls";
import { Group, GroupRefusedError } from "./group";

const MUTATIONS = 10_000;
const aland = aDelegation("Aland");
const rules = strictRules([aland]);

beforeAll(startCrate);

/** Six members, as the second of them sees it, and a message of each kind. */
function scene() {
  const first = Group.create(utf8("group"), aMember(aland, "m0", "chair"), rules);
  const second = Group.join(first.info(), aMember(aland, "m1", "chair"), rules);
  first.process(second.commit);
  for (const id of ["m2", "m3", "m4", "m5"]) {
    const { commit, group } = Group.join(first.info(), aMember(aland, id, "chair"), rules);
    first.process(commit);
    second.group.process(commit);
    group.erase();
  }
  const info = first.info();
  const { commit } = first.commit([3]);
  const join = Group.join(info, aMember(aland, "m6", "chair"), rules).commit;
  return { group: second.group, messages: { commit, join, info } };
}

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Return what somebody threw; a trap is not a refusal. */
function thrownBy(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error instanceof GroupRefusedError ? error.cause : error;
  }
  return undefined;
}

test.each(["commit", "join", "info"] as const)(
  "no mutation of a %s gets through",
  (kind) => {
    const { group, messages } = scene();
    const message = messages[kind];
    const chance = chanceFrom(kind.length);
    const before = sight(group);
    const ask = (bytes: Uint8Array) =>
      kind === "info" ? Group.join(bytes, aMember(aland, "late", "chair"), rules) : group.process(bytes);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const bytes = mutated(message, chance);
      if (same(bytes, message)) {
        continue;
      }
      const thrown = thrownBy(() => ask(bytes));
      if (!(thrown instanceof Error) || thrown instanceof WebAssembly.RuntimeError) {
        expect.fail(`mutation ${count}: ${String(thrown)}`);
      }
    }
    expect(sight(group)).toBe(before);
    ask(message);
  },
  300_000,
);

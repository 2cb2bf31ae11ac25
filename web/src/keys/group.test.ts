import { beforeAll, describe, expect, test } from "vitest";
import {
  aDelegation,
  aMember,
  hex,
  leafOf,
  mediaKey,
  noRules,
  sight,
  startCrate,
  strictRules,
  utf8,
} from "../testing/mls";
import { Group, GroupRefusedError, newSession, type Rules, verify } from "./group";

const ID = utf8("vv1|dh|m1|C|0");
const aland = aDelegation("Aland");
const borduria = aDelegation("Borduria");
const rules = strictRules([aland, borduria]);

beforeAll(startCrate);

/** Ada begins a group; Boris and Cyd join it. */
function three(): { ada: Group; boris: Group; cyd: Group } {
  const ada = Group.create(ID, aMember(aland, "ada", "chair"), rules);
  const { group: boris, commit } = Group.join(ada.info(), aMember(borduria, "boris", "principal"), rules);
  ada.process(commit);
  const joined = Group.join(boris.info(), aMember(borduria, "cyd"), rules);
  ada.process(joined.commit);
  boris.process(joined.commit);
  return { ada, boris, cyd: joined.group };
}

const views = (...groups: Group[]) => new Set(groups.map((group) => sight(group))).size;

describe("a group", () => {
  test("is joined by external commits, and all see the same", () => {
    const { ada, boris, cyd } = three();
    expect(views(ada, boris, cyd)).toBe(1);
    expect([ada.own, boris.own, cyd.own]).toEqual([0, 1, 2]);
    expect(cyd.epoch).toBe(2n);
    expect(cyd.id).toEqual(ID);
  });

  test("gives, with a join, the GroupInfo of the epoch that begins", () => {
    const ada = Group.create(ID, aMember(aland, "ada", "chair"), rules);
    const boris = Group.join(ada.info(), aMember(borduria, "boris"), rules);
    expect(ada.process(boris.commit)).toEqual({ external: true, committer: 1, removedMe: false, epoch: 1n });
    const cyd = Group.join(boris.groupInfo, aMember(borduria, "cyd"), rules);
    ada.process(cyd.commit);
    boris.group.process(cyd.commit);
    expect(views(ada, boris.group, cyd.group)).toBe(1);
  });

  test("renews its keys when a member commits, once the commit is applied", () => {
    const { ada, boris, cyd } = three();
    const before = mediaKey(boris);
    const { commit, groupInfo } = boris.commit([]);
    expect(mediaKey(boris)).toBe(before);
    boris.apply();
    expect(ada.process(commit)).toEqual({ external: false, committer: 1, removedMe: false, epoch: 3n });
    cyd.process(commit);
    expect(views(ada, boris, cyd)).toBe(1);
    expect(mediaKey(ada)).not.toBe(before);
    const dan = Group.join(groupInfo, aMember(aland, "dan"), rules);
    ada.process(dan.commit);
    expect(views(ada, dan.group)).toBe(1);
  });

  test("removes a member, who is told so and learns nothing more", () => {
    const { ada, boris, cyd } = three();
    const { commit } = ada.commit([leafOf(ada, "cyd")]);
    ada.apply();
    expect(boris.process(commit).removedMe).toBe(false);
    expect(cyd.process(commit).removedMe).toBe(true);
    expect(views(ada, boris)).toBe(1);
    expect(mediaKey(cyd)).not.toBe(mediaKey(ada));
  });

  test("takes a device back in place of its former leaf", () => {
    const { ada, boris, cyd } = three();
    const back = Group.join(ada.info(), aMember(borduria, "boris", "principal"), rules);
    expect(boris.process(back.commit).removedMe).toBe(true);
    ada.process(back.commit);
    cyd.process(back.commit);
    expect(views(ada, cyd, back.group)).toBe(1);
    expect(ada.roster()).toHaveLength(3);
    expect(mediaKey(boris)).not.toBe(mediaKey(ada));
  });

  test("forgets its own commit when another was first", () => {
    const { ada, boris, cyd } = three();
    ada.commit([]);
    expect(() => ada.commit([])).toThrow(GroupRefusedError);
    const { commit } = boris.commit([]);
    boris.apply();
    ada.clear();
    ada.process(commit);
    cyd.process(commit);
    expect(views(ada, boris, cyd)).toBe(1);
  });

  test("takes another's commit while its own is pending, which is then forgotten", () => {
    const { ada, boris } = three();
    ada.commit([]);
    const { commit } = boris.commit([]);
    boris.apply();
    ada.process(commit);
    expect(views(ada, boris)).toBe(1);
    expect(() => ada.apply()).toThrow(GroupRefusedError);
  });

  test("exports other secrets under other labels, contexts and lengths", () => {
    const { ada } = three();
    const secrets = [
      ada.export("visavis media 1", utf8("ada"), 32),
      ada.export("visavis media 1", utf8("boris"), 32),
      ada.export("visavis envelope 1", utf8("ada"), 32),
      ada.export("visavis media 1", utf8("ada"), 16),
    ].map((secret) => hex(secret).slice(0, 32));
    expect(new Set(secrets).size).toBe(4);
  });

  test("answers nothing once it is erased", () => {
    const { ada } = three();
    ada.erase();
    expect(() => ada.authenticator()).toThrow(GroupRefusedError);
    expect(() => ada.epoch).toThrow(GroupRefusedError);
    expect(() => ada.commit([])).toThrow(GroupRefusedError);
  });
});

describe("the rules", () => {
  const broken = (["validate", "identity", "successor", "permits"] as const).flatMap(
    (hook): (readonly [string, object])[] => [
      [`${hook} is missing`, { [hook]: undefined }],
      [
        `${hook} throws`,
        {
          [hook]: () => {
            throw new Error("no");
          },
        },
      ],
      [`${hook} promises`, { [hook]: () => Promise.resolve(true) }],
      [`${hook} answers a number`, { [hook]: () => 1 }],
      [`${hook} answers nothing`, { [hook]: () => undefined }],
    ],
  );

  test.each(broken)("%s: a member's return is refused, and nothing has changed", (_, hook) => {
    const bent = { on: false };
    const unsure = new Proxy(rules, {
      get: (whole, name) => Reflect.get(bent.on ? { ...whole, ...hook } : whole, name) as unknown,
    });
    const ada = Group.create(ID, aMember(aland, "ada", "chair"), unsure);
    const boris = Group.join(ada.info(), aMember(borduria, "boris"), rules);
    ada.process(boris.commit);
    const back = Group.join(ada.info(), aMember(borduria, "boris"), rules);
    const before = sight(ada);
    bent.on = true;
    expect(() => ada.process(back.commit)).toThrow(GroupRefusedError);
    expect(sight(ada)).toBe(before);
    bent.on = false;
    ada.process(back.commit);
    expect(views(ada, back.group)).toBe(1);
  });

  test("without any rule, no group begins", () => {
    expect(() => Group.create(ID, aMember(aland, "ada"), {} as Rules)).toThrow(GroupRefusedError);
  });

  test("hear of every commit, the own ones too, by the credentials of those it concerns", () => {
    const heard: unknown[] = [];
    const listening: Rules = { ...noRules, permits: (proposed) => (heard.push(proposed), "") };
    const [one, two] = [aMember(aland, "ada"), aMember(borduria, "boris")];
    const ada = Group.create(ID, one, listening);
    ada.process(Group.join(ada.info(), two, noRules).commit);
    ada.commit([1]);
    expect(heard).toEqual([
      { received: true, external: true, committer: two.credential, removes: [] },
      { received: false, external: false, committer: one.credential, removes: [two.credential] },
    ]);
  });

  test("may not ask the group that asks them", () => {
    const asking: { group?: Group } = {};
    const ada = Group.create(ID, aMember(aland, "ada"), {
      ...noRules,
      permits: () => String(asking.group?.epoch),
    });
    asking.group = ada;
    expect(() => ada.commit([])).toThrow(GroupRefusedError);
  });
});

test("a session's key signs what verify takes, and nothing else", () => {
  const [one, other] = [newSession(), newSession()];
  expect(one.key).toHaveLength(32);
  expect(hex(one.key)).not.toBe(hex(other.key));
  expect(verify(one.key, new Uint8Array(64), utf8("text"))).toBe(false);
  expect(verify(new Uint8Array(3), new Uint8Array(64), utf8("text"))).toBe(false);
});

/** Ours beside ts-mls, where that keeps to RFC 9420; and the two faults of its that must not be ours. */
import { beforeAll, describe, expect, test } from "vitest";
import {
  aDelegation,
  aMember,
  credential,
  hex,
  leafOf,
  mediaKey,
  sight,
  startCrate,
  strictRules,
  utf8,
} from "../testing/mls";
import { Peer, type PeerMember, peerSuite, type Version } from "../testing/mlsPeer";
import { Group } from "./group";

const ID = utf8("vv1|dh|m1|C|0");
const aland = aDelegation("Aland");
const rules = strictRules([aland]);

beforeAll(startCrate);

async function aPeer(id: string): Promise<PeerMember> {
  const session = await (await peerSuite()).signature.keygen();
  return { ...session, credential: credential(aland, { id, rank: "chair" }, session.publicKey) };
}

const ours = (id: string) => aMember(aland, id, "chair");
const remove = (removed: number) => ({ proposalType: "remove" as const, remove: { removed } });

async function peerSight(peer: Peer): Promise<string> {
  return hex(peer.authenticator) + hex(await peer.export("visavis media 1", utf8("a sender"), 32));
}

const shortSight = (group: Group) => hex(group.authenticator()) + mediaKey(group);

async function agree(groups: readonly Group[], peers: readonly Peer[]): Promise<void> {
  const sights = [...groups.map((group) => shortSight(group)), ...(await Promise.all(peers.map(peerSight)))];
  expect(new Set(sights).size).toBe(1);
}

describe("with another implementation", () => {
  test("a group of ours is joined, renewed, come back to and left", async () => {
    const ada = Group.create(ID, ours("ada"), rules);
    let { peer: pia, commit } = await Peer.join(ada.info(), await aPeer("pia"));
    ada.process(commit);
    await agree([ada], [pia]);

    const bo = Group.join(await pia.info(), ours("bo"), rules);
    ada.process(bo.commit);
    pia = await pia.process(bo.commit);
    await agree([ada, bo.group], [pia]);

    ({ commit } = bo.group.commit([]));
    bo.group.apply();
    ada.process(commit);
    pia = await pia.process(commit);
    await agree([ada, bo.group], [pia]);

    ({ peer: pia, commit } = await pia.commit([]));
    ada.process(commit);
    bo.group.process(commit);
    await agree([ada, bo.group], [pia]);

    ({ peer: pia, commit } = await Peer.join(ada.info(), await aPeer("pia"), { back: true }));
    ada.process(commit);
    bo.group.process(commit);
    await agree([ada, bo.group], [pia]);
    expect(ada.roster()).toHaveLength(3);

    ({ peer: pia, commit } = await pia.commit([remove(leafOf(ada, "bo"))]));
    ada.process(commit);
    expect(bo.group.process(commit).removedMe).toBe(true);
    await agree([ada], [pia]);
    expect(mediaKey(bo.group)).not.toBe(mediaKey(ada));
  });

  test("a group of theirs is joined, renewed, come back to and left", async () => {
    let pia = await Peer.create(ID, await aPeer("pia"));
    const ada = Group.join(await pia.info(), ours("ada"), rules);
    pia = await pia.process(ada.commit);
    await agree([ada.group], [pia]);

    let joined = await Peer.join(ada.group.info(), await aPeer("pol"));
    let pol = joined.peer;
    ada.group.process(joined.commit);
    pia = await pia.process(joined.commit);
    await agree([ada.group], [pia, pol]);

    const back = Group.join(await pia.info(), ours("ada"), rules);
    pia = await pia.process(back.commit);
    pol = await pol.process(back.commit);
    expect(ada.group.process(back.commit).removedMe).toBe(true);
    await agree([back.group], [pia, pol]);

    joined = await pol.remove(0);
    back.group.process(joined.commit);
    await agree([back.group], [joined.peer]);
  });
});

/** What a removed member reads after they were fed the commit that removed them. */
async function readOn(version: Version): Promise<{ kept: string; now: string }> {
  let one = await Peer.create(ID, await aPeer("one"), version);
  const two = await Peer.join(await one.info(), await aPeer("two"), { version });
  one = await one.process(two.commit);
  const { peer, commit } = await one.remove(1);
  const listener = await two.peer.process(commit).catch(() => two.peer);
  return { kept: await peerSight(listener), now: await peerSight(peer) };
}

describe("a removed member", () => {
  test("reads nothing more here", () => {
    const one = Group.create(ID, ours("one"), rules);
    const two = Group.join(one.info(), ours("two"), rules);
    one.process(two.commit);
    const { commit } = one.commit([1]);
    one.apply();
    two.group.process(commit);
    expect(shortSight(two.group)).not.toBe(shortSight(one));
  });

  test("reads nothing more in ts-mls 1.6.4", async () => {
    const { kept, now } = await readOn("1.6.4");
    expect(kept).not.toBe(now);
  });

  test("reads on in ts-mls 1.6.2: so this test can fail", async () => {
    const { kept, now } = await readOn("1.6.2");
    expect(kept).toBe(now);
  });
});

test.each([3, 5, 9])("of %i, the last comes back while a lower leaf is empty: all settle within a second", (size) => {
  const groups = [Group.create(ID, ours("0"), rules)];
  const tell = (commit: Uint8Array, but: Group) => {
    groups.filter((group) => group !== but).forEach((group) => group.process(commit));
  };
  for (let index = 1; index < size; index += 1) {
    const { group, commit } = Group.join((groups[0] as Group).info(), ours(String(index)), rules);
    tell(commit, group);
    groups.push(group);
  }
  const [first, , ...others] = groups as [Group, Group, ...Group[]];
  const { commit } = first.commit([1]);
  first.apply();
  groups.splice(1, 1);
  tell(commit, first);

  const start = performance.now();
  const back = Group.join(first.info(), ours(String(size - 1)), rules);
  const former = others.at(-1) as Group;
  expect(former.process(back.commit).removedMe).toBe(true);
  groups.splice(groups.indexOf(former), 1);
  tell(back.commit, back.group);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(new Set([...groups, back.group].map((group) => sight(group))).size).toBe(1);
});

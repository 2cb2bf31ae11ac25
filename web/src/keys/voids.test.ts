import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { bytesOf, fingerprint } from "../identity/statements";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import { type Delegate, Table } from "../testing/agents";
import { FakeClock } from "../testing/clock";
import { layTables } from "../testing/tables";
import { checkVoid, type SignedVoid, signVoid, voidOf } from "./voids";

const clock = new FakeClock(Date.parse("2026-12-07T14:09:00.000Z"));
let table: Table;
layTables(clock, (laid) => {
  table = laid;
});

/** Voids that Python made. */
const Vectors = v.object({
  place: v.object({ descriptor: v.string(), meeting: v.string(), group: v.string() }),
  device: v.string(),
  said: v.object({ epoch: v.number(), commit: v.string() }),
  cases: v.array(v.object({ name: v.string(), expect: v.string(), void: v.string(), signature: v.string() })),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/voids.json", import.meta.url), "utf8")),
);
const place = { ...vectors.place, meeting: vectors.place.meeting as MeetingId };

function verdictOf(signed: SignedVoid, devices: readonly Uint8Array[]): unknown {
  try {
    const { epoch, commit } = checkVoid(signed, devices, place);
    return { epoch, commit };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.code;
  }
}

describe("a void", () => {
  const other = new Uint8Array(32).fill(7);

  test.each(vectors.cases)("$name: $expect", (sent) => {
    const verdict = verdictOf(voidOf(sent), [other, bytesOf(vectors.device)]);
    expect(verdict).toEqual(sent.expect === "ok" ? vectors.said : sent.expect);
  });

  test("counts by no device but those of chairs", () => {
    const [first] = vectors.cases;
    if (first === undefined) throw new Error("no cases");
    for (const devices of [[], [other]]) expect(verdictOf(voidOf(first), devices)).toBe("signature_bad");
  });
});

/** Ada gives orders, Boris is across the table, Cyd interprets for Ada. */
async function three(): Promise<readonly [Delegate, Delegate, Delegate]> {
  const ada = await table.seated("arven", "chair");
  const boris = await table.seated("tolmar", "principal");
  const cyd = await table.seated("arven", "interpreter");
  for (const { agent } of [ada, boris, cyd]) agent.enter();
  await table.together(ada, boris, cyd);
  return [ada, boris, cyd];
}

/** A void of an epoch, as a delegate's device signs it. */
async function voidBy({ seat }: Delegate, epoch: number, commit = table.service.log(epoch)[0]?.commit) {
  if (commit === undefined) throw new Error("no such commit");
  return signVoid(seat, table.place, { epoch, commit: toB64u(await fingerprint(commit)) }, clock.now());
}

function epochs(delegates: readonly Delegate[]): readonly (number | undefined)[] {
  return delegates.map(({ inside }) => inside?.epoch);
}

/** Somebody new has come, and been followed by all. */
async function joinedBy(...delegates: readonly Delegate[]): Promise<Delegate> {
  const dan = await table.seated("tolmar", "adviser");
  dan.agent.enter();
  await table.together(...delegates, dan);
  return dan;
}

describe("agents that are told of a void", () => {
  test("come back if they followed what it takes back", async () => {
    const all = await three();
    const [ada] = all;
    table.service.takeBack(await voidBy(ada, 1), table.service.infoAt(1));
    await table.until(() => epochs(all).every((epoch) => epoch === 4));
    await table.together(...all);
    expect(epochs(all)).toEqual([4, 4, 4]);
  });

  test("come back too if they were not told, and their epoch has not begun any more", async () => {
    const [ada, boris, cyd] = await three();
    for (const { agent } of [boris, cyd]) agent.end();
    ada.line.isDeaf = true;
    table.service.takeBack(await voidBy(ada, 0), table.service.infoAt(0));
    ada.agent.look();
    await table.until(() => ada.inside?.epoch === 1);
    expect(table.service.refused).toContain("epoch_not_current");
  });

  test("take no notice of one that no chair of the group has signed", async () => {
    const all = await three();
    const [ada, boris, cyd] = all;
    const stranger = await table.seated("tolmar", "chair");
    for (const each of [boris, stranger]) {
      const forged = await voidBy(each, 1);
      for (const { agent } of all) agent.voided(forged);
    }
    await joinedBy(...all);
    // An epoch for the newcomer, and none for who came back.
    expect(epochs(all)).toEqual([3, 3, 3]);
    for (const { log } of [ada, boris, cyd]) expect(JSON.stringify(log.events)).toContain("void refused");
  });

  test("take no notice of one of a commit that they did not follow", async () => {
    const all = await three();
    const [ada] = all;
    const old = await voidBy(ada, 1, new Uint8Array([1, 2, 3]));
    for (const { agent } of all) agent.voided(old);
    await joinedBy(...all);
    expect(epochs(all)).toEqual([3, 3, 3]);
  });

  test("heed one once", async () => {
    const all = await three();
    const [ada] = all;
    const dan = await joinedBy(...all);
    // Dan does not know what ended epoch 0; no harm is done, but some time is lost.
    const said = await voidBy(ada, 0);
    const before = dan.told.length;
    dan.agent.voided(said);
    await table.until(() => dan.told.length > before && dan.inside?.epoch === 4);
    await table.together(...all, dan);
    dan.agent.voided(said);
    const eva = await table.seated("tolmar", "notetaker");
    eva.agent.enter();
    await table.together(...all, dan, eva);
    expect(epochs([...all, dan])).toEqual([5, 5, 5, 5]);
  });
});

describe("a chair's agent that is stuck", () => {
  test("takes the epoch back when it is ordered to, and nobody else's does", async () => {
    const all = await three();
    const [ada, boris] = all;
    for (const { agent } of all) agent.takeBack();
    table.service.poison(new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6]));
    await table.until(() => all.every(({ last }) => last?.told === "outside"));
    for (const { last } of all) expect(last).toMatchObject({ why: "stuck" });
    boris.agent.takeBack();
    await table.until(() => boris.log.events.length > 0);
    expect(table.service.stands().epoch).toBe(3);
    ada.agent.takeBack();
    await table.together(...all);
    expect(epochs(all)).toEqual([2, 2, 2]);
    await joinedBy(...all);
  });

  test("stays stuck when the server does not do it, and may be ordered to again", async () => {
    const all = await three();
    const [ada] = all;
    table.service.poison(new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6]));
    await table.until(() => all.every(({ last }) => last?.told === "outside"));
    ada.line.refusesVoids = true;
    ada.agent.takeBack();
    await table.until(() => JSON.stringify(ada.log.events).includes("not taken back"));
    ada.line.refusesVoids = false;
    expect(table.service.stands().epoch).toBe(3);
    ada.agent.takeBack();
    await table.together(...all);
    expect(epochs(all)).toEqual([2, 2, 2]);
  });
});

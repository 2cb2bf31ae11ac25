import { describe, expect, test } from "vitest";
import { type Delegate, Table } from "../testing/agents";
import { aMeeting } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { layTables } from "../testing/tables";
import { SETTLING } from "./code";
import { keyIdOf } from "./frames/layout";
import { othersIn } from "./wanted";

const CHAMBER = { kind: "chamber" } as const;
const ONE_ON_ONE = aMeeting({ format: "one-on-one" });
const RESTRICTED = aMeeting({ format: "restricted" });
const PLENARY = aMeeting({ format: "plenary" });
const NOW = Date.parse("2026-12-07T14:09:00.000Z");
const clock = new FakeClock(NOW);
let table: Table;
layTables(clock, (laid) => {
  table = laid;
});

function epochOf(delegate: Delegate): number {
  return delegate.inside?.epoch ?? -1;
}

const three = async () => table.three();

/** The server says to some who is connected. */
function connected(told: readonly Delegate[], there: readonly Delegate[]): void {
  for (const { agent } of told) agent.others({ connected: there.map(({ seat }) => seat.identity), keptOut: [] });
}

/** Everybody of `all` opens what each of them seals in the epoch they are in, and with the same secret. */
function expectHearing(all: readonly Delegate[]): void {
  const keyId = keyIdOf("inside", BigInt(epochOf(all[0] as Delegate)));
  for (const speaker of all) {
    const others = all.filter((each) => each !== speaker);
    const secrets = others.map(({ frames }) => frames.opening.get(speaker.seat.identity)?.get(keyId));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  }
}

describe("three agents", () => {
  test("that come at once are in one group, in three epochs, without a commit in vain", async () => {
    const all = Object.values(await three());
    expect(epochOf(all[0] as Delegate)).toBe(2);
    expect(table.service.refused).not.toContain("epoch_not_current");
    expectHearing(all);
  });

  test("send with the keys that the others have, once all had time", async () => {
    const { ada, boris, cyd } = await three();
    clock.pass(1000);
    const { keyId = -1, secret } = ada.frames.sending ?? {};
    expect(keyId).toBe(keyIdOf("inside", 2n));
    for (const { frames } of [boris, cyd]) expect(frames.opening.get(ada.seat.identity)?.get(keyId)).toBe(secret);
    ada.agent.end();
    expect(ada.frames.sending).toBeNull();
  });

  test("read the same code, which changes when somebody joins", async () => {
    const { ada, boris, cyd } = await three();
    const coded = () => [ada, boris, cyd].map(({ inside }) => inside?.code);
    table.clock.pass(SETTLING);
    await table.until(() => coded().every((code) => typeof code === "string"));
    const [before] = coded();
    expect(before).toMatch(/^(\d{4} ){5}\d{4}$/);
    expect(new Set(coded())).toEqual(new Set([before]));
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    table.clock.pass(SETTLING);
    await table.until(() => coded().every((code) => typeof code === "string"));
    expect(new Set(coded()).size).toBe(1);
    expect(coded()[0]).not.toBe(before);
  });

  test("tell the page no secret", async () => {
    const { ada, boris } = await three();
    const secrets = [...boris.frames.opening.values()].flatMap((keys) => [...keys.values()]);
    expect(secrets).not.toHaveLength(0);
    for (const secret of secrets) expect(JSON.stringify([ada.told, boris.told])).not.toContain(secret);
  });
});

describe("somebody who is revoked", () => {
  test("is put out by the chair, sent past at once, and derives nothing more", async () => {
    const { ada, boris, cyd } = await three();
    clock.pass(20_000);
    await table.revoke(cyd, ada, boris);
    await table.together(ada, boris);
    await table.until(() => cyd.last?.told === "outside");
    expect(cyd.last).toEqual({ told: "outside", why: "removed", code: null });
    const keyId = keyIdOf("inside", 3n);
    expect(ada.frames.sending?.keyId).toBe(keyId);
    expect(ada.frames.opening.get(cyd.seat.identity)?.size).toBe(0);
    const all = [...cyd.frames.opening.values()].flatMap((keys) => [...keys.keys()]);
    expect(all).not.toContain(keyId);
    expectHearing([ada, boris]);
  });

  test("does not get in again", async () => {
    const { ada, boris, cyd } = await three();
    await table.revoke(cyd, ada, boris);
    await table.together(ada, boris);
    await table.until(() => cyd.last?.told === "outside");
    // One's own client heeds it too; another's need not.
    const back = table.again(cyd);
    back.line.revocations = async () => Promise.resolve([]);
    back.agent.enter();
    await table.until(() => ada.last?.told === "outside" && boris.last?.told === "outside");
    for (const { last } of [ada, boris]) expect(last).toMatchObject({ why: "stuck" });
    back.agent.end();
    // What they say goes nowhere meanwhile.
    for (const { frames } of [ada, boris]) expect(frames.sending).toBeNull();
    ada.agent.takeBack();
    await table.together(ada, boris);
    expect(epochOf(ada)).toBe(3);
    clock.pass(1000);
    for (const { frames } of [ada, boris]) expect(frames.sending?.keyId).toBe(keyIdOf("inside", 3n));
  });
});

describe("an agent that is refused", () => {
  test("for the moment asks again, and follows what happens meanwhile", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.refuses = ["too_many_requests", "message_bad"];
    boris.agent.look();
    table.pace = 50;
    await table.until(() => boris.line.refuses.length === 0);
    await table.revoke(cyd, ada, boris);
    await table.together(ada, boris);
    expect(boris.frames.opening.get(cyd.seat.identity)?.size).toBe(0);
  });

  test("for good keeps no key, until it is asked to enter again", async () => {
    const { ada, boris, cyd } = await three();
    clock.pass(1000);
    boris.line.refuses = ["not_in_this_format"];
    boris.agent.look();
    await table.until(() => boris.last?.told === "outside");
    expect(boris.last).toMatchObject({ why: "refused", code: "not_in_this_format" });
    expect(boris.frames.sending).toBeNull();
    boris.agent.enter();
    await table.together(ada, boris, cyd);
  });

  test("the news for longer than keys are used sends nothing more", async () => {
    const { boris } = await three();
    clock.pass(1000);
    expect(boris.frames.sending).not.toBeNull();
    boris.line.isCut = true;
    boris.line.isDeaf = true;
    clock.pass(1_200_000);
    expect(boris.frames.sending).toBeNull();
  });
});

describe("an agent that loses its place", () => {
  test("after a crash comes back in place of itself", async () => {
    const { ada, boris, cyd } = await three();
    const back = table.again(boris);
    back.agent.enter();
    await table.together(ada, cyd, back);
    expectHearing([ada, cyd, back]);
    expect(back.inside?.roster).toHaveLength(3);
  });

  test("fetches the commits that it did not hear of", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.isDeaf = true;
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.seen([ada, cyd, dan], [ada, boris, cyd, dan]);
    boris.line.isDeaf = false;
    const eva = await table.seated("tolmar", "notetaker");
    eva.agent.enter();
    await table.together(ada, boris, cyd, dan, eva);
    expectHearing([ada, boris, cyd, dan, eva]);
    expect(epochOf(boris)).toBe(4);
  });

  test("for longer than the log reaches comes back in place of itself", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.isDeaf = true;
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.seen([ada, cyd, dan], [ada, boris, cyd, dan]);
    table.service.forget(3);
    boris.line.isDeaf = false;
    const eva = await table.seated("tolmar", "notetaker");
    eva.agent.enter();
    await table.together(ada, boris, cyd, dan, eva);
    expect(epochOf(boris)).toBe(5);
    expectHearing([ada, boris, cyd, dan, eva]);
  });

  test("tries again while nothing comes through", async () => {
    const ada = await table.seated("arven", "chair");
    ada.line.isCut = true;
    ada.agent.enter();
    await table.until(() => ada.log.events.length === 1);
    ada.line.isCut = false;
    table.pace = 50;
    await table.together(ada);
    expect(epochOf(ada)).toBe(0);
  });
});

describe("a commit", () => {
  test("whose answer was lost counts, and is made once", async () => {
    const { ada, boris, cyd } = await three();
    ada.line.losesAnswer = true;
    await table.revoke(cyd, ada);
    await table.together(ada, boris);
    expect(epochOf(ada)).toBe(3);
    expectHearing([ada, boris]);
  });

  test("that lost its race is forgotten, and what it was for is done in the next epoch", async () => {
    const { ada, boris, cyd } = await three();
    const dan = await table.seated("tolmar", "adviser");
    // Ada hears of Dan's join only when her own commit has failed.
    ada.line.isDeaf = true;
    dan.agent.enter();
    await table.seen([boris, cyd, dan], [ada, boris, cyd, dan]);
    await table.revoke(cyd, ada);
    await table.together(ada, boris, dan);
    expect(table.service.refused).toContain("epoch_not_current");
    expectHearing([ada, boris, dan]);
  });

  test("that is garbage is followed by nobody, until a chair has taken its epoch back", async () => {
    const { ada, boris, cyd } = await three();
    table.service.poison(new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6]));
    await table.until(() => [ada, boris, cyd].every(({ last }) => last?.told === "outside"));
    for (const { last } of [ada, boris, cyd]) expect(last).toMatchObject({ why: "stuck" });
    // Boris gives no orders.
    boris.agent.takeBack();
    ada.agent.takeBack();
    await table.together(ada, boris, cyd);
    expect(epochOf(ada)).toBe(2);
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    expectHearing([ada, boris, cyd, dan]);
  });
});

describe("a group that nobody can join", () => {
  test("because its leaves have expired is founded anew, by whoever comes first", async () => {
    const { ada, boris, cyd } = await three();
    for (const { agent } of [ada, boris, cyd]) agent.end();
    clock.pass(13 * 3_600_000);
    const back = table.again(boris);
    back.agent.enter();
    await table.until(() => back.last?.told === "outside" && back.last.why === "refused");
    expect(table.service.refused.at(-1)).toBe("group_founded");
    table.service.isDead = true;
    const cydAgain = table.again(cyd);
    cydAgain.agent.enter();
    await table.together(cydAgain);
    expect(epochOf(cydAgain)).toBe(0);
    back.agent.enter();
    await table.together(cydAgain, back);
    expectHearing([cydAgain, back]);
  });
});

describe("the share of each", () => {
  test("after ten minutes the chair renews the keys, and nobody else does", async () => {
    const { ada, boris, cyd } = await three();
    clock.pass(600_000);
    await table.until(() => [ada, boris, cyd].every((each) => epochOf(each) === 3));
    expectHearing([ada, boris, cyd]);
    expect(table.service.refused).not.toContain("epoch_not_current");
  });

  test("who is away for a minute is put out; who is back sooner is not", async () => {
    const { ada, boris, cyd } = await three();
    const all = [ada, boris, cyd];
    connected(all, [ada, boris]);
    clock.pass(59_000);
    connected(all, all);
    clock.pass(30_000);
    connected(all, [ada, boris]);
    clock.pass(59_000);
    expect(epochOf(ada)).toBe(2);
    clock.pass(1000);
    await table.together(ada, boris);
    expect(epochOf(ada)).toBe(3);
  });

  test("who was put out for being away is back within seconds of being there again, without anybody's help", async () => {
    const { ada, boris, cyd } = await three();
    // The lid is closed: nothing comes through, and time passes for the others alone.
    cyd.line.isCut = true;
    cyd.line.isDeaf = true;
    connected([ada, boris], [ada, boris]);
    clock.pass(60_000);
    await table.together(ada, boris);
    expect(ada.frames.opening.get(cyd.seat.identity)?.size).toBe(0);
    cyd.line.isCut = false;
    cyd.line.isDeaf = false;
    cyd.agent.look();
    await table.until(() => cyd.last?.told === "outside");
    const opened = clock.now();
    connected([ada, boris, cyd], [ada, boris, cyd]);
    table.pace = 50;
    await table.together(ada, boris, cyd);
    expect(clock.now() - opened).toBeLessThan(10_000);
    expectHearing([ada, boris, cyd]);
  });

  test("whom the format keeps out is put out at once, and is let in again when it does no more", async () => {
    const { ada, boris, cyd } = await three();
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    clock.pass(1000);
    for (const { agent } of [ada, boris, cyd]) agent.others(othersIn(CHAMBER, RESTRICTED, null));
    await table.together(ada, boris, cyd);
    const keyId = keyIdOf("inside", BigInt(epochOf(ada)));
    // Nothing more is sent that they could open.
    for (const { frames } of [ada, boris, cyd]) expect(frames.sending?.keyId).toBe(keyId);
    expect([...dan.frames.opening.values()].flatMap((keys) => [...keys.keys()])).not.toContain(keyId);
    for (const { agent } of [ada, boris, cyd]) agent.others(othersIn(CHAMBER, PLENARY, null));
    const back = table.again(dan);
    back.agent.enter();
    await table.together(ada, boris, cyd, back);
    expectHearing([ada, boris, cyd, back]);
  });

  test("one-on-one leaves principals and their interpreters alone, though nobody of them gives orders", async () => {
    const { ada, boris, cyd } = await three();
    const eva = await table.seated("arven", "principal");
    eva.agent.enter();
    await table.together(ada, boris, cyd, eva);
    // The chair's own page has left: it follows the format too.
    ada.agent.end();
    for (const { agent } of [boris, cyd, eva]) agent.others(othersIn(CHAMBER, ONE_ON_ONE, null));
    await table.together(boris, cyd, eva);
    expect(ada.identities).toHaveLength(4);
    expectHearing([boris, cyd, eva]);
  });

  test("when the chair does nothing the next in line does", async () => {
    const { ada, boris, cyd } = await three();
    const dan = await table.seated("arven", "principal");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    ada.line.isCut = true;
    await table.revoke(cyd, dan);
    expect(epochOf(dan)).toBe(3);
    table.pace = 50;
    await table.together(boris, dan, ada);
    expect(epochOf(boris)).toBe(4);
  });
});

test("an opening's floor puts the press out once the doors are shut", async () => {
  table = new Table(table.summit, clock, "floor.1");
  const ada = await table.seated("arven", "chair");
  const joan = await table.seated("press", "press");
  for (const { agent } of [ada, joan]) agent.enter();
  await table.together(ada, joan);
  ada.agent.shut();
  await table.together(ada);
  await table.until(() => joan.last?.told === "outside");
  expect(joan.last).toMatchObject({ why: "removed" });
});

test("the press does not get into the chamber", async () => {
  const joan = await table.seated("press", "press");
  const ada = await table.seated("arven", "chair");
  ada.agent.enter();
  await table.together(ada);
  joan.agent.enter();
  await table.until(() => joan.last?.told === "outside" && joan.last.why === "refused");
  expect(epochOf(ada)).toBe(0);
});

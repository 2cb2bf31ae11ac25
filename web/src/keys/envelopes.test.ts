import { describe, expect, test } from "vitest";
import type { Said } from "../contract/parse";
import { toB64u } from "../kernel/b64u";
import { type Delegate, Table } from "../testing/agents";
import { FakeClock } from "../testing/clock";
import { layTables } from "../testing/tables";
import { LINGERING } from "./epochs";
import { PATIENCE } from "./hearing";
import type { EnvelopeTold } from "./words";

const NOW = Date.parse("2026-12-07T14:09:00.000Z");
const AT = "2026-12-07T14:09:00.000Z";
const clock = new FakeClock(NOW);
let table: Table;
// Of a floor no code is worked out, which takes longer than all the rest.
layTables(
  clock,
  (laid) => {
    table = laid;
  },
  "floor.1",
);

function chat(text: string): Said {
  return { kind: "chat", at: AT, text };
}

const three = async () => table.three();

/** What somebody has heard: who said what, and what was wrong. */
function heard({ letters }: Delegate): readonly string[] {
  return letters.flatMap((told) => {
    switch (told.told) {
      case "heard":
        return [`${told.from.role}: ${told.said.kind === "chat" ? told.said.text : told.said.kind}`];
      case "gap":
        return [`${told.from.role} misses ${told.missing}`];
      case "unheard":
        return [`${told.from?.role ?? "somebody"} ${told.why}`];
      case "sent":
      case "unsent":
        return [];
    }
  });
}

function answers({ letters }: Delegate): readonly EnvelopeTold[] {
  return letters.filter(({ told }) => told === "sent" || told === "unsent");
}

/** What somebody hears, once it is so much. */
async function hears(delegate: Delegate, count: number): Promise<readonly string[]> {
  await table.until(() => heard(delegate).length >= count);
  return heard(delegate);
}

/** Says something, and waits until it has its number. */
async function says(delegate: Delegate, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const before = answers(delegate).length;
  delegate.envelopes.say(before, chat(text));
  await table.until(() => answers(delegate).length > before);
  return table.service.post.kept.at(-1)?.envelope ?? new Uint8Array();
}

describe("what is said", () => {
  test("is heard by everybody in the group in one order, by whose key it is, and by oneself", async () => {
    const all = Object.values(await three());
    all.forEach((one, at) => {
      one.envelopes.say(at, chat(`word ${at}`));
    });
    await table.until(() => all.every((one) => heard(one).length === 3));
    const [first, ...others] = all.map((one) => heard(one));
    expect(first?.toSorted()).toEqual(["chair: word 0", "interpreter: word 2", "principal: word 1"]);
    for (const other of others) expect(other).toEqual(first);
    expect(answers(all[0] as Delegate)).toMatchObject([{ told: "sent", ticket: 0 }]);
  });

  test("is nothing while one is hushed, and goes out when one is no more", async () => {
    const { ada, boris } = await three();
    ada.envelopes.hush(true);
    ada.envelopes.say(1, chat("among strangers"));
    await table.until(() => answers(ada).length > 0);
    expect(answers(ada)).toEqual([{ told: "unsent", ticket: 1, code: null }]);
    ada.envelopes.hush(false);
    await says(ada, "among ourselves");
    expect(await hears(boris, 1)).toEqual(["chair: among ourselves"]);
  });

  test("comes in the order in which one says it", async () => {
    const { ada, boris } = await three();
    for (const text of ["one", "two", "three"]) ada.envelopes.say(0, chat(text));
    expect(await hears(boris, 3)).toEqual(["chair: one", "chair: two", "chair: three"]);
  });

  test("is nowhere to be read on the server", async () => {
    const { ada } = await three();
    await says(ada, "the withdrawal begins on the ninth");
    for (const { envelope } of table.service.post.kept) {
      expect(new TextDecoder("latin1").decode(envelope)).not.toContain("withdrawal");
      expect(toB64u(envelope)).not.toContain(toB64u(new TextEncoder().encode("withdrawal")));
    }
  });

  test("cannot be read by who joins later, though the server gives it to them", async () => {
    const { ada, boris, cyd } = await three();
    await says(ada, "before");
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    dan.envelopes.look();
    await says(ada, "after");
    expect(await hears(dan, 2)).toEqual(["somebody earlier", "chair: after"]);
  });

  test("is not said by who is not in the group", async () => {
    const dan = await table.seated("tolmar", "adviser");
    dan.envelopes.say(7, chat("am I here?"));
    expect(answers(dan)).toEqual([{ told: "unsent", ticket: 7, code: null }]);
    expect(table.service.post.kept).toHaveLength(0);
  });
});

describe("the server", () => {
  test("that sends something again is found out", async () => {
    const { ada, boris } = await three();
    const envelope = await says(ada, "agreed");
    table.service.post.accept(envelope);
    expect(await hears(boris, 2)).toEqual(["chair: agreed", "chair replay"]);
  });

  test("that withholds something is found out by what comes next", async () => {
    const { ada, boris } = await three();
    await says(ada, "one");
    table.service.post.withholds = true;
    await says(ada, "two");
    table.service.post.withholds = false;
    await says(ada, "three");
    expect(await hears(boris, 3)).toEqual(["chair: one", "chair misses 1", "chair: three"]);
  });

  test("that withholds the first words of who came while one was there is found out", async () => {
    const { ada, boris } = await three();
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(...table.delegates);
    table.service.post.withholds = true;
    await says(dan, "one");
    table.service.post.withholds = false;
    await says(dan, "two");
    expect(await hears(ada, 2)).toEqual(["adviser misses 1", "adviser: two"]);
    expect(await hears(boris, 2)).toEqual(["adviser misses 1", "adviser: two"]);
  });

  test("that turns two about is found out, and the later one is not taken for the earlier", async () => {
    const { ada, boris } = await three();
    boris.line.post.isDeaf = true;
    const [one, two] = [await says(ada, "no"), await says(ada, "yes")];
    boris.envelopes.take(1, two);
    boris.envelopes.take(2, one);
    // He has never heard her: he cannot know that her first is missing.
    expect(await hears(boris, 2)).toEqual(["chair: yes", "chair replay"]);
  });

  test("that changes a byte, or makes one up, is found out", async () => {
    const { ada, boris } = await three();
    const envelope = await says(ada, "yes");
    for (const at of [0, 70, envelope.length - 5]) {
      const changed = new Uint8Array(envelope);
      changed[at] = (changed[at] ?? 0) ^ 1;
      table.service.post.accept(changed);
    }
    table.service.post.accept(new Uint8Array([1, 2, 3]));
    expect(await hears(boris, 5)).toEqual(["chair: yes", ...Array.from({ length: 4 }, () => "somebody forged")]);
  });

  test("that brings something from another group is found out", async () => {
    const { boris } = await three();
    const chamber = table;
    table = new Table(table.summit, clock, "caucus.arven");
    const eva = await table.seated("arven", "chair");
    eva.agent.enter();
    await table.together(eva);
    const envelope = await says(eva, "among ourselves");
    chamber.service.post.accept(envelope);
    table = chamber;
    eva.agent.end();
    expect(await hears(boris, 1)).toEqual(["somebody forged"]);
  });

  test("that sends what is of no epoch yet is not waited for in vain", async () => {
    const { ada, boris } = await three();
    const envelope = await says(ada, "yes");
    const text = new TextDecoder("latin1").decode(envelope).replace('"epoch":2', '"epoch":9');
    table.service.post.accept(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    await says(ada, "and no");
    expect(await hears(boris, 1)).toEqual(["chair: yes"]);
    clock.pass(PATIENCE);
    expect(await hears(boris, 3)).toEqual(["chair: yes", "somebody unknown", "chair: and no"]);
  });
});

describe("who is in the group", () => {
  test("and signs for another is not heard", async () => {
    const { ada, boris, cyd } = await three();
    await says(ada, "mine");
    const envelope = await says(cyd, "hers");
    const text = new TextDecoder("latin1").decode(envelope).replace('"leaf":2', '"leaf":0');
    table.service.post.accept(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    expect(await hears(boris, 3)).toEqual(["chair: mine", "interpreter: hers", "somebody forged"]);
  });

  test("and is put out is not heard any more, not even with what was sealed before", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.post.isDeaf = true;
    const envelope = await says(cyd, "one more thing");
    await table.revoke(cyd, ada, boris);
    await table.together(ada, boris);
    boris.envelopes.take(1, envelope);
    expect(await hears(boris, 1)).toEqual(["interpreter removed"]);
    await table.until(() => cyd.last?.told === "outside");
    await says(cyd, "and another");
    expect(answers(cyd).at(-1)).toMatchObject({ told: "unsent", code: null });
  });

  test("and comes back after a crash counts from one again, and is heard", async () => {
    const { ada, boris, cyd } = await three();
    await says(boris, "one");
    const back = table.again(boris);
    back.agent.enter();
    await table.together(ada, cyd, back);
    await says(back, "where was I");
    expect(await hears(ada, 2)).toEqual(["principal: one", "principal: where was I"]);
  });
});

describe("an epoch", () => {
  test("that has ended still opens what was on its way, for a minute", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.post.isDeaf = true;
    const [one, two] = [await says(ada, "one"), await says(ada, "two")];
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    boris.envelopes.take(1, one);
    expect(await hears(boris, 1)).toEqual(["chair: one"]);
    clock.pass(LINGERING);
    boris.envelopes.take(2, two);
    expect(await hears(boris, 2)).toEqual(["chair: one", "somebody unknown"]);
  });

  test("that has not come to one yet is waited for", async () => {
    const { ada, boris, cyd } = await three();
    boris.line.isDeaf = true;
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.seen([ada, cyd, dan], table.delegates);
    await says(ada, "welcome");
    expect(heard(boris)).toEqual([]);
    boris.line.isDeaf = false;
    boris.agent.look();
    expect(await hears(boris, 1)).toEqual(["chair: welcome"]);
  });

  test("after another does not let numbers go back", async () => {
    const { ada, boris, cyd } = await three();
    const one = await says(ada, "one");
    const dan = await table.seated("tolmar", "adviser");
    dan.agent.enter();
    await table.together(ada, boris, cyd, dan);
    await says(ada, "two");
    table.service.post.accept(one);
    expect(await hears(boris, 3)).toEqual(["chair: one", "chair: two", "chair replay"]);
  });
});

describe("a line that breaks", () => {
  test("brings later what one did not hear of, in order", async () => {
    const { ada, boris } = await three();
    await says(ada, "one");
    boris.line.post.isDeaf = true;
    for (const text of ["two", "three", "four"]) await says(ada, text);
    boris.line.post.isDeaf = false;
    await says(ada, "five");
    expect(await hears(boris, 5)).toEqual(["chair: one", "chair: two", "chair: three", "chair: four", "chair: five"]);
    boris.line.post.isDeaf = true;
    await says(ada, "six");
    boris.envelopes.look();
    expect(await hears(boris, 6)).toEqual(
      ["one", "two", "three", "four", "five", "six"].map((text) => `chair: ${text}`),
    );
  });

  test("and loses an answer does not make one say it twice", async () => {
    const { ada, boris } = await three();
    table.pace = 50;
    ada.line.post.mishaps.push("unanswered");
    await says(ada, "once");
    await says(ada, "then");
    expect(await hears(boris, 2)).toEqual(["chair: once", "chair: then"]);
    expect(answers(ada)[0]).toEqual({ told: "sent", ticket: 0, number: 1 });
  });

  test("and loses what one says is tried again", async () => {
    const { ada, boris } = await three();
    table.pace = 50;
    ada.line.post.mishaps.push("lost", "lost");
    await says(ada, "at last");
    expect(await hears(boris, 1)).toEqual(["chair: at last"]);
  });

  test("for good is told, and the others see that something is missing", async () => {
    const { ada, boris } = await three();
    table.pace = 50;
    await says(ada, "one");
    ada.line.post.mishaps.push("lost", "lost", "lost", "lost", "lost");
    await says(ada, "two");
    expect(answers(ada).at(-1)).toEqual({ told: "unsent", ticket: 1, code: "no_answer" });
    await says(ada, "three");
    expect(await hears(boris, 3)).toEqual(["chair: one", "chair misses 1", "chair: three"]);
  });

  test("is not the same as a refusal, which leaves no gap", async () => {
    const { ada, boris } = await three();
    ada.line.post.mishaps.push("refused");
    await says(ada, "too fast");
    expect(answers(ada)).toEqual([{ told: "unsent", ticket: 0, code: "too_many_requests" }]);
    await says(ada, "slower");
    expect(await hears(boris, 1)).toEqual(["chair: slower"]);
  });
});

import { expect, test } from "vitest";
import type { ConsoleFunction } from "./consoleFunction";
import { Holds } from "./holds";

const [COUGH, TALK] = ["cough", "talk"].map((id) => ({ id }) as ConsoleFunction) as [ConsoleFunction, ConsoleFunction];

function holding(can: (what: ConsoleFunction) => boolean = () => true) {
  const done: string[] = [];
  const holds = new Holds({
    act: (what) => {
      done.push(what.id);
      return can(what);
    },
    release: ({ id }) => {
      done.push(`${id} ends`);
    },
  });
  return { holds, done };
}

test("what is held by two ends with the last of them, whichever that is", () => {
  for (const [first, last] of [
    ["key", "pointer"],
    ["pointer", "key"],
  ] as const) {
    const { holds, done } = holding();
    holds.hold("key", COUGH);
    holds.hold("pointer", COUGH);
    expect([holds.letGo(first), done.includes("cough ends")]).toEqual([true, false]);
    expect([holds.letGo(last), done.at(-1)]).toEqual([true, "cough ends"]);
  }
});

test("nothing ends by what does not hold it, nor with another", () => {
  const { holds, done } = holding(({ id }) => id === "cough");
  holds.hold("key c", COUGH);
  holds.hold("key q", TALK);
  expect([holds.letGo("pointer"), holds.letGo("key q"), done]).toEqual([false, false, ["cough", "talk"]]);
});

test("a key that goes down again holds once, whatever it held", () => {
  const { holds, done } = holding();
  holds.hold("key", COUGH);
  holds.hold("key", TALK);
  holds.letGo("key");
  expect(done).toEqual(["cough", "cough ends", "talk", "talk ends"]);
});

test("all of one kind are let go of at once", () => {
  const { holds, done } = holding();
  holds.hold("key c", COUGH);
  holds.hold("button talk pointer", TALK);
  holds.letGoAll("button talk ");
  expect(done.slice(2)).toEqual(["talk ends"]);
  holds.letGoAll("");
  expect(done.slice(3)).toEqual(["cough ends"]);
});

import { readFile } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import { beforeAll, expect, test } from "vitest";
import { wallClock } from "../kernel/clock";
import { AccreditedSummit } from "../testing/accredited";
import { KeysWork } from "./keysWork";
import { readPageWord } from "./pageWord";

const CRATE = new URL("../../mls/visavis_mls_bg.wasm", import.meta.url);
const { port1: frames } = new MessageChannel();
const told: unknown[] = [];
const listeners = new Map<string, (event: { readonly data: unknown }) => void>();
let beginning: Record<string, unknown> = {};

beforeAll(async () => {
  const summit = await AccreditedSummit.agreed(wallClock);
  const place = { meeting: "m", group: "chamber", server: "https://lenz.example", token: null, ahead: 0 };
  beginning = {
    do: "begin",
    seat: await summit.seat("arven", "chair"),
    pinned: summit.pinned,
    ...place,
    red: true,
    frames,
  };
  Object.assign(globalThis, {
    fetch: async () => new Response(await readFile(CRATE), { headers: { "content-type": "application/wasm" } }),
    postMessage: (message: unknown) => told.push(message),
    close: () => told.push("closed"),
    addEventListener: (event: string, heard: (event: { readonly data: unknown }) => void) =>
      listeners.set(event, heard),
  });
});

const WORDS = [
  { do: "token", token: "new" },
  { do: "token", token: null },
  { do: "enter" },
  { do: "look" },
  { do: "commit", epoch: 3, commit: "AQI" },
  { do: "voided", void: "AQI", signature: "AQI" },
  { do: "void" },
  { do: "pause", until: 1.5 },
  { do: "others", connected: ["A"], keptOut: ["adviser"] },
  { do: "others", connected: null, keptOut: [] },
  { do: "envelope", number: 3, envelope: "AQI" },
  { do: "say", ticket: -3, said: { kind: "chat" } },
  { do: "revoked" },
  { do: "shut" },
];

test("every word of the page is read as it is said", () => {
  expect(readPageWord(beginning)).toEqual(beginning);
  for (const word of WORDS) expect(readPageWord(word)).toEqual(word);
});

test("who alone is to be in a group is identities, or left out", () => {
  const word = { do: "others", connected: null, keptOut: [] };
  expect(readPageWord({ ...word, members: ["A"] })).toEqual({ ...word, members: ["A"] });
  for (const members of [null, "A", [7], {}]) expect(readPageWord({ ...word, members })).toBeUndefined();
});

test("a word that lacks anything, or has something else in its place, is none", () => {
  const words: readonly object[] = [beginning, ...WORDS];
  const others = [undefined, { 1: 2 }, Number.NaN, ["nobody"], () => 0];
  const made = words.flatMap((word) =>
    Object.keys(word)
      .filter((field) => field !== "do")
      .flatMap((field) => others.map((other) => ({ ...word, [field]: other, wrong: [field, other] }))),
  );
  const passed = made.filter((word) => readPageWord(word) !== undefined).map(({ wrong }) => wrong);
  // What is said is any object here, and the envelopes' to judge; an identity is any text.
  expect(passed).toEqual([
    ["connected", ["nobody"]],
    ["connected", ["nobody"]],
    ["said", { 1: 2 }],
  ]);
});

test.each([
  null,
  undefined,
  "enter",
  7,
  [],
  {},
  { do: "conspire" },
  { do: "toString" },
  { do: 1 },
  { do: "connected" },
])("%j is no word", (message) => {
  expect(readPageWord(message)).toBeUndefined();
});

test.each([
  ["before it has begun", [{ do: "enter" }]],
  ["that is none", ["begin", { do: "conspire" }]],
  ["that begins again", ["begin", "begin"]],
])("a keys worker that is told a word %s does nothing more", async (_, words) => {
  const work = new KeysWork(Promise.resolve(), () => undefined);
  const said = words.map((word) => (word === "begin" ? beginning : word));
  const heard = await Promise.allSettled([...said, { do: "look" }].map(async (word) => work.hear(word)));
  work.end();
  expect(heard.map(({ status }) => status)).toEqual([...said.slice(1).map(() => "fulfilled"), "rejected", "rejected"]);
});

test("the worker ends then, and tells", async () => {
  await import("./keysWorker");
  listeners.get("message")?.({ data: { do: "conspire" } });
  while (told.length < 2) await new Promise((done) => setTimeout(done, 1));
  expect(told).toEqual([{ told: "ended" }, "closed"]);
});

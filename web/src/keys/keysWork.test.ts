import { MessageChannel } from "node:worker_threads";
import { afterEach, beforeAll, expect, test } from "vitest";
import { wallClock } from "../kernel/clock";
import type { Identity, MeetingId } from "../kernel/ids";
import { AccreditedSummit } from "../testing/accredited";
import { startCrate } from "../testing/mls";
import { KeysWork } from "./keysWork";
import type { WorkerTold } from "./words";

const before = { fetch: globalThis.fetch };
const sent: string[] = [];
const { port1: frames, port2: ours } = new MessageChannel();

/** A server at which nobody has founded the booth's group, and which takes every envelope. */
async function fetched(input: unknown, init?: RequestInit): Promise<Response> {
  const url = String(input);
  if (url.endsWith("/revocations")) return Promise.resolve(Response.json({ revocations: [] }));
  if (init?.method === "PUT") return Promise.resolve(Response.json({ code: "group_unknown" }, { status: 404 }));
  if (url.includes("/envelopes") && init?.method === "POST") {
    sent.push(url);
    return Promise.resolve(Response.json({ number: sent.length }));
  }
  return Promise.resolve(Response.json(url.includes("/envelopes") ? { envelopes: [] } : { epoch: 0 }));
}

beforeAll(async () => {
  globalThis.fetch = fetched;
  await startCrate();
});

afterEach(() => {
  Object.assign(globalThis, before);
  ours.close();
});

test("in a booth's group nothing is said until it is known who works there, nor while somebody else is in it", async () => {
  const told: WorkerTold[] = [];
  const work = new KeysWork(Promise.resolve(), (each) => told.push(each));
  const summit = await AccreditedSummit.agreed(wallClock);
  const seat = await summit.seat("arven", "interpreter");
  const say = async (ticket: number): Promise<WorkerTold | undefined> => {
    const said = { kind: "chat", at: new Date(0).toISOString(), text: "a term" };
    await work.hear({ do: "say", ticket, said });
    const answer = (): WorkerTold | undefined =>
      told.find((each) => each.told === "letter" && "ticket" in each.letter && each.letter.ticket === ticket);
    while (answer() === undefined) await new Promise((done) => setTimeout(done, 1));
    return answer();
  };
  const know = async (members: readonly Identity[]): Promise<void> =>
    work.hear({ do: "others", connected: null, keptOut: [], members });
  const place = { meeting: "m" as MeetingId, group: "booth.arven.en", server: "https://lenz.example", token: "one" };
  await work.hear({
    do: "begin",
    seat,
    pinned: summit.pinned,
    ...place,
    red: true,
    ahead: 0,
    frames: frames as unknown as MessagePort,
  });
  await work.hear({ do: "enter" });
  while (!told.some((each) => each.told === "inside")) await new Promise((done) => setTimeout(done, 1));
  expect(await say(1)).toMatchObject({ letter: { told: "unsent", code: null } });
  await know([seat.identity]);
  expect(await say(2)).toMatchObject({ letter: { told: "sent" } });
  await know(["SOMEBODY ELSE" as Identity]);
  expect(await say(3)).toMatchObject({ letter: { told: "unsent", code: null } });
  expect(sent).toHaveLength(1);
  work.end();
});

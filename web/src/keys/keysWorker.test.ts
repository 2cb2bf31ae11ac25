import { readFile } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import { afterEach, beforeAll, expect, test } from "vitest";
import { toB64u } from "../kernel/b64u";
import { wallClock } from "../kernel/clock";
import type { MeetingId } from "../kernel/ids";
import { AccreditedSummit } from "../testing/accredited";
import type { PageWord, WorkerTold } from "./words";

const CRATE = new URL("../../mls/visavis_mls_bg.wasm", import.meta.url);
const before = { fetch: globalThis.fetch };
const told: WorkerTold[] = [];
const said: unknown[] = [];
const asked: string[] = [];
const listeners = new Map<string, (event: { readonly data: PageWord }) => void>();
const { port1: frames, port2: ours } = new MessageChannel();
let isStale = true;

/** The crate, and a server whose session has run out at first, where nobody has founded a group. */
async function fetched(input: unknown, init?: RequestInit): Promise<Response> {
  const url = String(input);
  if (url.endsWith(".wasm")) {
    return new Response(await readFile(CRATE), { headers: { "content-type": "application/wasm" } });
  }
  const token = new Headers(init?.headers).get("authorization");
  asked.push(`${init?.method ?? ""} ${url} ${token ?? ""}`);
  if (isStale) return Response.json({ code: "session_expired" }, { status: 401 });
  if (url.endsWith("/revocations")) return Response.json({ revocations: [] });
  if (init?.method === "PUT") return Response.json({ code: "group_unknown" }, { status: 404 });
  return Response.json({ epoch: 0 });
}

beforeAll(async () => {
  Object.assign(globalThis, {
    fetch: fetched,
    postMessage: (message: WorkerTold) => told.push(message),
    close: () => undefined,
    addEventListener: (event: string, heard: (event: { readonly data: PageWord }) => void) =>
      listeners.set(event, heard),
  });
  ours.on("message", (word: unknown) => said.push(word));
  await import("./keysWorker");
});

afterEach(() => {
  listeners.get("error")?.({ data: { do: "enter" } });
  Object.assign(globalThis, before);
  ours.close();
});

function say(word: PageWord): void {
  listeners.get("message")?.({ data: word });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 1));
}

test("the worker founds its group with the page's session, tells who is in it, and no secret", async () => {
  const summit = await AccreditedSummit.agreed(wallClock);
  const seat = await summit.seat("arven", "chair");
  const meeting = "m" as MeetingId;
  const port = frames as unknown as MessagePort;
  const server = { server: "https://lenz.example", token: "old", red: true, ahead: 0 };
  say({ do: "begin", seat, pinned: summit.pinned, meeting, group: "chamber", ...server, frames: port });
  say({ do: "enter" });
  await until(() => told.some((each) => each.told === "sessionOver"));
  isStale = false;
  say({ do: "token", token: "new" });
  await until(() => told.some((each) => each.told === "inside"));
  expect(asked.filter((request) => request.includes("/groups/"))).toEqual([
    "PUT https://lenz.example/api/meetings/m/groups/chamber/turn Bearer old",
    "PUT https://lenz.example/api/meetings/m/groups/chamber/turn Bearer new",
    "POST https://lenz.example/api/meetings/m/groups/chamber Bearer new",
  ]);
  const inside = told.find((each) => each.told === "inside");
  expect(inside).toMatchObject({ epoch: 0, roster: [{ leaf: 0, member: { identity: seat.identity, role: "chair" } }] });
  await until(() => said.length >= 1);
  expect(said).toMatchObject([{ do: "send", keyId: 0 }]);
  const [{ secret } = { secret: new Uint8Array() }] = said as { secret: Uint8Array }[];
  expect(secret).toHaveLength(32);
  expect(JSON.stringify(told)).not.toContain(toB64u(secret));
  listeners.get("error")?.({ data: { do: "enter" } });
  await until(() => said.length >= 2);
  expect(said[1]).toEqual({ do: "silence" });
  expect(told.at(-1)).toEqual({ told: "ended" });
});

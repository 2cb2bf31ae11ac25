/** The keys worker: one agent for one group of keys. Its secrets go to the frames worker, over a port of their own. */
import { type Bearer, ServerDoor } from "../contract/client";
import { bytesOf } from "../identity";
import { wallClock } from "../kernel/clock";
import { consoleLog } from "../kernel/log";
import { GroupAgent } from "./agent";
import { sealCredential } from "./credential";
import { HttpDelivery } from "./delivery";
import { Envelopes } from "./envelopes";
import type { Counts } from "./frames/counts";
import { start } from "./group";
import { groupId, readGroupName } from "./groupName";
import { HttpPost } from "./post";
import { signVoid, voidOf } from "./voids";
import type { Beginning, PageWord, WorkerTold } from "./words";

/** What is used of `DedicatedWorkerGlobalScope`, which is not among the document's types. */
interface Scope {
  addEventListener(event: "message", heard: (event: MessageEvent<PageWord>) => void): void;
  addEventListener(event: "messageerror" | "error" | "unhandledrejection", heard: () => void): void;
  postMessage(told: WorkerTold): void;
  close(): void;
}

/** The page's session; a new one is the page's to open, for it has the device's key. */
class PageSession implements Bearer {
  private held: string | null;
  private readonly ask: () => void;
  private waiting: ((token: string | null) => void)[] = [];

  constructor(token: string | null, ask: () => void) {
    this.held = token;
    this.ask = ask;
  }

  token(): string | null {
    return this.held;
  }

  async renew(): Promise<boolean> {
    const isAsked = this.waiting.length > 0;
    const coming = new Promise<string | null>((come) => this.waiting.push(come));
    if (!isAsked) this.ask();
    return (await coming) !== null;
  }

  /** The page has a new session, or can have none. */
  take(token: string | null): void {
    this.held = token;
    for (const come of this.waiting) come(token);
    this.waiting = [];
  }
}

const scope = globalThis as unknown as Scope;
// Compiled while the page still shows the arrival screen.
const ready = start();
let agent: GroupAgent | null = null;
let envelopes: Envelopes | null = null;
let session: PageSession | null = null;

function tell(told: WorkerTold): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
  scope.postMessage(told);
}

function chance(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

/** In doubt there are no keys: nothing is sent and nothing is heard. */
function end(): void {
  agent?.end();
  envelopes?.end();
  tell({ told: "ended" });
  scope.close();
}

async function begin({ seat, pinned, meeting, group, server, token, ahead, red, frames }: Beginning): Promise<void> {
  await ready;
  const clock = { ...wallClock, now: () => wallClock.now() + ahead };
  const name = readGroupName(group);
  const door = new ServerDoor(server);
  session = new PageSession(token, () => {
    tell({ told: "sessionOver" });
  });
  door.actAs(session);
  const world = { id: groupId(pinned.dh, meeting, name), clock, chance, log: consoleLog };
  envelopes = new Envelopes({
    ...world,
    post: new HttpPost(door, meeting, name),
    tell: (letter) => {
      tell({ told: "letter", letter });
    },
  });
  const place = { descriptor: pinned.dh, meeting, group };
  agent = new GroupAgent({
    ...world,
    group: name,
    pinned,
    certify: async (key) => sealCredential(seat, { key, red, now: clock.now() }),
    delivery: new HttpDelivery(door, meeting, name),
    place,
    signVoid: async (poisoned) => signVoid(seat, place, poisoned, clock.now()),
    envelopes,
    tell,
    frames: (word) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin to name
      frames.postMessage(word);
    },
  });
  const here = agent;
  frames.addEventListener("message", ({ data }: MessageEvent<{ told: "counts"; counts: Counts }>) => {
    here.counted(data.counts);
  });
  frames.start();
}

function obey(here: GroupAgent, word: Exclude<PageWord, { do: "begin" | "token" | "envelope" | "say" }>): void {
  switch (word.do) {
    case "enter":
      return here.enter();
    case "look":
      return here.look();
    case "commit":
      return here.commit(word.epoch, bytesOf(word.commit));
    case "voided":
      return here.voided(voidOf(word));
    case "void":
      return here.takeBack();
    case "pause":
      return here.pause(word.until);
    case "connected":
      return here.connected(word.identities);
    case "revoked":
      return here.revoked();
    case "shut":
      return here.shut();
  }
}

async function hear(word: PageWord): Promise<void> {
  if (word.do === "begin") await begin(word);
  else if (word.do === "token") session?.take(word.token);
  else if (agent !== null && word.do !== "envelope" && word.do !== "say") obey(agent, word);
  correspond(word);
}

/** What a word means to the envelopes. */
function correspond(word: PageWord): void {
  if (word.do === "envelope") envelopes?.take(word.number, bytesOf(word.envelope));
  if (word.do === "say") envelopes?.say(word.ticket, word.said);
  if (word.do === "look") envelopes?.look();
}

let begun: Promise<void> = Promise.resolve();
scope.addEventListener("error", end);
scope.addEventListener("unhandledrejection", end);
scope.addEventListener("messageerror", end);
scope.addEventListener("message", ({ data }) => {
  // What is said while the crate is being compiled waits for it.
  begun = begun.then(async () => hear(data));
});

/** All that the keys worker does, without the worker: one agent for one group of keys, and what it may be told. */
import { type Bearer, ServerDoor } from "../contract/client";
import { bytesOf } from "../identity";
import { wallClock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import { consoleLog } from "../kernel/log";
import { GroupAgent } from "./agent";
import { sealCredential } from "./credential";
import { HttpDelivery } from "./delivery";
import { Envelopes } from "./envelopes";
import type { Counts } from "./frames/counts";
import { groupId, readGroupName } from "./groupName";
import { readPageWord } from "./pageWord";
import { HttpPost } from "./post";
import { signVoid, voidOf } from "./voids";
import type { AgentTold, Beginning, PageWord, WorkerTold } from "./words";

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

function chance(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

interface Known {
  readonly inside?: readonly Identity[];
  readonly members?: readonly Identity[] | undefined;
}

/** What a keys worker does from its beginning to its end. */
export class KeysWork {
  private readonly ready: Promise<void>;
  private readonly tell: (told: WorkerTold) => void;
  private agent: GroupAgent | null = null;
  private envelopes: Envelopes | null = null;
  private session: PageSession | null = null;
  /** Who is in the group, and who alone is to be; nothing where its rules say it all. */
  private inside: readonly Identity[] = [];
  private members: readonly Identity[] | undefined;
  /** What is said while the crate is being compiled waits for it. */
  private begun: Promise<void> = Promise.resolve();

  /** @param ready when the crate is. */
  constructor(ready: Promise<void>, tell: (told: WorkerTold) => void) {
    this.ready = ready;
    this.tell = tell;
  }

  /** Does what the page says, one word after the other; rejects when it is no word, or something goes wrong that no rule foresees. */
  async hear(message: unknown): Promise<void> {
    this.begun = this.begun.then(async () => this.take(readPageWord(message)));
    return this.begun;
  }

  /** Forgets every secret, and does nothing any more. */
  end(): void {
    this.agent?.end();
    this.envelopes?.end();
  }

  private async take(word: PageWord | undefined): Promise<void> {
    // Whoever is told what it cannot understand, or what cannot be meant, may have missed what matters.
    if (word === undefined || (word.do === "begin") !== (this.agent === null)) throw new Error("no word of the page");
    if (word.do === "begin") await this.begin(word);
    else if (word.do === "token") this.session?.take(word.token);
    else if (this.agent !== null && word.do !== "envelope" && word.do !== "say") obey(this.agent, word);
    this.correspond(word);
  }

  /** What a word means to the envelopes. */
  private correspond(word: PageWord): void {
    if (word.do === "others") this.know({ members: word.members ?? this.members });
    if (word.do === "envelope") this.envelopes?.take(word.number, bytesOf(word.envelope));
    if (word.do === "say") this.envelopes?.say(word.ticket, word.said);
    if (word.do === "look") this.envelopes?.look();
  }

  private know({ inside = this.inside, members = this.members }: Known): void {
    [this.inside, this.members] = [inside, members];
    this.envelopes?.hush(members !== undefined && !inside.every((identity) => members.includes(identity)));
  }

  /** Tells the page; in an epoch with somebody who has no business there nothing is said. */
  private report(told: AgentTold): void {
    if (told.told === "inside") this.know({ inside: told.roster.map(({ member }) => member.identity) });
    this.tell(told);
  }

  private async begin({ seat, pinned, meeting, group, server, token, ahead, red, frames }: Beginning): Promise<void> {
    await this.ready;
    const clock = { ...wallClock, now: () => wallClock.now() + ahead };
    const name = readGroupName(group);
    const door = new ServerDoor(server);
    // Until it is known who works in a booth, nobody does.
    if (name.kind === "booth") this.members = [];
    this.session = new PageSession(token, () => {
      this.tell({ told: "sessionOver" });
    });
    door.actAs(this.session);
    const world = { id: groupId(pinned.dh, meeting, name), clock, chance, log: consoleLog };
    this.envelopes = new Envelopes({
      ...world,
      post: new HttpPost(door, meeting, name),
      tell: (letter) => {
        this.tell({ told: "letter", letter });
      },
    });
    const place = { descriptor: pinned.dh, meeting, group };
    const agent = new GroupAgent({
      ...world,
      group: name,
      pinned,
      certify: async (key) => sealCredential(seat, { key, red, now: clock.now() }),
      delivery: new HttpDelivery(door, meeting, name),
      place,
      signVoid: async (poisoned) => signVoid(seat, place, poisoned, clock.now()),
      envelopes: this.envelopes,
      tell: (told) => {
        this.report(told);
      },
      frames: (word) => {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin to name
        frames.postMessage(word);
      },
    });
    this.agent = agent;
    frames.addEventListener("message", ({ data }: MessageEvent<{ told: "counts"; counts: Counts }>) => {
      agent.counted(data.counts);
    });
    frames.start();
  }
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
    case "others":
      return here.others(word);
    case "revoked":
      return here.revoked();
    case "shut":
      return here.shut();
  }
}

/** The group of Arven's English booth without a server: what one says all inside hear, in one order. */
import type { Said, Snapshot } from "../contract/parse";
import { BoothGroup } from "../interpretation/boothGroup";
import type { Depot } from "../interpretation/documents/depot";
import { BoothDocuments } from "../interpretation/documents/boothDocuments";
import { BoothGlossary } from "../interpretation/glossary/boothGlossary";
import { RefusedError } from "../kernel/errors";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type Envelopes, type EnvelopeTold, type GroupStanding, type KeysState, NO_KEYS } from "../keys";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, SEATS } from "./builders";
import { FakeClock } from "./clock";
import { FakeLog } from "./log";
import { aHolder } from "./standings";

type Listener = Parameters<Envelopes["listen"]>[0];
export type Interpreter = Extract<MemberName, "fane" | "sorel" | "amsel">;

const [EN, FR] = ["en" as Language, "fr" as Language];
export const COMMON_BOOTH = { id: "arven.en", party: SEATS.fane.party, languages: [EN, FR] as const };

export class CommonBooth {
  readonly clock = new FakeClock();
  readonly pages = new Map<Interpreter, CommonPage>();
  /** Who has said what of what is kept in common. */
  readonly said: string[] = [];
  private number = 0;
  private tickets = 0;

  say(from: Interpreter, ticket: number, said: Said): void {
    if (said.kind === "glossary" || said.kind === "documents") this.said.push(`${from} ${said.does} ${said.kind}`);
    this.number += 1;
    this.pages.get(from)?.hear({ told: "sent", ticket, number: this.number });
    for (const page of this.pages.values()) {
      page.hear({ told: "heard", number: this.number, from: aHolder(from, 0).member, said });
    }
  }

  /** From now on one is inside, and everybody sees who is. */
  join(page: CommonPage): void {
    this.pages.set(page.name, page);
    const roster = [...this.pages.keys()].map((name, leaf) => aHolder(name, leaf));
    for (const each of this.pages.values()) each.stand("inside", roster);
  }

  ticket(): number {
    return (this.tickets += 1);
  }
}

/** One interpreter's page. */
export class CommonPage {
  readonly name: Interpreter;
  readonly glossary: BoothGlossary;
  readonly documents: BoothDocuments;
  readonly sat: (string | null)[] = [];
  readonly feed: Cell<FeedState>;
  saved = "";
  private readonly keys = new Cell<KeysState>(NO_KEYS);
  private listener: Listener = () => undefined;

  constructor(
    name: Interpreter,
    booth: CommonBooth,
    depot: Depot,
    members: readonly Interpreter[] = ["fane", "sorel"],
  ) {
    this.name = name;
    this.feed = new Cell<FeedState>({ at: "live", snapshot: snapshotFor(name, members) });
    const group = new BoothGroup({
      keys: {
        state: this.keys,
        say: (_, ticket, said) => {
          booth.say(name, ticket, said);
          return true;
        },
        listen: (then) => {
          this.listener = then;
        },
        sitInBooth: () => undefined,
      },
      chats: { sitInBooth: (id) => this.sat.push(id) },
      feed: this.feed,
      clock: booth.clock,
      log: new FakeLog(),
      now: () => 0,
      ticket: () => booth.ticket(),
    });
    const save = (_: string, text: string): void => {
      this.saved = text;
    };
    this.glossary = new BoothGlossary({ group, save });
    this.documents = new BoothDocuments({ group, depot });
  }

  hear(told: EnvelopeTold): void {
    this.listener({ kind: "booth", booth: COMMON_BOOTH.id }, told);
  }

  stand(at: GroupStanding["at"], roster: GroupStanding["roster"]): void {
    this.keys.set({ ...NO_KEYS, groups: [{ group: "booth", at, epoch: 0, roster, code: null }] });
  }
}

/** What a page is told of the summit, with these as the booth's interpreters. */
export function snapshotFor(you: Interpreter, members: readonly Interpreter[]): Snapshot {
  const snapshot = aSnapshot({ you });
  const asInterpreters = snapshot.seats.map((seat) =>
    members.some((name) => SEATS[name].identity === seat.identity)
      ? { ...seat, role: "interpreter" as const, languages: [EN, FR] }
      : seat,
  );
  const identities: readonly Identity[] = members.map((name) => SEATS[name].identity);
  return { ...snapshot, seats: asInterpreters, booths: [{ ...COMMON_BOOTH, members: identities }] };
}

/** A depot in memory. */
export class FakeDepot implements Depot {
  readonly boxes = new Map<string, Uint8Array<ArrayBuffer>>();

  async bring({ booth, id }: Parameters<Depot["bring"]>[0], box: Uint8Array<ArrayBuffer>, brought: Far): Promise<void> {
    brought(0, 1);
    this.boxes.set(`${booth} ${id}`, box);
    return Promise.resolve();
  }

  async fetch(
    { booth, id }: Parameters<Depot["fetch"]>[0],
    size: number,
    fetched: Far,
  ): Promise<Uint8Array<ArrayBuffer>> {
    fetched(0, 1);
    const box = this.boxes.get(`${booth} ${id}`);
    if (box?.length !== size) throw new RefusedError("not_found");
    return Promise.resolve(box);
  }

  async drop({ booth, id }: Parameters<Depot["drop"]>[0]): Promise<void> {
    this.boxes.delete(`${booth} ${id}`);
    return Promise.resolve();
  }
}

type Far = (part: number, of: number) => void;

import { beforeEach, expect, test } from "vitest";
import type { Said } from "../../contract/parse";
import type { Identity, Language } from "../../kernel/ids";
import { Cell } from "../../kernel/store";
import { type Envelopes, type EnvelopeTold, type GroupStanding, type KeysState, NO_KEYS } from "../../keys";
import type { FeedState } from "../../summits";
import { aSnapshot, type MemberName, SEATS } from "../../testing/builders";
import { FakeClock } from "../../testing/clock";
import { FakeLog } from "../../testing/log";
import { aHolder } from "../../testing/standings";
import { BoothGlossary } from "./boothGlossary";

type Listener = Parameters<Envelopes["listen"]>[0];
type Name = Extract<MemberName, "fane" | "sorel" | "amsel">;

const [EN, FR] = ["en" as Language, "fr" as Language];
const BOOTH = { id: "arven.en", party: SEATS.fane.party, languages: [EN, FR] as const };
const PAUSE = 5000;
const clock = new FakeClock();

/** The group of Arven's English booth: what one says all inside hear, in one order. */
class Group {
  readonly pages = new Map<Name, Page>();
  readonly said: string[] = [];
  private number = 0;

  say(from: Name, ticket: number, said: Said): void {
    if (said.kind === "glossary") this.said.push(`${from} ${said.does}`);
    this.number += 1;
    this.pages.get(from)?.hear({ told: "sent", ticket, number: this.number });
    for (const page of this.pages.values()) {
      page.hear({ told: "heard", number: this.number, from: aHolder(from, 0).member, said });
    }
  }

  /** From now on one is inside, and everybody sees who is. */
  join(page: Page): void {
    this.pages.set(page.name, page);
    const roster = [...this.pages.keys()].map((name, leaf) => aHolder(name, leaf));
    for (const each of this.pages.values()) each.stand("inside", roster);
  }
}

class Page {
  readonly glossary: BoothGlossary;
  readonly sat: (string | null)[] = [];
  saved = "";
  readonly feed: Cell<FeedState>;
  private readonly keys = new Cell<KeysState>(NO_KEYS);
  private listener: Listener = () => undefined;

  readonly name: Name;

  constructor(name: Name, group: Group, members: readonly Name[] = ["fane", "sorel"]) {
    this.name = name;
    this.feed = new Cell<FeedState>({ at: "live", snapshot: snapshotFor(name, members) });
    this.glossary = new BoothGlossary({
      keys: {
        state: this.keys,
        say: (_, ticket, said) => {
          group.say(name, ticket, said);
          return true;
        },
        listen: (then) => {
          this.listener = then;
        },
        sitInBooth: () => undefined,
      },
      chats: { sitInBooth: (booth) => this.sat.push(booth) },
      feed: this.feed,
      clock,
      log: new FakeLog(),
      now: () => 0,
      ticket: () => (tickets += 1),
      save: (_, text) => {
        this.saved = text;
      },
    });
  }

  hear(told: EnvelopeTold): void {
    this.listener({ kind: "booth", booth: BOOTH.id }, told);
  }

  stand(at: GroupStanding["at"], roster: GroupStanding["roster"]): void {
    this.keys.set({ ...NO_KEYS, groups: [{ group: "booth", at, epoch: 0, roster, code: null }] });
  }

  get terms(): readonly string[] {
    return this.glossary.state.get().terms.map(({ term, means }) => `${term} ${means}`);
  }
}

let tickets = 0;
let group = new Group();

beforeEach(() => {
  group = new Group();
});

function snapshotFor(you: Name, members: readonly Name[]) {
  const snapshot = aSnapshot({ you });
  const asInterpreters = snapshot.seats.map((seat) =>
    members.some((name) => SEATS[name].identity === seat.identity)
      ? { ...seat, role: "interpreter" as const, languages: [EN, FR] }
      : seat,
  );
  const identities: readonly Identity[] = members.map((name) => SEATS[name].identity);
  return { ...snapshot, seats: asInterpreters, booths: [{ ...BOOTH, members: identities }] };
}

const border = { from: EN, to: FR, term: "border", means: "frontière", note: "" };

test("partners have one glossary; who comes later asks, and is told all of it", async () => {
  const fane = new Page("fane", group);
  group.join(fane);
  expect(fane.sat).toEqual(["arven.en"]);
  await fane.glossary.put([border]);
  expect(group.said).toEqual(["fane put"]);
  const sorel = new Page("sorel", group);
  group.join(sorel);
  expect(group.said).toEqual(["fane put", "sorel ask", "fane put"]);
  expect(sorel.terms).toEqual(["border frontière"]);
  const [term] = sorel.glossary.state.get().terms;
  if (term !== undefined) await sorel.glossary.takeAway(term);
  expect([fane.terms, sorel.terms]).toEqual([[], []]);
});

test("who has missed a word asks again, not more often than after a pause", async () => {
  const [fane, sorel] = [new Page("fane", group), new Page("sorel", group)];
  group.join(fane);
  group.join(sorel);
  await fane.glossary.put([border]);
  clock.pass(PAUSE);
  group.said.length = 0;
  for (let time = 0; time < 3; time += 1) {
    sorel.hear({ told: "gap", number: 90 + time, from: aHolder("fane", 0).member, missing: 1 });
  }
  expect(group.said).toEqual(["sorel ask", "fane put"]);
  clock.pass(PAUSE);
  expect(group.said).toEqual(["sorel ask", "fane put", "sorel ask", "fane put"]);
});

test("what is said by who does not work in the booth counts for nothing, and they are told nothing", async () => {
  const fane = new Page("fane", group);
  group.join(fane);
  await fane.glossary.put([border]);
  group.said.length = 0;
  const put = { ...border, term: "planted", version: 1, gone: false };
  group.say("amsel", 1, { kind: "glossary", at: "2026-12-07T14:09:00.000Z", does: "put", terms: [put] });
  group.say("amsel", 2, { kind: "glossary", at: "2026-12-07T14:09:00.000Z", does: "ask" });
  expect(fane.terms).toEqual(["border frontière"]);
  expect(group.said).toEqual(["amsel put", "amsel ask"]);
});

test("another booth begins with nothing; a file is read into it, and saved again", async () => {
  const fane = new Page("fane", group);
  group.join(fane);
  await fane.glossary.put([border]);
  const joint = { ...BOOTH, id: "joint.en", party: null, members: [SEATS.fane.identity] };
  fane.feed.set({ at: "live", snapshot: { ...snapshotFor("fane", ["fane"]), booths: [joint] } });
  expect(fane.sat).toEqual(["arven.en", "joint.en"]);
  expect(fane.terms).toEqual([]);
  const back = { at: "live" as const, snapshot: snapshotFor("fane", ["fane"]) };
  fane.feed.set(back);
  expect(await fane.glossary.read("bank,rive\nalone\n")).toEqual({
    taken: 1,
    bad: [{ line: 2, why: "fields" }],
    left: 0,
  });
  fane.glossary.save();
  expect(fane.saved).toContain("en,fr,bank,rive,");
});

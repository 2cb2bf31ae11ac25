import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import type { Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type KeysState, NO_KEYS } from "../keys";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, NOW } from "../testing/builders";
import { aStanding, sealedUnder } from "../testing/standings";
import { Attending, type AttendingNeeds } from "./attending";

const EN = "en" as Language;
const ASE = "ase" as Language;
const BFI = "bfi" as Language;
type Choice = ReturnType<AttendingNeeds["listening"]["state"]["get"]>;

const FLOOR: Choice = { channel: null, signs: [], pinned: [] };

/** A page inside the chamber's group with these, and what it says. */
function aPage(choice: Partial<Choice> = {}, inside: readonly MemberName[] = ["maren", "fane"]) {
  const listening = new Cell<Choice>({ ...FLOOR, ...choice });
  const keys = new Cell<KeysState>(NO_KEYS);
  const said: Said[] = [];
  const meet = (...names: readonly MemberName[]): void => {
    keys.set(sealedUnder(aStanding("chamber", names)));
  };
  if (inside.length > 0) meet(...inside);
  const attending = new Attending({
    keys: { state: keys, say: (_group, _ticket, word) => said.push(word) > 0 },
    listening: { state: listening },
    feed: new Cell<FeedState>({ at: "live", snapshot: aSnapshot() }),
    now: () => NOW,
    ticket: () => said.length,
  });
  const words = () =>
    said.map((word) => (word.kind === "booth" && word.does === "listen" ? [word.to, word.signs] : word));
  return { attending, keys, listening, meet, words };
}

/** These are pinned, in a meeting with two sign channels. */
const signsOf = (...pinned: readonly Language[]): Pick<Choice, "signs" | "pinned"> => ({
  signs: [ASE, BFI].map((language) => ({ language, carries: "silent", picture: null })),
  pinned,
});

test("what one hears and watches is said when it changes, of what is pinned only what the meeting has", () => {
  const { attending, listening, words } = aPage();
  expect(words()).toEqual([]);
  listening.set({ channel: EN, ...signsOf(BFI, "csl" as Language) });
  attending.tell();
  listening.set(FLOOR);
  attending.tell();
  expect(words()).toEqual([
    [EN, [BFI]],
    [null, []],
  ]);
});

test("who comes in says what they chose before, and nothing if that is the floor", () => {
  const { attending, keys, meet, words } = aPage(signsOf(ASE), []);
  attending.tell();
  expect(words()).toEqual([]);
  meet("maren", "fane");
  expect(words()).toEqual([[null, [ASE]]]);
  keys.set(sealedUnder(aStanding("chamber", [], { at: "ended" })));
  meet("maren", "fane");
  expect(words()).toHaveLength(2);
  const floor = aPage({}, []);
  floor.meet("maren", "fane");
  expect(floor.words()).toEqual([]);
});

test("an interpreter who comes later is told; nobody else is", () => {
  const { meet, words } = aPage(signsOf(ASE));
  expect(words()).toHaveLength(1);
  meet("maren", "fane", "vey");
  expect(words()).toHaveLength(1);
  meet("maren", "fane", "vey", "amsel");
  expect(words()).toEqual([
    [null, [ASE]],
    [null, [ASE]],
  ]);
});

test("with a new session of one's own one says it again: the others have forgotten it", () => {
  const { keys, words } = aPage({ channel: EN }, ["maren", "vey", "fane"]);
  expect(words()).toHaveLength(1);
  const standing = aStanding("chamber", ["maren", "vey", "fane"]);
  const anew = (name: string) =>
    standing.roster.map(({ leaf, member }) => {
      const later = member.serial === name ? 1 : 0;
      return { leaf, member: { ...member, expires: member.expires + later } };
    });
  keys.set(sealedUnder({ ...standing, roster: anew("vey") }));
  expect(words()).toHaveLength(1);
  keys.set(sealedUnder({ ...standing, roster: anew("maren") }));
  expect(words()).toHaveLength(2);
});

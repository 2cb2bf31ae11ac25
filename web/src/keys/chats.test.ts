import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import { Cell } from "../kernel/store";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, NOW, SEATS } from "../testing/builders";
import { aHolder, aStanding, sealedUnder } from "../testing/standings";
import { Chats } from "./chats";
import type { GroupName } from "./groupName";
import { type KeysState, NO_KEYS } from "./standing";
import type { EnvelopeTold } from "./words";

const AT = new Date(NOW).toISOString();
const CHAMBER = { kind: "chamber" } as const;
const CAUCUS = { kind: "caucus", party: SEATS.maren.party } as const;
const INSIDE = sealedUnder(aStanding("chamber", ["maren", "vey"]), aStanding("caucus", ["maren", "sorel"]));

/** Maren's chats, with what she says by them. */
function someChats() {
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot() });
  const state = new Cell<KeysState>(INSIDE);
  const said: (readonly [GroupName, Said])[] = [];
  const listeners: ((group: GroupName, told: EnvelopeTold) => void)[] = [];
  let tickets = 0;
  const chats = new Chats({
    feed,
    now: () => NOW,
    ticket: () => (tickets += 1),
    keys: {
      state,
      listen: (then) => listeners.push(then),
      say: (group, _ticket, words) => {
        said.push([group, words]);
        return true;
      },
    },
  });
  const tell = (group: GroupName, told: EnvelopeTold) => {
    for (const then of listeners) then(group, told);
  };
  const hear = (group: GroupName, number: number, name: MemberName, text: string) => {
    tell(group, { told: "heard", number, from: aHolder(name, 0).member, said: { kind: "chat", at: AT, text } });
  };
  return { chats, feed, hear, said, state, tell };
}

test("each room has its own chat, and what is said on the floor is in none", () => {
  const { chats, hear, said } = someChats();
  chats.write("chamber", "Shall we?");
  chats.say("chamber");
  chats.write("caucus", "Not yet");
  chats.say("caucus");
  expect(said).toEqual([
    [CHAMBER, { kind: "chat", at: AT, text: "Shall we?" }],
    [CAUCUS, { kind: "chat", at: AT, text: "Not yet" }],
  ]);
  hear(CAUCUS, 1, "sorel", "Agreed");
  hear({ kind: "floor", opening: 1 }, 1, "reuter", "A question");
  const { chamber, caucus } = chats.state.get();
  expect(chamber.lines).toEqual([]);
  expect(caucus.lines.map((line) => line.is === "text" && line.text)).toEqual(["Agreed"]);
});

test("what others said is unread until it is read; one's own never is", () => {
  const { chats, hear } = someChats();
  hear(CHAMBER, 1, "vey", "one");
  hear(CHAMBER, 2, "maren", "two");
  hear(CHAMBER, 3, "fane", "three");
  expect(chats.state.get().chamber.unread).toBe(2);
  chats.read("chamber", 3);
  expect(chats.state.get().chamber.unread).toBe(0);
  hear(CHAMBER, 4, "vey", "four");
  expect([chats.state.get().chamber.unread, chats.state.get().caucus.unread]).toEqual([1, 0]);
});

test("nothing is lost from the field: what was not sent is said once more, or comes back into it", () => {
  const { chats, said, state } = someChats();
  for (const text of ["one", "two"]) {
    chats.write("chamber", text);
    chats.say("chamber");
  }
  expect(chats.state.get().chamber).toMatchObject({ draft: "", pending: [{ at: "sending" }, { at: "sending" }] });
  chats.again("chamber", 1);
  expect(said).toHaveLength(2);
  // The keys are lost, and with them whoever would tell what becomes of it.
  state.set(NO_KEYS);
  expect(chats.state.get().chamber.pending.map(({ at }) => at)).toEqual(["unsent", "unsent"]);
  chats.again("chamber", 1);
  expect(said.at(-1)).toMatchObject([CHAMBER, { text: "one" }]);
  chats.write("chamber", "three");
  chats.takeBack("chamber", 2);
  expect(chats.state.get().chamber).toMatchObject({ draft: "two\nthree", pending: [{ text: "one" }] });
});

test("another meeting has chats of its own; a line that was lost does not empty them", () => {
  const { chats, feed, hear } = someChats();
  hear(CHAMBER, 1, "vey", "one");
  chats.write("chamber", "half a sen");
  feed.set({ at: "returning", snapshot: null, since: 0 });
  feed.set({ at: "live", snapshot: aSnapshot({ meeting: { phase: "recess" } }) });
  expect(chats.state.get().chamber).toMatchObject({ draft: "half a sen", unread: 1 });
  feed.set({ at: "live", snapshot: aSnapshot({ meeting: { id: "second" as never } }) });
  expect(chats.state.get().chamber).toEqual({ lines: [], pending: [], unread: 0, draft: "" });
  feed.set({ at: "opening" });
  chats.write("chamber", "to nobody");
  chats.say("chamber");
  expect(chats.state.get().chamber.draft).toBe("");
});

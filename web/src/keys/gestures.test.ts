import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import { Cell } from "../kernel/store";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, NOW, SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { aHolder, aStanding, sealedUnder } from "../testing/standings";
import { Gestures } from "./gestures";
import type { GroupName } from "./groupName";
import { SLOWING } from "./signals";
import { type KeysState, NO_KEYS } from "./standing";
import type { EnvelopeTold } from "./words";

const CHAMBER = { kind: "chamber" } as const;
type Plain = "raise_hand" | "lower_hand" | "slow_down";

function inside(...names: readonly MemberName[]): KeysState {
  return sealedUnder(aStanding("chamber", names));
}

/** What Maren is shown, and what she shows. */
function someGestures(isInside = true) {
  const clock = new FakeClock();
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot() });
  const state = new Cell<KeysState>(inside("maren", "vey", "fane"));
  const said: Said[] = [];
  const listeners: ((group: GroupName, told: EnvelopeTold) => void)[] = [];
  let tickets = 0;
  const gestures = new Gestures({
    clock,
    feed,
    now: () => NOW,
    ticket: () => (tickets += 1),
    keys: {
      state,
      listen: (then) => listeners.push(then),
      say: (_group, _ticket, words) => {
        said.push(words);
        return isInside;
      },
    },
  });
  const tell = (told: EnvelopeTold, group: GroupName = CHAMBER) => {
    for (const then of listeners) then(group, told);
  };
  const see = (name: MemberName, signal: Plain, group: GroupName = CHAMBER) => {
    const at = new Date(NOW).toISOString();
    tell({ told: "heard", number: 1, from: aHolder(name, 0).member, said: { kind: "signal", at, signal } }, group);
  };
  const hear = (name: MemberName, finding: "match" | "mismatch", epoch = 7) => {
    const words = { kind: "signal", at: new Date(NOW).toISOString(), signal: "code_found", finding, epoch } as const;
    tell({ told: "heard", number: 1, from: aHolder(name, 0).member, said: words });
  };
  const found = () => gestures.state.get().findings.map(({ from, finding }) => [from.identity, finding]);
  const shown = () => gestures.state.get();
  return { clock, feed, found, gestures, hear, said, see, shown, state, tell };
}

const hand = ({ identity }: { readonly identity: string }) => identity;

test("hands stand in the order in which they were raised, one's own once it was heard", async () => {
  const { gestures, said, see, shown, tell } = someGestures();
  see("vey", "raise_hand");
  const asked = gestures.hold(true);
  expect(said).toMatchObject([{ kind: "signal", signal: "raise_hand" }]);
  see("maren", "raise_hand");
  tell({ told: "sent", ticket: 1, number: 2 });
  await asked;
  expect(shown().hands).toEqual([SEATS.vey, SEATS.maren].map((seat) => hand(seat)));
  see("vey", "lower_hand");
  expect(shown().hands).toEqual([hand(SEATS.maren)]);
});

test("what was not sent is refused, or may have come", async () => {
  const { gestures, state, tell } = someGestures();
  const asked = [gestures.hold(true), gestures.slowDown(), gestures.hold(false)];
  tell({ told: "unsent", ticket: 1, code: "not_your_role" });
  tell({ told: "unsent", ticket: 2, code: "no_answer" });
  state.set(NO_KEYS);
  await expect(Promise.allSettled(asked)).resolves.toMatchObject(
    ["not_your_role", "no_answer", "no_answer"].map((code) => ({ status: "rejected", reason: { code } })),
  );
  await expect(someGestures(false).gestures.hold(true)).rejects.toMatchObject({ code: "group_unknown" });
});

test("an interpreter's word to slow down is shown for some seconds; nobody else's is, nor one from elsewhere", () => {
  const { clock, see, shown } = someGestures();
  see("vey", "slow_down");
  see("fane", "slow_down", { kind: "floor", opening: 1 });
  expect(shown().slowing).toEqual([]);
  see("fane", "slow_down");
  expect(shown().slowing).toEqual([hand(SEATS.fane)]);
  clock.pass(SLOWING - 1);
  see("fane", "slow_down");
  clock.pass(1);
  expect(shown().slowing).toEqual([hand(SEATS.fane)]);
  clock.pass(SLOWING);
  expect(shown().slowing).toEqual([]);
});

test("whoever leaves takes their hand along; to whoever comes, one's own is shown again", () => {
  const { said, see, shown, state } = someGestures();
  see("vey", "raise_hand");
  see("maren", "raise_hand");
  state.set(inside("maren", "fane"));
  expect(shown().hands).toEqual([hand(SEATS.maren)]);
  expect(said).toEqual([]);
  state.set(inside("maren", "fane", "amsel"));
  expect(said).toMatchObject([{ signal: "raise_hand" }]);
  state.set(inside("maren", "fane", "amsel"));
  expect(said).toHaveLength(1);
});

test("with the keys, and with the meeting, go all gestures", () => {
  const { feed, see, shown, state } = someGestures();
  see("vey", "raise_hand");
  state.set(sealedUnder(aStanding("chamber", [], { at: "joining" })));
  expect(shown().hands).toHaveLength(1);
  state.set(sealedUnder(aStanding("chamber", [], { at: "ended" })));
  expect(shown().hands).toEqual([]);
  state.set(inside("maren", "vey"));
  see("vey", "raise_hand");
  feed.set({ at: "returning", snapshot: null, since: 0 });
  expect(shown().hands).toHaveLength(1);
  feed.set({ at: "live", snapshot: aSnapshot({ meeting: { id: "second" as never } }) });
  expect(shown().hands).toEqual([]);
});

test("what one finds is told with the code's number, and one's own word is not heard as another's", async () => {
  const { found, gestures, hear, said, tell } = someGestures();
  const asked = gestures.find("match", 7);
  expect(said).toEqual([
    { kind: "signal", at: new Date(NOW).toISOString(), signal: "code_found", finding: "match", epoch: 7 },
  ]);
  tell({ told: "sent", ticket: 1, number: 1 });
  await asked;
  hear("maren", "match");
  expect(found()).toEqual([]);
});

const at = (epoch: number) => sealedUnder(aStanding("chamber", ["maren", "vey", "fane"], { epoch }));

test("what the others found lasts over commits that one follows, and goes when one was missed; a difference stays", () => {
  const { found, hear, state } = someGestures();
  const [match, differs] = [
    [SEATS.vey.identity, "match"],
    [SEATS.fane.identity, "mismatch"],
  ];
  hear("vey", "match", 6);
  expect(found()).toEqual([]);
  hear("vey", "match");
  hear("fane", "mismatch");
  expect(found()).toEqual([match, differs]);
  state.set(at(8));
  expect(found()).toEqual([match, differs]);
  state.set(at(10));
  expect(found()).toEqual([differs]);
  state.set(sealedUnder(aStanding("chamber", [], { at: "ended" })));
  expect(found()).toEqual([differs]);
});

test("a difference that one has found is told to whoever comes, until one finds that it matches", () => {
  const { gestures, said, state } = someGestures();
  void gestures.find("mismatch", 7);
  state.set(inside("maren", "vey", "fane", "amsel"));
  expect(said).toMatchObject([{ finding: "mismatch" }, { signal: "code_found", finding: "mismatch", epoch: 7 }]);
  const standing = aStanding("chamber", ["maren", "vey", "fane", "amsel"], { epoch: 8 });
  const back = standing.roster.map(({ leaf, member }) => ({
    leaf,
    member: { ...member, expires: member.expires + leaf },
  }));
  state.set(sealedUnder({ ...standing, roster: back }));
  expect(said).toHaveLength(3);
  void gestures.find("match", 7);
  state.set(inside("maren", "vey", "fane", "amsel", "sorel"));
  expect(said).toHaveLength(4);
});

test("whoever found a difference and has gone warns until one finds oneself that the code matches; at another meeting nobody", () => {
  const { feed, found, gestures, hear, state } = someGestures();
  hear("fane", "mismatch");
  hear("vey", "mismatch");
  state.set(inside("maren", "vey"));
  expect(found()).toHaveLength(2);
  void gestures.find("match", 7);
  expect(found()).toEqual([[SEATS.vey.identity, "mismatch"]]);
  feed.set({ at: "live", snapshot: aSnapshot({ meeting: { id: "second" as never } }) });
  expect(found()).toEqual([]);
});

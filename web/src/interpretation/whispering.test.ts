import { beforeEach, expect, test } from "vitest";
import type { Said } from "../contract/parse";
import { OutageError } from "../kernel/errors";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { EnvelopeTold, KeysState } from "../keys";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, NOW, SEATS, type SnapshotPart } from "../testing/builders";
import { FakeLog } from "../testing/log";
import { aHolder, aStanding, sealedUnder } from "../testing/standings";
import { QUIET } from "./booth";
import { type BoothNow, type BoothsNow, NO_BOOTHS } from "./model";
import type { Whisper, WhispersNow } from "./whisper";
import { Whispering } from "./whispering";

const FR = "fr" as Language;
const HERE = ["maren", "vey", "fane", "amsel"] as const;
const ASK: Pick<Whisper, "by" | "to" | "into"> = { by: SEATS.fane.identity, to: SEATS.maren.identity, into: FR };
const OF: Record<string, MemberName> = { [SEATS.fane.identity]: "fane", [SEATS.maren.identity]: "maren" };

/** The words of all in one order, as the server would put them. */
type Chamber = ((told: EnvelopeTold) => void)[];

function aPage(name: MemberName, chamber: Chamber) {
  const whispers = new Cell<WhispersNow>([]);
  const booths = new Cell<BoothsNow>(NO_BOOTHS);
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot({ you: name }) });
  const state = new Cell<KeysState>(sealedUnder(aStanding("chamber", HERE)));
  const done: string[] = [];
  /** What has become of the booths once a question was taken back; null: the word reaches nobody. */
  const post: { isLost: boolean; withdrawn: BoothsNow | null } = { isLost: false, withdrawn: NO_BOOTHS };
  let [tickets, number] = [0, 0];
  const whispering = new Whispering({
    whispers,
    booths,
    feed,
    keys: {
      state,
      say: (_group, ticket, said: Said) => {
        if (post.isLost) return false;
        queueMicrotask(() => {
          number += 1;
          const from = aHolder(name, 0).member;
          for (const hear of chamber) hear({ told: "heard", number, from, said });
          whispering.hear({ told: "sent", ticket, number });
        });
        return true;
      },
    },
    call: {
      whisper: async (to) => {
        done.push(to === null ? "silent" : `to ${OF[to] ?? "?"}`);
        return Promise.resolve();
      },
    },
    desk: {
      onAir: async (on) => {
        done.push(on ? "on air" : "off air");
        booths.set(NO_BOOTHS);
        return Promise.resolve();
      },
      withdraw: async () => {
        done.push("withdraws");
        if (post.withdrawn === null) throw new OutageError("no_answer");
        booths.set(post.withdrawn);
        return Promise.resolve();
      },
    },
    log: new FakeLog(),
    now: () => NOW,
    ticket: () => (tickets += 1),
  });
  chamber.push((told) => {
    whispering.hear(told);
  });
  const become = (part: SnapshotPart): void => {
    feed.set({ at: "live", snapshot: aSnapshot({ you: name, ...part }) });
  };
  return { become, booths, done, post, state, whispering, whispers };
}

const works = (part: Partial<BoothNow>): BoothsNow => ({
  ...NO_BOOTHS,
  booths: new Map([["arven.en", { ...QUIET, ...part }]]),
});
const airs = (who: Identity): BoothsNow => works({ holder: who, onAir: FR });
/** Somebody holds the microphone, and somebody asks that it passes. */
const asked = (holder: Identity, by: Identity): BoothsNow => works({ holder, asked: { by, at: NOW } });
const settled = async (): Promise<void> =>
  new Promise((settle) => {
    setTimeout(settle, 0);
  });

let chamber: Chamber = [];
let maren = aPage("maren", chamber);
let fane = aPage("fane", chamber);
let vey = aPage("vey", chamber);

beforeEach(() => {
  chamber = [];
  maren = aPage("maren", chamber);
  fane = aPage("fane", chamber);
  vey = aPage("vey", chamber);
});

async function whispered(): Promise<void> {
  await maren.whispering.tell("ask", ASK);
  await fane.whispering.tell("accept", ASK);
}

test("asked for and taken, it is sent to one ear, and all agree on it; the interpreter goes off air first", async () => {
  fane.booths.set(airs(ASK.by));
  await whispered();
  const on = [{ ...ASK, on: true }];
  expect([maren, fane, vey].map(({ whispers }) => whispers.get())).toEqual([on, on, on]);
  expect([fane.done, maren.done]).toEqual([["off air", "to maren"], []]);
});

test("whoever has asked for the microphone takes that back first; if the yes came before, they go off air", async () => {
  const asks = asked(SEATS.amsel.identity, ASK.by);
  fane.booths.set(asks);
  await whispered();
  expect(fane.done).toEqual(["withdraws", "to maren"]);
  await fane.whispering.tell("end", ASK);
  fane.booths.set(asks);
  fane.post.withdrawn = airs(ASK.by);
  fane.done.length = 0;
  await whispered();
  expect(fane.done).toEqual(["withdraws", "off air", "to maren"]);
});

test.each([
  ["of a partner's", asked(SEATS.amsel.identity, SEATS.vey.identity)],
  ["of one's own that would give it away", asked(ASK.by, ASK.by)],
])("a question for the microphone %s is left as it is", async (_whose, booths) => {
  fane.booths.set(booths);
  await whispered();
  expect(fane.done).toEqual(["to maren"]);
});

test("nothing is whispered while a question for the microphone could not be taken back", async () => {
  fane.booths.set(asked(SEATS.amsel.identity, ASK.by));
  fane.post.withdrawn = null;
  await maren.whispering.tell("ask", ASK);
  await expect(fane.whispering.tell("accept", ASK)).rejects.toThrow("no_answer");
  expect([fane.whispers.get(), maren.whispers.get()]).toEqual([[{ ...ASK, on: false }], [{ ...ASK, on: false }]]);
});

test("either ends it, at once and even if nobody hears the word", async () => {
  await whispered();
  maren.post.isLost = true;
  const ended = maren.whispering.tell("end", ASK);
  expect(maren.whispers.get()).toEqual([]);
  await expect(ended).rejects.toMatchObject({ code: "group_unknown" });
  await fane.whispering.tell("end", ASK);
  expect([fane.done, vey.whispers.get()]).toEqual([["to maren", "silent"], []]);
});

test("whoever asks who is taken, or says yes when it was taken back, is told so", async () => {
  await whispered();
  const again = { ...ASK, to: SEATS.vey.identity };
  await expect(vey.whispering.tell("ask", again)).rejects.toMatchObject({ code: "move_not_possible" });
  await maren.whispering.tell("end", ASK);
  await expect(fane.whispering.tell("accept", ASK)).rejects.toMatchObject({ code: "move_not_possible" });
  expect(fane.done).toEqual(["to maren", "silent"]);
});

const away = (name: keyof typeof SEATS): SnapshotPart => ({
  seats: Object.values(SEATS).map((seat) => (seat === SEATS[name] ? { ...seat, present: null } : seat)),
});

test.each<[string, () => void]>([
  [
    "the hearer leaves",
    () => {
      fane.become(away("maren"));
    },
  ],
  [
    "the interpreter leaves",
    () => {
      fane.become(away("fane"));
    },
  ],
  [
    "the doors open",
    () => {
      fane.become({ meeting: { phase: "open" } });
    },
  ],
  [
    "a recess begins",
    () => {
      fane.become({ meeting: { phase: "recess" } });
    },
  ],
  [
    "the mode changes",
    () => {
      fane.become({ meeting: { mode: "consecutive" } });
    },
  ],
  [
    "another meeting is opened",
    () => {
      fane.become({ meeting: { id: "another" as never } });
    },
  ],
  [
    "one is put out of the group",
    () => {
      fane.state.set(sealedUnder(aStanding("chamber", [], { at: "ended" })));
    },
  ],
  [
    "the hearer is out of the group",
    () => {
      fane.state.set(sealedUnder(aStanding("chamber", ["vey", "fane"])));
    },
  ],
  [
    "the hearer has come back with another session",
    () => {
      const standing = aStanding("chamber", HERE);
      const roster = standing.roster.map(({ leaf, member }) => ({ leaf, member: { ...member, expires: NOW + leaf } }));
      fane.state.set(sealedUnder({ ...standing, roster }));
    },
  ],
  [
    "a word of the hearer's has not come",
    () => {
      fane.whispering.hear({ told: "gap", number: 9, from: aHolder("maren", 0).member, missing: 1 });
    },
  ],
  [
    "the interpreter goes on air",
    () => {
      fane.booths.set(airs(ASK.by));
    },
  ],
])("it ends by itself when %s", async (_name, then) => {
  await whispered();
  then();
  expect([fane.done, fane.whispers.get()]).toEqual([["to maren", "silent"], []]);
});

test("what ends for a doubt, or on air, ends for the other too; what others say or do ends nothing", async () => {
  await whispered();
  fane.whispering.hear({ told: "gap", number: 9, from: aHolder("vey", 0).member, missing: 1 });
  fane.booths.set(airs(SEATS.amsel.identity));
  fane.become(away("vey"));
  expect(fane.done).toEqual(["to maren"]);
  fane.booths.set(airs(ASK.by));
  await settled();
  expect([maren.whispers.get(), vey.whispers.get()]).toEqual([[], []]);
});

test("what was lost with the keys is not heard of again", async () => {
  await whispered();
  maren.state.set(sealedUnder());
  expect(maren.whispers.get()).toEqual([]);
});

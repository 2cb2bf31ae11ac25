import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import type { Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { KeysState } from "../keys";
import type { RemoteSign, RemoteSound } from "../rooms";
import type { CallState } from "../rooms/model";
import type { FeedState } from "../summits";
import { aSnapshot, NOW } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { aStanding, sealedUnder } from "../testing/standings";
import { LateDesk } from "./lateDesk";
import type { ListeningNow } from "./listening";

type Chosen = Pick<ListeningNow, "channel" | "carries" | "booths" | "signs" | "pinned">;

const EN = "en" as Language;
const ASE = "ase" as Language;
const CHOSEN: Chosen = { channel: null, carries: new Map(), booths: [], signs: [], pinned: [] };

const silent = async (): Promise<void> => Promise.resolve();

/** A principal's page behind closed doors: of the booths it has no code before it needs some. */
function aPage() {
  const listening = new Cell<Chosen>(CHOSEN);
  const said: Said[] = [];
  const desk = new LateDesk({
    keys: {
      state: new Cell<KeysState>(sealedUnder(aStanding("chamber", ["maren", "fane"]))),
      say: (_group, _ticket, word) => said.push(word) > 0,
      listen: () => undefined,
    },
    feed: new Cell<FeedState>({ at: "live", snapshot: aSnapshot({ you: "maren" }) }),
    call: {
      state: new Cell({ seating: { at: "seated", room: "chamber" }, wished: {} } as CallState),
      sounds: new Cell<readonly RemoteSound[]>([]),
      signs: new Cell<readonly RemoteSign[]>([]),
      onAir: () => null,
      speakInto: silent,
      cough: silent,
      ready: silent,
      whisper: silent,
    },
    hears: () => false,
    listening: () => ({ state: listening, listenTo: () => undefined }),
    clock: new FakeClock(),
    log: new FakeLog(),
    now: () => NOW,
    ticket: () => said.length,
  });
  return { desk, listening, said };
}

test("a first choice has fetched what says it, once; the next is said by what is there", async () => {
  const { desk, listening, said } = aPage();
  listening.set({ ...CHOSEN, channel: EN });
  desk.tell();
  expect(said).toEqual([]);
  await expect.poll(() => said).toMatchObject([{ does: "listen", to: EN, signs: [] }]);
  const signs = [{ language: ASE, carries: "silent" as const, picture: null }];
  listening.set({ ...CHOSEN, channel: EN, signs, pinned: [ASE] });
  desk.tell();
  expect(said.slice(1)).toMatchObject([{ does: "listen", to: EN, signs: [ASE] }]);
});

/** One member's call, with everything around it made of words: the feed, the SFU, the devices, the tab. */
import type { ErrorCode } from "../contract/codes";
import type { Meeting, PhaseName, Seat, Snapshot, Ticket } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import { Cell } from "../kernel/store";
import { MediaCall } from "../rooms/call";
import type { FeedState } from "../summits";
import { FakeClock } from "./clock";
import { FakeSealing } from "./sealing";
import { FakeLog } from "./log";
import { aSeat, aSnapshot } from "./scenes";
import { aMediaTrack, FakeSfu, WAITING } from "./sfu";

export const maren = aSeat("maren", "principal");
export const vey = aSeat("vey", "principal", "tolmar", ["fr"]);
export const okafor = aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]);
export const lind = aSeat("lind", "adviser");
export const reuter = aSeat("reuter", "press", "press");

interface AskedDoor {
  readonly room: string;
  readonly phase: PhaseName;
}

const everybody = [maren, vey, okafor, lind, reuter];

export function scene(own: Seat, standing: Partial<Meeting> = {}) {
  const snapshot = { ...aSnapshot(everybody, { phase: "open", ...standing }), you: own.member };
  const feed = new Cell<FeedState>({ at: "opening" });
  const sfu = new FakeSfu(own.identity);
  const clock = new FakeClock();
  const refusals: ErrorCode[] = [];
  const asked: string[] = [];
  const copies: MediaStreamTrack[] = [];
  const closed: string[] = [];
  const tab = { free: true, claim: async () => Promise.resolve(tab.free), takeOver: async () => Promise.resolve() };
  const studio = {
    async copy(kind: "microphone" | "camera") {
      const track = aMediaTrack(kind === "camera" ? "video" : "audio");
      copies.push(track);
      return Promise.resolve(track);
    },
    close: (kind: string) => {
      closed.push(kind);
    },
    warm: async () => Promise.resolve(),
    shareScreen: async () => Promise.resolve(aMediaTrack("video")),
    watch: () => () => undefined,
  };
  const ask = (word: string): void => {
    asked.push(word);
    const refusal = refusals.shift();
    if (refusal !== undefined) throw new RefusedError(refusal);
  };
  const ticketFor = (room: string, token: string): Ticket => {
    const { identity } = own;
    return { url: "ws://sfu", token, room, identity, expires: "", grant: { publish: [], hear: true }, life: sfu.life };
  };
  const tickets = {
    async take({ room, phase }: AskedDoor): Promise<Ticket> {
      ask(`${room} ${phase}`);
      return Promise.resolve(ticketFor(room, `${asked.length}`));
    },
    async takeToWait({ room, phase }: AskedDoor): Promise<Ticket> {
      ask(`to wait: ${room} ${phase}`);
      return Promise.resolve(ticketFor(room, WAITING));
    },
    async enter({ room, phase }: AskedDoor): Promise<void> {
      ask(`enter ${room} ${phase}`);
      sfu.letIn();
      return Promise.resolve();
    },
  };
  const call = new MediaCall({
    feed,
    engine: sfu,
    tickets,
    sealing: async () => Promise.resolve(new FakeSealing(sfu.identity)),
    studio,
    tab,
    clock,
    log: new FakeLog(),
    mark: () => undefined,
  });
  feed.set({ at: "live", snapshot });
  /** Something of the meeting is another, and every client is told. */
  const tell = (part: Partial<Snapshot>): void => {
    const now = feed.get();
    if (now.at !== "live") throw new Error("the feed is not live");
    feed.set({ at: "live", snapshot: { ...now.snapshot, number: now.snapshot.number + 1, ...part } });
  };
  /** The meeting moves on. */
  const move = (part: Partial<Meeting>): void => {
    const now = feed.get();
    if (now.at === "live") tell({ meeting: { ...now.snapshot.meeting, ...part } });
  };
  return { asked, call, clock, closed, copies, feed, move, refusals, sfu, tab, tell };
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

export function seating(call: MediaCall): string {
  const now = call.state.get().seating;
  return now.at === "shut-out" ? now.why : now.at;
}

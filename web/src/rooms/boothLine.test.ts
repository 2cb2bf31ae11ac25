import { RoomEvent } from "livekit-client";
import { describe, expect, test } from "vitest";
import type { Seat, Snapshot, Ticket } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import { Cell } from "../kernel/store";
import type { FeedState } from "../summits";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { aSeat, aSnapshot } from "../testing/scenes";
import { FakeSealing } from "../testing/sealing";
import { aMediaTrack, FakeSfu } from "../testing/sfu";
import { BoothLine } from "./boothLine";
import type { Capture } from "./devices";

const fane = aSeat("fane", "interpreter");
const oru = aSeat("oru", "interpreter");
const amsel = aSeat("amsel", "interpreter", "tolmar", ["fr"]);
const maren = aSeat("maren", "principal");
const both = { microphone: true, camera: true };

function scene(own: Seat = fane) {
  const snapshot = { ...aSnapshot([maren, fane, oru, amsel], { phase: "closed" }), you: own.member };
  const feed = new Cell<FeedState>({ at: "live", snapshot });
  const sfu = new FakeSfu(own.identity);
  const clock = new FakeClock();
  const [asked, closed, inUse] = [[] as string[], [] as string[], new Set<Capture>()];
  const refusals: Error[] = [];
  const copies: MediaStreamTrack[] = [];
  const watching: ((kind: Capture) => void)[] = [];
  const line = new BoothLine({
    feed,
    engine: sfu,
    tickets: {
      async take({ room, phase }): Promise<Ticket> {
        asked.push(`${room} ${phase}`);
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        const { identity } = own;
        const grant = { publish: [], hear: true };
        return Promise.resolve({ url: "ws://sfu", token: "t", room, identity, expires: "", grant, life: "1" });
      },
      takeToWait: async () => Promise.reject(new Error("nobody waits at a booth's door")),
      enter: async () => Promise.resolve(),
    },
    sealing: async () => Promise.resolve(new FakeSealing(own.identity)),
    studio: {
      async copy(kind) {
        copies.push(aMediaTrack(kind === "camera" ? "video" : "audio"));
        return Promise.resolve(copies.at(-1) ?? aMediaTrack("audio"));
      },
      close: (kind) => void closed.push(kind),
      warm: async () => Promise.resolve(),
      shareScreen: async () => Promise.reject(new Error("nothing is shared in a booth")),
      watch(then) {
        watching.push(then);
        return () => undefined;
      },
    },
    isInUse: (kind) => inUse.has(kind),
    tab: { claim: async () => Promise.resolve(true) },
    clock,
    log: new FakeLog(),
  });
  const tell = (part: Partial<Snapshot>): void => {
    feed.set({ at: "live", snapshot: { ...snapshot, ...part } });
  };
  return { asked, clock, closed, copies, feed, inUse, line, refusals, sfu, snapshot, tell };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

async function open(own?: Seat) {
  const made = scene(own);
  made.line.work([oru.identity]);
  await settled();
  return made;
}

describe("a booth's line", () => {
  test("is there while one works with somebody, and for them alone", async () => {
    const { asked, line, sfu } = scene();
    await settled();
    expect(asked).toEqual([]);
    line.work([oru.identity, amsel.identity]);
    await settled();
    expect(asked).toEqual(["booth closed"]);
    expect(line.state.get().isOpen).toBe(true);
    // Of a joint booth another delegation's too; of one's own nobody who does not work there.
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([oru.identity, amsel.identity]);
    line.work([amsel.identity]);
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([amsel.identity]);
    line.work([]);
    await settled();
    expect([line.state.get().isOpen, sfu.room.ended]).toEqual([false, true]);
  });

  test("sends nothing before it is told to, and is silent in the instant in which it is to be", async () => {
    const { closed, copies, line, sfu } = await open();
    const sent = () => sfu.room.localParticipant.sent.get("floor");
    expect(sfu.room.localParticipant.tracks).toEqual(["floor muted"]);
    line.send({ microphone: true, camera: false });
    await settled();
    expect([sent()?.isMuted, copies[0]?.enabled, line.state.get().sending.microphone]).toEqual([false, true, true]);
    line.send({ microphone: false, camera: false });
    expect([copies[0]?.enabled, line.state.get().sending.microphone]).toEqual([false, false]);
    await settled();
    expect([sent()?.isMuted, closed]).toEqual([true, []]);
  });

  test("shows and plays those whom it is for, and nobody else", async () => {
    const { line, sfu } = await open();
    for (const who of [oru, amsel, maren]) sfu.room.arrives(who.identity, { floor: "audio", camera: "video" });
    await settled();
    const { presences, sounds } = line.state.get();
    expect(presences.map(({ member, camera }) => [member, camera !== null])).toEqual([
      ["fane", false],
      ["oru", true],
    ]);
    expect(sounds.map(({ of, channel }) => [of, channel])).toEqual([[oru.identity, null]]);
  });

  test("plays no channel: what is sent here is said to the booth", async () => {
    const { line, sfu } = await open();
    sfu.room.arrives(oru.identity, { "int:en": "audio" });
    await settled();
    expect(line.state.get().sounds).toEqual([]);
  });

  test("puts the camera's light out when nothing else sends what it gives", async () => {
    const alone = await open();
    alone.line.send(both);
    await settled();
    expect(alone.line.state.get().sending.camera).toBe(true);
    alone.line.send({ microphone: true, camera: false });
    await settled();
    expect(alone.closed).toEqual(["camera"]);
    const signing = await open();
    signing.inUse.add("camera");
    signing.line.send(both);
    await settled();
    signing.line.send({ microphone: true, camera: false });
    await settled();
    expect(signing.closed).toEqual([]);
    signing.line.send(both);
    await settled();
    signing.line.work([]);
    await settled();
    expect(signing.closed).toEqual([]);
    expect(signing.copies.every(({ readyState }) => readyState === "ended")).toBe(true);
  });

  test("ends when who one is is not known any more, and where the table has no such room", async () => {
    const unknown = await open();
    unknown.feed.set({ at: "opening" });
    await settled();
    expect(unknown.sfu.room.ended).toBe(true);
    const over = await open();
    over.tell({ meeting: { ...over.snapshot.meeting, phase: "adjourned" } });
    await settled();
    expect(over.sfu.room.ended).toBe(true);
    expect((await open(maren)).asked).toEqual([]);
  });

  test("comes back by itself when it was lost; after a refusal not at once", async () => {
    const { asked, clock, line, refusals, sfu, tell } = await open();
    sfu.room.emit(RoomEvent.Reconnecting);
    await settled();
    expect([asked.length, line.state.get().isOpen]).toEqual([2, true]);
    refusals.push(new RefusedError("ticket_refused"));
    sfu.room.emit(RoomEvent.Reconnecting);
    await settled();
    tell({ number: 11 });
    await settled();
    expect([asked.length, line.state.get().isOpen]).toEqual([3, false]);
    clock.pass(5000);
    await settled();
    expect([asked.length, line.state.get().isOpen]).toEqual([4, true]);
  });
});

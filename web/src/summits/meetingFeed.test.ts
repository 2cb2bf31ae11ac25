// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Believed, Seat } from "../contract/parse";
import type { MeetingId } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { aDescriptor, aMeeting, aSeat, asSent, aSnapshot } from "../testing/scenes";
import { FakeSocket } from "../testing/socket";
import { MeetingRecord } from "./meetingFeed";

const A = "A".repeat(26);
const known = (name: string, role: Seat["role"]): Seat => ({ ...aSeat(name, role), identity: A as Seat["identity"] });
const maren = known("maren", "principal");
const forged = aSeat("forged", "principal");
const snapshot = asSent(aSnapshot([maren, forged], { phase: "open" }));

/** Knows everybody but the forged, and only once asked. */
class FakeRoll {
  agreed = { dh: "dh", descriptor: aDescriptor() };
  own = maren.identity;
  private readonly checked = new Set<Seat["member"]>();

  known(seats: readonly Seat[]): readonly Seat[] {
    return seats.filter(({ member }) => this.checked.has(member) && member !== forged.member);
  }

  async check(seats: readonly Seat[]): Promise<boolean> {
    await Promise.resolve();
    const before = this.checked.size;
    for (const { member } of seats) this.checked.add(member);
    return this.checked.size > before;
  }
}

class Scene {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly roll = new FakeRoll();
  /** Who was known each time when somebody asked what is believed. */
  readonly asked: (readonly string[])[] = [];
  /** Until when all had been heard, each time. */
  readonly attended: (number | null)[] = [];
  readonly kept = new Map<string, string>();
  believed: Believed | null = null;
  seatFree: Promise<void> = Promise.resolve();
  readonly record = new MeetingRecord({
    world: {
      clock: this.clock,
      log: new FakeLog(),
      open: () => {
        const socket = new FakeSocket();
        this.sockets.push(socket);
        return socket as unknown as WebSocket;
      },
    },
    roll: this.roll,
    session: { session: () => "session", renew: async () => Promise.resolve(true) },
    believe: async (told, attended) => {
      this.attended.push(attended);
      this.asked.push(told.seats.map(({ member }) => member));
      return Promise.resolve(this.believed);
    },
    memory: memoryIn(this.kept),
    url: (meeting) => `wss://host/${meeting}`,
    seatFree: async () => this.seatFree,
  });

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  }

  async opened(told: unknown = snapshot): Promise<void> {
    this.record.open("m" as MeetingId);
    await settled();
    this.socket.opens();
    this.socket.says({ snapshot: told });
    await settled();
  }

  members(): readonly string[] {
    const now = this.record.state.get();
    return now.at === "live" ? now.snapshot.seats.map(({ member }) => member) : [now.at];
  }

  event(number: number, phase: "closed" | "recess"): unknown {
    return { event: { number, kind: "phase_moved", at: snapshot.now, meeting: aMeeting({ phase }) } };
  }
}

function aWord(): unknown {
  return { statement: "AA", signatures: [] };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a meeting's record", () => {
  test("shows nobody whose accreditation does not hold, and nothing before it was checked", async () => {
    const scene = new Scene();
    scene.record.open("m" as MeetingId);
    await settled();
    scene.socket.opens();
    scene.socket.says({ snapshot });
    expect(scene.members()).toEqual(["opening"]);
    await settled();
    expect(scene.members()).toEqual(["maren"]);
  });

  test("a phase that moved is told in the same instant", async () => {
    const scene = new Scene();
    await scene.opened();
    scene.socket.says(scene.event(11, "closed"));
    expect(scene.record.state.get()).toMatchObject({ at: "live", snapshot: { meeting: { phase: "closed" } } });
  });

  test("what is only handed on is heard, counted, and shows nothing anew", async () => {
    const scene = new Scene();
    await scene.opened();
    const heard: unknown[] = [];
    scene.record.listen((handed) => heard.push(handed));
    const before = scene.record.state.get();
    const founding = { group: "chamber", by: maren.member };
    scene.socket.says({ event: { number: 11, kind: "group_founded", at: snapshot.now, founding } });
    expect(heard).toMatchObject([{ founding }]);
    expect(scene.record.state.get()).toBe(before);
    scene.socket.says(scene.event(12, "closed"));
    expect(scene.record.state.get()).toMatchObject({ at: "live", snapshot: { number: 12 } });
  });

  test("of another summit nothing is shown", async () => {
    const scene = new Scene();
    scene.roll.agreed = { ...scene.roll.agreed, dh: "another" };
    await scene.opened();
    expect(scene.record.state.get()).toEqual({ at: "refused", code: "descriptor_bad" });
    expect(scene.socket.closed).toBe(true);
  });

  test.each([
    ["title", { summit: { ...snapshot.summit, title: "Tolmar and Arven meet" } }],
    ["order", { delegations: snapshot.delegations.toReversed() }],
    ["name", { delegations: snapshot.delegations.map((each) => ({ ...each, name: "Arven" })) }],
    ["place", { delegations: snapshot.delegations.map((each) => ({ ...each, place: "Varn" })) }],
    ["language", { delegations: snapshot.delegations.map((each) => ({ ...each, language: "en" })) }],
    ["host", { host: { name: "City of Varn" } }],
    ["languages", { languages: ["en", "fr", "de"] }],
  ])("nothing is shown with another %s than was signed", async (_what, lie) => {
    const scene = new Scene();
    await scene.opened({ ...snapshot, ...lie });
    expect(scene.record.state.get()).toEqual({ at: "refused", code: "descriptor_bad" });
    expect(scene.socket.closed).toBe(true);
  });

  test("in somebody else's seat nothing is shown, neither at first nor later", async () => {
    const scene = new Scene();
    scene.roll.own = "B".repeat(26) as Seat["identity"];
    await scene.opened();
    expect(scene.record.state.get()).toEqual({ at: "refused", code: "device_bad" });
    expect(scene.socket.closed).toBe(true);
    const later = new Scene();
    await later.opened();
    const seats = [{ ...forged, member: maren.member }, maren];
    later.socket.says({ event: { number: 11, kind: "seat_taken", at: snapshot.now, seats } });
    expect(later.record.state.get()).toEqual({ at: "refused", code: "device_bad" });
    expect(later.socket.closed).toBe(true);
  });

  test("after a break it goes on from the last number, and says in between that it is coming back", async () => {
    const scene = new Scene();
    await scene.opened();
    scene.socket.says(scene.event(11, "closed"));
    scene.socket.breaks();
    expect(scene.record.state.get()).toMatchObject({ at: "returning", snapshot: { number: 11 } });
    scene.clock.pass(1000);
    scene.socket.opens();
    expect(scene.socket.sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { hello: { session: "session", after: 11 } },
    ]);
    scene.socket.says({ resumed: { number: 12, now: snapshot.now } });
    scene.socket.says(scene.event(12, "recess"));
    await settled();
    expect(scene.record.state.get()).toMatchObject({ at: "live", snapshot: { meeting: { phase: "recess" } } });
  });

  test("asks for no socket while another tab has the seat", async () => {
    const scene = new Scene();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    scene.seatFree = promise;
    scene.record.open("m" as MeetingId);
    await settled();
    expect(scene.sockets).toHaveLength(0);
    resolve(undefined);
    await settled();
    expect(scene.sockets).toHaveLength(1);
  });

  test("a seat that was yielded stays silent until it is this tab's again", async () => {
    const scene = new Scene();
    await scene.opened();
    scene.record.yieldSeat();
    expect(scene.record.state.get()).toEqual({ at: "refused", code: "taken_over" });
    expect(scene.socket.closed).toBe(true);
    scene.clock.pass(60_000);
    expect(scene.sockets).toHaveLength(1);
    scene.record.reopen();
    await settled();
    scene.socket.opens();
    scene.socket.says({ snapshot });
    await settled();
    expect(scene.members()).toEqual(["maren"]);
  });

  test("every language is spoken, and nobody is asked, until something is arranged", async () => {
    const scene = new Scene();
    await scene.opened();
    expect(scene.asked).toEqual([]);
    const channels = snapshot.languages.map((language) => ({ language, kind: "spoken" }));
    expect(scene.record.state.get()).toMatchObject({ snapshot: { channels, booths: [], isDoubtful: false } });
  });

  test("what is shown as arranged is what is believed of it, asked of those whose chain holds", async () => {
    const scene = new Scene();
    scene.believed = { channels: [], booths: [], numbers: { joint: 1 }, isDoubtful: true };
    const arranged = [{ statement: "AA", signatures: [] }];
    await scene.opened({ ...snapshot, arranged });
    expect(scene.asked).toEqual([["maren"]]);
    expect(scene.record.state.get()).toMatchObject({
      at: "live",
      snapshot: { numbers: { joint: 1 }, isDoubtful: true },
    });
  });

  test("what is withheld again is asked about all the same, and what is not known now stays as it was", async () => {
    const scene = new Scene();
    scene.believed = { channels: [], booths: [], numbers: { joint: 1 }, isDoubtful: false };
    await scene.opened({ ...snapshot, arranged: [{ statement: "AA", signatures: [] }] });
    scene.believed = null;
    scene.socket.says({
      event: { number: 11, kind: "channels_changed", at: snapshot.now, arranged: [], arrangement: null },
    });
    await settled();
    expect(scene.asked).toHaveLength(2);
    expect(scene.record.state.get()).toMatchObject({ at: "live", snapshot: { numbers: { joint: 1 } } });
  });

  test("what is arranged is asked about with the time until which all had been heard, by one's own clock", async () => {
    const scene = new Scene();
    scene.believed = { channels: [], booths: [], numbers: {}, isDoubtful: false };
    await scene.opened();
    const began = Date.parse(snapshot.now);
    const changed = (number: number): void => {
      scene.socket.says({ event: { number, kind: "booths_changed", at: snapshot.now, arranged: [aWord()] } });
    };
    // A server that says that no time passes makes nothing early.
    for (const _ of [0, 1, 2, 3]) {
      scene.clock.pass(10_000);
      scene.socket.says({ heartbeat: { number: 10, now: snapshot.now } });
    }
    changed(11);
    await settled();
    expect(scene.attended).toEqual([began + 40_000]);
    // It is remembered though nothing had been arranged when the page was loaded anew.
    scene.record.close();
    await scene.opened({ ...snapshot, arranged: [aWord()] });
    expect(scene.attended.at(-1)).toBe(began + 40_000);
  });

  test("what could not be looked at when it came is not late when it can", async () => {
    const scene = new Scene();
    await scene.opened({ ...snapshot, arranged: [aWord()] });
    for (const _ of [0, 1, 2, 3, 4]) {
      scene.clock.pass(10_000);
      scene.socket.says({ heartbeat: { number: 10, now: snapshot.now } });
      await settled();
    }
    expect(new Set(scene.attended)).toEqual(new Set([null]));
    scene.believed = { channels: [], booths: [], numbers: {}, isDoubtful: false };
    for (const _ of [0, 1]) {
      scene.socket.says({ heartbeat: { number: 10, now: snapshot.now } });
      await settled();
    }
    expect(scene.attended.slice(-2)).toEqual([null, Date.parse(snapshot.now) + 50_000]);
  });

  test("its clock is the server's", async () => {
    const scene = new Scene();
    await scene.opened();
    expect(scene.record.now()).toBe(Date.parse(snapshot.now));
    scene.clock.pass(5000);
    expect(scene.record.now()).toBe(Date.parse(snapshot.now) + 5000);
  });
});

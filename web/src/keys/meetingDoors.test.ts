import { beforeEach, expect, test, vi } from "vitest";
import type { Meeting, Seat, Snapshot } from "../contract/parse";
import type { KeptSeat } from "../identity";
import { toB64u } from "../kernel/b64u";
import type { MeetingId, MemberId, Party } from "../kernel/ids";
import { AccreditedSummit } from "../testing/accredited";
import { aMeeting, aSeat, aSnapshot } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { type SignedDoors, signDoors } from "./doorsOrder";
import { LEASE, RENEWAL } from "./doors";
import { MeetingDoors } from "./meetingDoors";

const MEETING = "7d1f0b9a-2222-4333-8444-555566667777" as MeetingId;
const clock = new FakeClock(Date.parse("2026-12-07T14:09:00.000Z"));
const summit = await AccreditedSummit.agreed(clock);
const [maren, vey, adviser] = [
  await summit.seat("arven", "principal", true),
  await summit.seat("tolmar", "chair"),
  await summit.seat("arven", "adviser"),
];

function seatOf(seat: KeptSeat, party: string, role: Seat["role"], isChair: boolean): Seat {
  const { identity, invitation, invitation_signature, device, device_signature } = seat;
  const chain = { invitation, invitation_signature, device, device_signature };
  return aSeat(identity, { identity, party: party as Party, role, chair: isChair, ...chain });
}

const SEATS = [
  seatOf(maren, "arven", "principal", true),
  seatOf(vey, "tolmar", "chair", true),
  seatOf(adviser, "arven", "adviser", false),
];

/** What the host hands on, and everybody's page. */
class Host {
  readonly handed = new Map<string, Snapshot["doors"][number]>();
  meeting = aMeeting({ id: MEETING, phase: "arrival", openings: 0 });
  consents: Snapshot["consents"] = [
    { move: "open_doors", argument: null, parties: ["arven" as Party], since: this.meeting.scheduled },
  ];
  pages: readonly Page[] = [];
  seats: readonly Seat[] = SEATS;

  tellAll(): void {
    for (const page of this.pages) page.doors.follow(page.snapshot());
  }

  hand(member: MemberId, signed: SignedDoors): void {
    this.handed.set(member, { member, ...signed });
    this.tellAll();
  }

  stand(part: Partial<Meeting>): void {
    this.meeting = { ...this.meeting, ...part };
    this.tellAll();
  }

  get seen(): string {
    return this.pages.map((page) => page.at).join(" ");
  }
}

let host: Host;

/** Everybody's page shows this. */
function each(at: string): string {
  return host.pages.map(() => at).join(" ");
}

class Page {
  readonly log = new FakeLog();
  readonly doors: MeetingDoors;
  readonly you: MemberId;
  readonly given: SignedDoors[] = [];
  private readonly host = host;
  isCutOff = false;

  constructor(seat: KeptSeat, kept: Map<string, string> = new Map<string, string>(), ahead = 0) {
    this.you = seat.identity as string as MemberId;
    const memory = memoryIn(kept);
    const give = async (_: MeetingId, signed: SignedDoors): Promise<void> => {
      this.given.push(signed);
      if (this.isCutOff) throw new Error("cut off");
      this.host.hand(this.you, signed);
      return Promise.resolve();
    };
    const after: FakeClock["after"] = (ms, then) => clock.after(ms, then);
    const ground = { seat, pinned: summit.pinned, meeting: MEETING, ahead };
    this.doors = new MeetingDoors({ clock, after, log: this.log, memory, give }, ground, this.snapshot());
    this.doors.follow(this.snapshot());
  }

  snapshot(): Snapshot {
    const { consents, handed, meeting, seats } = this.host;
    const snapshot = aSnapshot({ seats, consents, doors: [...handed.values()] });
    return { ...snapshot, you: this.you, meeting };
  }

  get at(): string {
    return this.doors.state.get().doors.at;
  }
}

beforeEach(() => {
  host = new Host();
});

async function threeThere(): Promise<[Page, Page, Page]> {
  const there: [Page, Page, Page] = [new Page(maren), new Page(vey), new Page(adviser)];
  host.pages = there;
  return Promise.resolve(there);
}

async function opened(): Promise<[Page, Page, Page]> {
  const there = await threeThere();
  there[0].doors.hold();
  there[1].doors.hold();
  host.stand({ phase: "open", openings: 1 });
  await expect.poll(() => host.seen).toBe(each("open"));
  return there;
}

test("doors open when the chairs of both delegations have signed that they hold them, for an adviser too", async () => {
  const [first] = await threeThere();
  first.doors.hold();
  await expect.poll(() => host.seen).toBe(each("opening"));
  host.stand({ phase: "open", openings: 1 });
  // The server's word opens nothing.
  await expect.poll(() => host.seen).toBe(each("opening"));
  host.pages[1]?.doors.hold();
  await expect.poll(() => host.seen).toBe(each("open"));
});

test("one chair's word closes them everywhere, although the server goes on saying that they are open", async () => {
  const [first] = await opened();
  await first.doors.close();
  await expect.poll(() => host.seen).toBe(each("closed"));
  await expect.poll(() => host.pages.map(({ doors }) => doors.state.get().isShut)).toEqual([true, true, true]);
  clock.pass(3 * RENEWAL);
  await expect.poll(() => host.seen).toBe(each("closed"));
});

test("what looks like a chair's word to close them closes them before it is checked, and no longer if it is none", async () => {
  const [first] = await opened();
  const [, second] = SEATS;
  const member = (second ?? aSeat("nobody")).member;
  const place = { descriptor: summit.pinned.dh, meeting: MEETING };
  const word = { order: "close", opening: 1, at: new Date(clock.now()).toISOString() } as const;
  const forged = await signDoors(maren, place, word);
  // Of another opening, of another place, of no form at all, or of somebody who gives no orders: no reason to doubt.
  const other = SEATS[2] ?? aSeat("nobody");
  const harmless = [
    [member, await signDoors(maren, place, { ...word, opening: 2 })],
    [member, await signDoors(maren, { ...place, meeting: "another" as MeetingId }, word)],
    [member, { order: "AA", signature: "AA" }],
    [other.member, await signDoors(adviser, place, word)],
  ] as const;
  for (const [who, signed] of harmless) {
    host.hand(who, signed);
    expect(host.seen).toBe(each("open"));
  }
  host.hand(member, forged);
  expect(host.seen).toBe(each("closed"));
  await expect.poll(() => host.seen).toBe(each("open"));
  expect(first.log.events).toHaveLength(4);
});

test("doors whose orders the server withholds fall shut within a lease", async () => {
  const [, , adviserPage] = await opened();
  host.pages = host.pages.slice(0, 2);
  clock.pass(LEASE);
  expect(adviserPage.at).toBe("closed");
  expect(adviserPage.doors.state.get().fallen).toEqual(["arven", "tolmar"]);
  // After a recess it is of no interest any more.
  adviserPage.doors.follow({ ...adviserPage.snapshot(), meeting: { ...host.meeting, phase: "recess" } });
  expect(adviserPage.doors.state.get().fallen).toBeNull();
});

test("an order by another device, of another meeting, or in another's name holds nothing, and is noted", async () => {
  const [first] = await threeThere();
  const word = { order: "hold", opening: 1, at: new Date(clock.now()).toISOString() } as const;
  const place = { descriptor: summit.pinned.dh, meeting: MEETING };
  const [, second] = SEATS;
  const member = (second ?? aSeat("nobody")).member;
  for (const signed of [
    await signDoors(maren, place, word),
    await signDoors(vey, { ...place, meeting: "another" as MeetingId }, word),
    await signDoors(vey, { ...place, descriptor: toB64u(new Uint8Array(32)) }, word),
    { order: "AA", signature: "AA" },
  ]) {
    host.hand(member, signed);
  }
  await vi.waitFor(() => {
    expect(first.log.events.length).toBe(4);
  });
  await expect.poll(() => host.seen).toBe(each("closed"));
  // What was looked at once is not looked at again, however often it is told.
  first.doors.hold();
  await expect.poll(() => host.seen).toBe(each("opening"));
  expect(first.log.events.length).toBe(4);
});

test("an order of somebody whose seat is not known yet is looked at when it is", async () => {
  const [first, second, third] = await threeThere();
  host.seats = SEATS.filter(({ party }) => party !== "tolmar");
  host.tellAll();
  second.doors.hold();
  await expect.poll(() => host.handed.size).toBe(1);
  first.doors.hold();
  // What came before it was looked at by then.
  await expect.poll(() => third.doors.state.get().doors).toMatchObject({ at: "opening", by: ["arven"] });
  host.seats = SEATS;
  host.tellAll();
  await expect.poll(() => host.seen).toBe(each("open"));
});

test("the time is the server's, by which all devices are together", async () => {
  const behind = 60_000;
  host.pages = [
    new Page(maren, undefined, behind),
    new Page(vey, undefined, behind),
    new Page(adviser, undefined, behind),
    new Page(adviser),
  ];
  for (const { doors } of host.pages) doors.hold();
  await expect.poll(() => host.seen).toBe("open open open closed");
});

test("an order that could not be handed on is noted, and the next is", async () => {
  const [first] = await threeThere();
  first.isCutOff = true;
  first.doors.hold();
  await expect.poll(() => first.log.events).toEqual(["order about the doors not handed on"]);
  expect(host.seen).toBe("opening closed closed");
  first.isCutOff = false;
  clock.pass(RENEWAL);
  await expect.poll(() => host.seen).toBe(each("opening"));
});

test("doors that are open are held on, though consents are of no more use; another opening begins closed", async () => {
  const [first, second] = await opened();
  host.consents = [];
  host.tellAll();
  for (let renewals = 0; renewals < 7; renewals += 1) {
    const given = [first, second].map((page) => page.given.length + 1);
    clock.pass(RENEWAL);
    // eslint-disable-next-line no-await-in-loop -- one after the other
    await expect.poll(() => [first, second].map((page) => page.given.length)).toEqual(given);
  }
  await expect.poll(() => host.seen).toBe(each("open"));
  await first.doors.close();
  host.stand({ phase: "closed" });
  await expect.poll(() => host.seen).toBe(each("closed"));
  host.stand({ phase: "open", openings: 2 });
  first.doors.hold();
  second.doors.hold();
  await expect.poll(() => host.seen).toBe(each("open"));
});

test("an adviser's order is none, however it is signed", async () => {
  const [, , third] = await threeThere();
  third.doors.hold();
  expect(third.given).toEqual([]);
  const word = { order: "hold", opening: 1, at: new Date(clock.now()).toISOString() } as const;
  host.hand(third.you, await signDoors(adviser, { descriptor: summit.pinned.dh, meeting: MEETING }, word));
  host.pages[1]?.doors.hold();
  await vi.waitFor(() => {
    expect(host.pages.map(({ doors }) => doors.state.get().doors)).toEqual(
      host.pages.map(() => ({ at: "opening", by: ["tolmar"], awaited: ["arven"] })),
    );
  });
});

test("a hand that is on the doors before the server has told of the wish stays on them", async () => {
  const { consents } = host;
  host.consents = [];
  const [first] = await threeThere();
  first.doors.hold();
  await expect.poll(() => host.seen).toBe(each("opening"));
  host.consents = consents;
  host.tellAll();
  clock.pass(RENEWAL);
  await expect.poll(() => first.given.length).toBe(2);
});

test.each([
  ["and nobody else's is left", []],
  ["though the other delegation's is left", ["tolmar" as Party]],
])("a chair whose wish is taken back lets go, %s", async (_, parties) => {
  const [first] = await threeThere();
  first.doors.hold();
  await expect.poll(() => host.seen).toBe(each("opening"));
  host.consents = host.consents.map((consent) => ({ ...consent, parties }));
  host.tellAll();
  clock.pass(LEASE);
  await expect.poll(() => host.seen).toBe(each("closed"));
  expect(first.given.length).toBe(1);
});

test("who reloads when their delegation wishes it no longer, or for another opening, does not hold the doors", async () => {
  const kept = new Map<string, string>();
  host.pages = [new Page(maren, kept)];
  host.pages[0]?.doors.hold();
  await expect.poll(() => host.seen).toBe("opening");
  host.pages[0]?.doors.end();
  expect(kept.size).toBe(1);
  host.stand({ phase: "open", openings: 2 });
  // Whoever holds them sees it at once.
  expect(new Page(maren, kept).at).toBe("closed");
  host.stand({ phase: "arrival", openings: 0 });
  host.consents = [];
  expect(new Page(maren, kept).at).toBe("closed");
});

test("who reloads while they hold the doors holds them on; who has closed them does not", async () => {
  const kept = new Map<string, string>();
  host.pages = [new Page(maren, kept), new Page(vey)];
  for (const { doors } of host.pages) doors.hold();
  host.stand({ phase: "open", openings: 1 });
  await expect.poll(() => host.seen).toBe(each("open"));
  const [gone] = host.pages;
  gone?.doors.end();
  const back = new Page(maren, kept);
  host.pages = [back, ...host.pages.slice(1)];
  await vi.waitFor(() => {
    expect(back.given.length).toBe(1);
  });
  await expect.poll(() => host.seen).toBe(each("open"));
  clock.pass(2 * LEASE);
  await expect.poll(() => host.seen).toBe(each("open"));
  expect(gone?.given.length).toBe(1);
  await back.doors.close();
  const again = new Page(maren, kept);
  expect(again.given).toEqual([]);
  expect(kept.size).toBe(0);
});

test("doors that are not open are not closed by a chair who begins behind them", async () => {
  const [first] = await threeThere();
  await first.doors.close();
  expect(first.given).toEqual([]);
});

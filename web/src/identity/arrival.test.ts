// @vitest-environment node
import { describe, expect, test } from "vitest";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Lack } from "./fitness";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { FakeServer, TestSummit } from "../testing/summit";
import { Arrival } from "./arrival";
import type { KeptSeat } from "./deviceKeys";
import { Roll } from "./roll";
import { SessionBearer } from "./session";

/** What a browser keeps between two visits. */
class Browser {
  readonly seats = new Map<string, KeptSeat>();
  fragment = "";
  lacks: readonly Lack[] = [];

  arrival(server: FakeServer, clock = new FakeClock()) {
    const bearer = new SessionBearer(server, "https://host");
    const roll = new Roll(new FakeLog());
    const told: string[] = [];
    const arrival = new Arrival({
      server,
      bearer,
      roll,
      seats: {
        find: async (serial) => Promise.resolve(this.seats.get(serial)),
        keep: async (seat) => {
          this.seats.set(seat.serial, seat);
          return Promise.resolve();
        },
      },
      address: {
        fragment: () => this.fragment,
        become: (fragment) => {
          this.fragment = fragment;
        },
      },
      lacking: async () => Promise.resolve(this.lacks),
      clock,
      log: new FakeLog(),
    });
    arrival.state.subscribe(() => {
      told.push(arrival.state.get().at);
    });
    return { arrival, bearer, clock, roll, told };
  }
}

async function scene() {
  const summit = await TestSummit.open();
  const browser = new Browser();
  browser.fragment = await summit.link("Ilse Maren", "principal");
  return { browser, server: new FakeServer(summit), summit };
}

const ENROLLED = [
  "POST enrolments",
  "POST challenges",
  "POST sessions",
  expect.stringMatching(/^GET summits/),
  "GET dossier",
];

describe("arriving", () => {
  test("with a link: a key is made and kept, the link leaves the address, a session is opened", async () => {
    const { browser, server, summit } = await scene();
    const { arrival, bearer, roll, told } = browser.arrival(server);
    await arrival.arrive();
    expect(told).toEqual(["enrolling", "signing-in", "signed-in"]);
    expect(server.asked).toEqual(ENROLLED);
    expect(browser.fragment).toBe(`#/seat/${arrival.seat ?? ""}`);
    expect([...browser.seats.keys()]).toEqual([arrival.seat]);
    expect(roll.agreed?.dh).toBe(summit.dh);
    expect(bearer.token()).not.toBeNull();
  });

  test("again after a reload: with the kept key, without enrolling", async () => {
    const { browser, server } = await scene();
    await browser.arrival(server).arrival.arrive();
    server.asked.length = 0;
    const { arrival, told } = browser.arrival(server);
    await arrival.arrive();
    expect(told).toEqual(["signing-in", "signed-in"]);
    expect(server.asked).toEqual(ENROLLED.slice(1));
  });

  test("an answer that was lost: the same device is told of again, not another one", async () => {
    const { browser, server } = await scene();
    server.failures.push(new RefusedError("too_many_requests"));
    await browser.arrival(server).arrival.arrive();
    const [first] = browser.seats.values();
    expect(browser.fragment).toMatch(/^#\/join\//);
    await browser.arrival(server).arrival.arrive();
    expect([...browser.seats.values()]).toEqual([first]);
    expect(browser.fragment).toMatch(/^#\/seat\//);
  });

  test("a server out of reach is asked again until it answers", async () => {
    const { browser, server } = await scene();
    server.failures.push(new OutageError("internal"), new OutageError("internal"));
    const { arrival, clock } = browser.arrival(server);
    const arriving = arrival.arrive();
    const timer = setInterval(() => {
      clock.pass(1000);
    }, 1);
    await arriving;
    clearInterval(timer);
    expect(arrival.state.get().at).toBe("signed-in");
    expect(server.asked.filter((line) => line === "POST enrolments")).toHaveLength(3);
  });
});

describe("arriving is refused", () => {
  test("by a server's no, in its own words", async () => {
    const { browser, server } = await scene();
    server.failures.push(new RefusedError("invitation_used"));
    const { arrival } = browser.arrival(server);
    await arrival.arrive();
    expect(arrival.state.get()).toEqual({ at: "refused", code: "invitation_used" });
  });

  test("when the server shows another descriptor than the one invited under", async () => {
    const { browser, server } = await scene();
    const other = await TestSummit.open();
    server.lies.set("summits/00000000-0000-4000-8000-000000000001/descriptor", await other.sent());
    const { arrival, roll } = browser.arrival(server);
    await arrival.arrive();
    expect(arrival.state.get()).toEqual({ at: "refused", code: "descriptor_bad" });
    expect(roll.agreed).toBeNull();
  });

  test("when the server says one is somebody else", async () => {
    const { browser, server, summit } = await scene();
    const you = { ...summit.seatOf(await summit.kept("Tove Brandt", "chair")), present: null };
    server.lies.set("dossier", { summit: { id: "s", title: "t" }, you, meetings: [] });
    const { arrival } = browser.arrival(server);
    await arrival.arrive();
    expect(arrival.state.get()).toEqual({ at: "refused", code: "device_bad" });
  });

  test("when the server calls the summit by another name than was signed", async () => {
    const { browser, server, summit } = await scene();
    await browser.arrival(server).arrival.arrive();
    const [kept] = browser.seats.values();
    if (kept === undefined) throw new Error("no seat was kept");
    const id = "00000000-0000-4000-8000-000000000001";
    server.lies.set("dossier", { summit: { id, title: "Tolmar meets" }, you: summit.seatOf(kept), meetings: [] });
    const { arrival } = browser.arrival(server);
    await arrival.arrive();
    expect(arrival.state.get()).toEqual({ at: "refused", code: "descriptor_bad" });
  });

  test("without an invitation, or without its key", async () => {
    const { browser, server } = await scene();
    for (const fragment of ["", `#/seat/${"a".repeat(22)}`]) {
      browser.fragment = fragment;
      const { arrival } = browser.arrival(server);
      await arrival.arrive();
      expect(arrival.state.get()).toEqual({ at: "nobody" });
    }
    expect(server.asked).toEqual([]);
  });

  test("in a browser that cannot keep the promise; nothing is sent", async () => {
    const { browser, server } = await scene();
    browser.lacks = ["ed25519"];
    const { arrival } = browser.arrival(server);
    await arrival.arrive();
    expect(arrival.state.get()).toEqual({ at: "unfit-browser", lacks: ["ed25519"] });
    expect(server.asked).toEqual([]);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import type { Said } from "../contract/parse";
import type { Identity, Party } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import type { Member } from "./credential";
import { DoorOrders } from "./doorOrders";
import { LEASE, RENEWAL } from "./doors";
import type { EnvelopeTold } from "./words";

const NOW = Date.parse("2026-12-07T14:09:00.000Z");
const DELEGATIONS = ["arven", "tolmar"] as Party[];
let clock: FakeClock;
let clients: Client[];
let number = 0;

function tell(told: EnvelopeTold): void {
  for (const { orders } of clients) orders.hear(told);
}

/** A client in the chamber: what one says, all hear, unless it is withheld from them. */
class Client {
  readonly member: Member;
  readonly orders: DoorOrders;
  isMute = false;

  constructor(name: string, party: string, chair = true) {
    const who = { party: party as Party, serial: name, identity: name as Identity, name };
    this.member = { ...who, role: "principal", chair, red: true, expires: NOW + 1e9 };
    const say = (said: Said): void => {
      number += 1;
      if (!this.isMute) tell({ told: "heard", number, from: this.member, said });
    };
    this.orders = new DoorOrders({ clock, delegations: DELEGATIONS, say }, 1);
  }
}

let ada: Client;
let boris: Client;
let cyd: Client;

beforeEach(() => {
  clock = new FakeClock(NOW);
  ada = new Client("ada", "arven");
  boris = new Client("boris", "tolmar");
  cyd = new Client("cyd", "arven", false);
  clients = [ada, boris, cyd];
});

function seen(): readonly string[] {
  return clients.map(({ orders }) => orders.state.get().doors.at);
}

const all = (at: string): readonly string[] => [at, at, at];

function opened(): void {
  ada.orders.hold();
  boris.orders.hold();
}

describe("the doors", () => {
  test("open at every client once both chairs hold them, and stay open while they do", () => {
    ada.orders.hold();
    expect(seen()).toEqual(all("opening"));
    expect(cyd.orders.state.get().doors).toMatchObject({ awaited: ["tolmar"] });
    boris.orders.hold();
    expect(seen()).toEqual(all("open"));
    clock.pass(10 * LEASE);
    expect(seen()).toEqual(all("open"));
    expect(ada.orders.state.get().isHeld).toBe(true);
    expect(cyd.orders.state.get().isHeld).toBe(false);
  });

  test("close at once by one chair's word, and nobody's page opens them again", () => {
    opened();
    clock.pass(3000);
    boris.orders.close();
    expect(seen()).toEqual(all("closed"));
    expect(ada.orders.state.get().isHeld).toBe(false);
    clock.pass(2 * RENEWAL);
    expect(seen()).toEqual(all("closed"));
    opened();
    expect(seen()).toEqual(all("open"));
  });

  test("close at the chair's own client though the word reaches nobody, and everywhere when the lease is over", () => {
    opened();
    clock.pass(3000);
    ada.isMute = true;
    ada.orders.close();
    expect(seen()).toEqual(["closed", "open", "open"]);
    clock.pass(LEASE - 3001);
    expect(seen()).toEqual(["closed", "open", "open"]);
    clock.pass(1);
    expect(seen().slice(1)).toEqual(["opening", "opening"]);
  });

  test("stay closed at the client of who closed them, though another chair of theirs does not hear it", () => {
    const alan = new Client("alan", "arven");
    clients = [...clients, alan];
    opened();
    alan.orders.hold();
    clock.pass(3000);
    ada.isMute = true;
    ada.orders.close();
    clock.pass(2 * LEASE);
    expect(seen()).toEqual(["closed", "open", "open", "open"]);
  });

  test("fall shut when a chair's page has ended", () => {
    opened();
    ada.orders.end();
    clients = [boris, cyd];
    clock.pass(LEASE);
    expect(seen()).toEqual(["opening", "opening"]);
  });

  test("are not moved by who is no chair", () => {
    cyd.orders.hold();
    expect(seen()).toEqual(all("closed"));
    opened();
    cyd.orders.close();
    expect(seen()).toEqual(["open", "open", "closed"]);
  });

  test("of another opening begin closed, and nobody holds them", () => {
    opened();
    for (const { orders } of clients) orders.meant(2);
    expect(seen()).toEqual(all("closed"));
    clock.pass(RENEWAL);
    expect(seen()).toEqual(all("closed"));
    expect(ada.orders.state.get().isHeld).toBe(false);
  });
});

describe("doubt", () => {
  test.each([
    ["a chair's word is missing", { told: "gap", number: 9, from: "ada", missing: 1 }],
    ["something is forged", { told: "unheard", number: 9, why: "forged", from: null }],
    ["something is said again", { told: "unheard", number: 9, why: "replay", from: null }],
  ])("closes the doors where %s, until the chairs have said again that they are open", (_why, told) => {
    opened();
    clock.pass(1000);
    const named = told.from === null ? told : { ...told, from: ada.member };
    cyd.orders.hear(named as EnvelopeTold);
    expect(seen()).toEqual(["open", "open", "closed"]);
    clock.pass(RENEWAL);
    expect(seen()).toEqual(all("open"));
  });

  test("is none when an adviser's word is missing, or something is from before one's coming", () => {
    opened();
    cyd.orders.hear({ told: "gap", number: 9, from: cyd.member, missing: 1 });
    cyd.orders.hear({ told: "unheard", number: 9, why: "earlier", from: null });
    expect(seen()).toEqual(all("open"));
  });

  test("that hides a closing leaves them closed, for the lease is not renewed", () => {
    opened();
    clock.pass(1000);
    ada.isMute = true;
    ada.orders.close();
    ada.isMute = false;
    tell({ told: "gap", number: 9, from: ada.member, missing: 1 });
    expect(seen()).toEqual(all("closed"));
    clock.pass(10 * LEASE);
    expect(seen()).not.toContain("open");
  });
});

test("who confirms that nothing leaves any more is counted, for the opening that is left", () => {
  opened();
  cyd.orders.confirm(1);
  boris.orders.close();
  for (const { orders } of clients) orders.meant(2);
  cyd.orders.confirm(2);
  expect(ada.orders.state.get().shut).toEqual([]);
  for (const { orders } of clients) orders.confirm(1);
  cyd.orders.confirm(1);
  expect(ada.orders.state.get().shut).toEqual(["ada", "boris", "cyd"]);
  opened();
  expect(ada.orders.state.get().shut).toEqual([]);
});

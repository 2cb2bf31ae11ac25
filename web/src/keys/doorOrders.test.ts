import { beforeEach, describe, expect, test } from "vitest";
import type { DoorsWord } from "../contract/parse";
import type { Identity, Party } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { DoorOrders } from "./doorOrders";
import { type Chair, LEASE, RENEWAL } from "./doors";

const NOW = Date.parse("2026-12-07T14:09:00.000Z");
const DELEGATIONS = ["arven", "tolmar"] as Party[];
let clock: FakeClock;
let clients: Client[];

/** A client: what one says, all the others hear, unless it is withheld from them. */
class Client {
  readonly own: Chair | null;
  readonly orders: DoorOrders;
  readonly said: DoorsWord[] = [];
  remembered: number | null = null;
  isMute = false;

  constructor(name: string, party: string, isChair = true) {
    const own = { party: party as Party, identity: name as Identity };
    this.own = isChair ? own : null;
    const give = async (word: DoorsWord): Promise<void> => {
      this.said.push(word);
      if (!this.isMute) for (const client of clients) client.orders.hear(own, word);
      return Promise.resolve();
    };
    const remember = (opening: number | null): void => {
      this.remembered = opening;
    };
    const after: FakeClock["after"] = (ms, then) => clock.after(ms, then);
    this.orders = new DoorOrders({ clock, after, delegations: DELEGATIONS, own: this.own, give, remember }, 1);
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
    expect(ada.said.length).toBe(1 + (10 * LEASE) / RENEWAL);
  });

  test("are held once, however often a chair says so, and by nobody who is no chair", () => {
    opened();
    ada.orders.hold();
    cyd.orders.hold();
    clock.pass(RENEWAL);
    expect(clients.map(({ said }) => said.length)).toEqual([2, 2, 0]);
    expect(cyd.remembered).toBeNull();
    ada.orders.release();
    ada.orders.hold();
    clock.pass(RENEWAL);
    expect(ada.said.length).toBe(4);
  });

  test("close at once by one chair's word, and nobody's page opens this opening again", async () => {
    opened();
    clock.pass(3000);
    await boris.orders.close();
    expect(seen()).toEqual(all("closed"));
    expect(cyd.orders.state.get().isShut).toBe(true);
    clock.pass(2 * RENEWAL);
    opened();
    expect(seen()).toEqual(all("closed"));
    expect(ada.said.map(({ order }) => order)).toEqual(["hold"]);
    for (const { orders } of clients) orders.meant(2);
    opened();
    expect(seen()).toEqual(all("open"));
  });

  test("close at the chair's own client though the word reaches nobody, and everywhere when the lease is over", async () => {
    opened();
    clock.pass(3000);
    ada.isMute = true;
    await ada.orders.close();
    expect(seen()).toEqual(["closed", "open", "open"]);
    clock.pass(LEASE - 3001);
    expect(seen()).toEqual(["closed", "open", "open"]);
    clock.pass(1);
    expect(seen().slice(1)).toEqual(["opening", "opening"]);
  });

  test("stay closed at the client of who closed them, though another chair of theirs does not hear it", async () => {
    const alan = new Client("alan", "arven");
    clients = [...clients, alan];
    opened();
    alan.orders.hold();
    clock.pass(3000);
    ada.isMute = true;
    await ada.orders.close();
    clock.pass(2 * LEASE);
    expect(seen()).toEqual(["closed", "open", "open", "open"]);
  });

  test("fall shut when a chair's page has ended, or has let go", () => {
    opened();
    ada.orders.end();
    clients = [boris, cyd];
    clock.pass(LEASE);
    expect(seen()).toEqual(["opening", "opening"]);
    boris.orders.release();
    clock.pass(LEASE);
    expect(seen()).toEqual(["closed", "closed"]);
  });

  test("say by whom they were let go when they fell shut, and nothing of it once they are open, closed by word, or over", async () => {
    const fallen = () => cyd.orders.state.get().fallen;
    ada.orders.hold();
    ada.orders.release();
    clock.pass(LEASE);
    // They had never been open.
    expect(fallen()).toBeNull();
    opened();
    ada.orders.release();
    clock.pass(LEASE);
    expect(fallen()).toEqual(["arven"]);
    boris.orders.release();
    clock.pass(LEASE);
    expect(fallen()).toEqual(["arven"]);
    opened();
    expect(fallen()).toBeNull();
    for (const { orders } of [ada, boris]) orders.release();
    clock.pass(LEASE);
    expect(fallen()).toEqual(DELEGATIONS);
    cyd.orders.forgetFall();
    expect(fallen()).toBeNull();
    opened();
    await ada.orders.close();
    expect(fallen()).toBeNull();
    for (const { orders } of clients) orders.meant(2);
    opened();
    expect(cyd.orders.state.get().doors.at).toBe("open");
    cyd.orders.meant(3);
    expect(fallen()).toBeNull();
  });

  test("are let go by nobody for a word that was meant for another opening", () => {
    opened();
    for (const { orders } of clients) {
      const at = new Date(clock.now()).toISOString();
      orders.hear({ party: "tolmar" as Party, identity: "bela" as Identity }, { order: "close", opening: 0, at });
    }
    clock.pass(2 * LEASE);
    expect(seen()).toEqual(all("open"));
  });

  test("tell nothing more when the page has ended", () => {
    opened();
    let told = 0;
    cyd.orders.state.subscribe(() => {
      told += 1;
    });
    cyd.orders.end();
    clients = [ada, boris];
    clock.pass(2 * LEASE);
    expect(told).toBe(0);
  });

  test("are closed while an order to close them is looked at, and as before when it was none", async () => {
    opened();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const doubted = cyd.orders.doubt(promise);
    expect(cyd.orders.state.get()).toEqual({ doors: { at: "closed" }, isShut: false, fallen: null });
    resolve(undefined);
    await doubted;
    expect(cyd.orders.state.get()).toMatchObject({ doors: { at: "open" }, fallen: null });
  });

  test("of another opening begin closed, and nobody holds them", () => {
    opened();
    for (const { orders } of clients) orders.meant(2);
    expect(seen()).toEqual(all("closed"));
    clock.pass(RENEWAL);
    expect(seen()).toEqual(all("closed"));
    expect(ada.remembered).toBeNull();
  });
});

test("what a chair holds is remembered until they close, let go, or another closes; not when the page ends", async () => {
  opened();
  expect([ada.remembered, boris.remembered, cyd.remembered]).toEqual([1, 1, null]);
  await ada.orders.close();
  expect([ada.remembered, boris.remembered]).toEqual([null, null]);
  for (const { orders } of clients) orders.meant(2);
  opened();
  ada.orders.release();
  boris.orders.end();
  expect([ada.remembered, boris.remembered]).toEqual([null, 2]);
});

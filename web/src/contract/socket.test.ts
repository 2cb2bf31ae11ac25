// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { aSeat, asSent, aSnapshot } from "../testing/scenes";
import { FakeSocket } from "../testing/socket";
import type { ErrorCode } from "./codes";
import type { Message } from "./parse";
import { EventSocket } from "./socket";

class Scene {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly told: string[] = [];
  after: number | undefined = undefined;
  session: string | null = "secret";
  renews = true;
  readonly socket = new EventSocket(
    {
      url: "wss://host/socket",
      session: () => this.session,
      renew: async () => {
        this.session = "renewed";
        return this.renews;
      },
      after: () => this.after,
    },
    {
      message: (message: Message) => {
        this.told.push(Object.keys(message).join(""));
      },
      lost: () => {
        this.told.push("lost");
      },
      refused: (code: ErrorCode) => {
        this.told.push(code);
      },
    },
    {
      clock: this.clock,
      log: new FakeLog(),
      open: () => {
        const socket = new FakeSocket();
        this.sockets.push(socket);
        return socket as unknown as WebSocket;
      },
    },
  );

  last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("none opened");
    return socket;
  }
}

const snapshot = { snapshot: asSent(aSnapshot([aSeat("maren", "principal")])) };
const valid = { snapshot: { ...snapshot.snapshot, summit: { ...snapshot.snapshot.summit } } };
const heartbeat = { heartbeat: { number: 11, now: "2026-03-01T09:00:10.000Z" } };

describe("the socket", () => {
  let scene: Scene;

  beforeEach(() => {
    const events = new EventTarget();
    for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"] as const) {
      Object.defineProperty(globalThis, name, { value: events[name].bind(events), configurable: true });
    }
    // Node's navigator does not know whether there is a line.
    Object.defineProperty(navigator, "onLine", { value: true, configurable: true });
    scene = new Scene();
    scene.socket.open();
    scene.last().opens();
  });

  afterEach(() => {
    scene.socket.close();
  });

  test("says hello, and hands on what comes", () => {
    expect(scene.last().sent).toEqual(['{"hello":{"session":"secret"}}']);
    scene.last().says(valid);
    scene.last().says(heartbeat);
    expect(scene.told).toEqual(["snapshot", "heartbeat"]);
  });

  test("comes back with its number at once, then with growing waits", () => {
    scene.last().says(valid);
    scene.after = 10;
    scene.last().breaks();
    scene.clock.pass(0);
    scene.last().opens();
    expect(scene.last().sent).toEqual(['{"hello":{"session":"secret","after":10}}']);
    scene.last().breaks();
    scene.clock.pass(70);
    expect(scene.sockets).toHaveLength(2);
    scene.clock.pass(60);
    expect(scene.sockets).toHaveLength(3);
  });

  test("takes 25 s of silence for a dead line, and 24 s for none", () => {
    scene.last().says(valid);
    scene.clock.pass(24_000);
    expect(scene.told).toEqual(["snapshot"]);
    scene.clock.pass(1000);
    expect(scene.told).toEqual(["snapshot", "lost"]);
    expect(scene.sockets[0]?.closed).toBe(true);
  });

  test("starts afresh when a message cannot be read", () => {
    scene.last().says({ heartbeat: { number: 11, now: "yesterday" } });
    expect(scene.told).toEqual(["lost"]);
  });

  test("stays closed when refused", () => {
    scene.last().says({ problem: { code: "taken_over", title: "", type: "", status: 409 } });
    scene.clock.pass(60_000);
    expect(scene.told).toEqual(["taken_over"]);
    expect(scene.sockets).toHaveLength(1);
  });

  test("an expired session is renewed once; the same answer again is final", async () => {
    const problem = { problem: { code: "session_expired", title: "", type: "", status: 401 } };
    scene.last().says(problem);
    await Promise.resolve();
    await Promise.resolve();
    scene.last().opens();
    expect(scene.last().sent).toEqual(['{"hello":{"session":"renewed"}}']);
    scene.last().says(problem);
    expect(scene.told).toEqual(["session_expired"]);
  });
});

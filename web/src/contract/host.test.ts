import { describe, expect, test } from "vitest";
import { eventsAt, hostOf } from "./host";

const ARVEN = "https://talks.arven.example";

describe("whose server the page asks", () => {
  test("the one it came from, when it names none: the host's copy", () => {
    expect(hostOf({ origin: "https://lenz.example", named: null })).toEqual({
      origin: "https://lenz.example",
      own: true,
    });
  });

  test.each(["https://lenz.example", "https://lenz.example:8447", "http://localhost:8447", "http://[::1]:8447"])(
    "the one it names: %s",
    (named) => {
      expect(hostOf({ origin: ARVEN, named })).toEqual({ origin: named, own: false });
    },
  );

  test("a page that names the server it came from is the host's all the same", () => {
    expect(hostOf({ origin: ARVEN, named: ARVEN }).own).toBe(true);
  });

  test.each([
    "",
    "lenz.example",
    "http://lenz.example",
    "https://lenz.example/",
    "https://lenz.example/api",
    "https://LENZ.example",
    "https://lenz.example:443",
    "https://somebody@lenz.example",
    "https://lenz.example?",
    "javascript:alert(1)",
    "wss://lenz.example",
    "null",
  ])("nothing else is asked: %s", (named) => {
    expect(() => hostOf({ origin: ARVEN, named })).toThrow("names no server");
  });
});

test.each([
  ["https://lenz.example:8447", "wss://lenz.example:8447/api/meetings/a%2Fb/socket"],
  ["http://localhost:8447", "ws://localhost:8447/api/meetings/a%2Fb/socket"],
])("events come from the same server, in the clear only on this machine: %s", (named, socket) => {
  expect(eventsAt(hostOf({ origin: ARVEN, named }), "a/b")).toBe(socket);
});

import { expect, test } from "vitest";
import type { ServerDoor } from "../contract/client";
import { RefusedError } from "../kernel/errors";
import type { Identity, MeetingId } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { TicketWindow } from "./tickets";

const identity = "A".repeat(26) as Identity;
const door = { meeting: "m" as MeetingId, room: "chamber", phase: "open" } as const;

function scene(): { readonly clock: FakeClock; readonly window: TicketWindow; readonly asked: string[] } {
  const asked: string[] = [];
  const clock = new FakeClock();
  const server: Pick<ServerDoor, "ask"> = {
    async ask(request, parse) {
      asked.push(JSON.stringify(request.body));
      const grant = { publish: [], hear: true };
      const expires = "2026-03-01T09:00:30.000Z";
      return parse({ url: "ws://sfu", token: `${asked.length}`, room: "chamber.m", identity, expires, grant });
    },
  };
  return { clock, asked, window: new TicketWindow(server as ServerDoor, clock) };
}

test("a ticket held ready is used once, and only for its door", async () => {
  const { window, asked } = scene();
  window.prepare(door);
  window.prepare(door);
  expect((await window.take(door, identity)).token).toBe("1");
  expect((await window.take(door, identity)).token).toBe("2");
  window.prepare(door);
  expect((await window.take({ ...door, phase: "closed" }, identity)).token).toBe("4");
  expect(asked).toHaveLength(4);
});

test("a ticket that grew old is not used", async () => {
  const { window, clock } = scene();
  window.prepare(door);
  clock.pass(21_000);
  expect((await window.take(door, identity)).token).toBe("2");
});

test("a ticket for another identity is refused", async () => {
  const { window } = scene();
  const other = "B".repeat(26) as Identity;
  await expect(window.take(door, other)).rejects.toThrow(RefusedError);
});

import { expect, test } from "vitest";
import type { ServerDoor } from "../contract/client";
import { RefusedError } from "../kernel/errors";
import type { Identity, MeetingId } from "../kernel/ids";
import { TicketWindow } from "./tickets";

const identity = "A".repeat(26) as Identity;
const door = { meeting: "m" as MeetingId, room: "chamber", phase: "open" } as const;

function scene(): { readonly window: TicketWindow; readonly asked: string[] } {
  const asked: string[] = [];
  const server: Pick<ServerDoor, "ask" | "tell"> = {
    async ask({ method, path, body }, parse) {
      asked.push(`${method} ${path} ${JSON.stringify(body)}`);
      const grant = { publish: [], hear: true };
      const expires = "2026-03-01T09:00:30.000Z";
      const life = "1";
      return parse({ url: "ws://sfu", token: `${asked.length}`, room: "chamber.m", identity, expires, grant, life });
    },
    async tell({ method, path, body }) {
      asked.push(`${method} ${path} ${JSON.stringify(body)}`);
      return Promise.resolve();
    },
  };
  return { asked, window: new TicketWindow(server as ServerDoor) };
}

test("a ticket is for a seat, or to wait at the door with; and one is let in from there", async () => {
  const { window, asked } = scene();
  expect((await window.take(door, identity)).token).toBe("1");
  expect((await window.takeToWait(door, identity)).token).toBe("2");
  await window.enter(door);
  expect(asked).toEqual([
    'POST meetings/m/tickets {"room":"chamber","phase":"open"}',
    'POST meetings/m/tickets {"room":"chamber","phase":"open","waiting":true}',
    'PUT meetings/m/seat {"room":"chamber","phase":"open"}',
  ]);
});

test("a ticket for another identity is refused", async () => {
  const { window } = scene();
  const other = "B".repeat(26) as Identity;
  await expect(window.take(door, other)).rejects.toThrow(RefusedError);
  await expect(window.takeToWait(door, other)).rejects.toThrow(RefusedError);
});

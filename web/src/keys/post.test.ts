import { expect, test } from "vitest";
import type { Request } from "../contract/client";
import type { MeetingId } from "../kernel/ids";
import { HttpPost } from "./post";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);

/** A server that answers one thing, and notes what it was asked. */
function aPost(answer: unknown): { readonly post: HttpPost; readonly asked: Request[] } {
  const asked: Request[] = [];
  const server = {
    async ask<T>(request: Request, parse: (value: unknown) => T): Promise<T> {
      asked.push(request);
      return Promise.resolve(parse(answer));
    },
  };
  return { post: new HttpPost(server, "m" as MeetingId, { kind: "caucus", party: "arven" as never }), asked };
}

test("an envelope is sent to its group, and has a number there", async () => {
  const { post, asked } = aPost({ number: 7 });
  expect(await post.send(bytes(1, 2))).toBe(7);
  const path = "meetings/m/groups/caucus.arven/envelopes";
  expect(asked).toMatchObject([{ method: "POST", path, body: { envelope: "AQI" } }]);
});

test("what came after a number is read", async () => {
  const line = { number: 8, envelope: "AQI", by: "anna", at: "2026-12-07T14:09:00.000Z" };
  const { post, asked } = aPost({ envelopes: [line] });
  expect(await post.after(7)).toEqual([{ number: 8, envelope: bytes(1, 2) }]);
  expect(asked).toMatchObject([{ method: "GET", path: "meetings/m/groups/caucus.arven/envelopes?after=7" }]);
});

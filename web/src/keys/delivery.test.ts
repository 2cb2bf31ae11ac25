import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Request } from "../contract/client";
import { OutageError, RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import { type Delivery, HttpDelivery, type Logged, sendOwn } from "./delivery";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const at = "2026-12-07T14:09:00.000Z";

/** A server that answers one thing, and notes what it was asked. */
function aServer(answer: unknown) {
  const asked: Omit<Request, "patience">[] = [];
  const note = ({ method, path, body }: Request) =>
    asked.push(body === undefined ? { method, path } : { method, path, body });
  return {
    asked,
    async ask<T>(request: Request, parse: (value: unknown) => T): Promise<T> {
      note(request);
      return parse(answer);
    },
    async tell(request: Request): Promise<void> {
      note(request);
    },
  };
}

function linked(server: ReturnType<typeof aServer>): HttpDelivery {
  return new HttpDelivery(server, "m" as MeetingId, { kind: "floor", opening: 2 });
}

describe("the delivery service over HTTP", () => {
  test("founds a group", async () => {
    const server = aServer({ epoch: 0 });
    await linked(server).found(bytes(1, 2));
    expect(server.asked).toEqual([{ method: "POST", path: "meetings/m/groups/floor.2", body: { group_info: "AQI" } }]);
  });

  test("founds one anew instead of another", async () => {
    const server = aServer({ epoch: 0 });
    await linked(server).found(bytes(1, 2), bytes(3));
    const instead = createHash("sha256").update(bytes(3)).digest("base64url");
    expect(server.asked[0]?.body).toEqual({ group_info: "AQI", instead_of: instead });
  });

  test("takes an epoch back", async () => {
    const server = aServer(null);
    await linked(server).takeBack({ void: bytes(1), signature: bytes(3) }, bytes(4));
    const body = { void: "AQ", signature: "Aw", group_info: "BA" };
    expect(server.asked).toEqual([{ method: "POST", path: "meetings/m/groups/floor.2/voids", body }]);
  });

  test("hands on what parties have signed, as it is", async () => {
    const sent = [{ revocation: "AQ", signature: "Aw" }];
    const server = aServer({ revocations: sent });
    expect(await linked(server).revocations()).toEqual(sent);
    expect(server.asked).toEqual([{ method: "GET", path: "revocations" }]);
  });

  test("waits for a turn, which says where the group stands", async () => {
    const server = aServer({ ahead: 0, until: at, standing: { epoch: 7, group_info: "AQI" } });
    expect(await linked(server).turn()).toEqual({ epoch: 7, groupInfo: bytes(1, 2) });
    expect(server.asked).toEqual([{ method: "PUT", path: "meetings/m/groups/floor.2/turn" }]);
    expect(await linked(aServer({ ahead: 3, until: at, standing: null })).turn()).toBeNull();
  });

  test("gives a turn up", async () => {
    const server = aServer(null);
    await linked(server).pass();
    expect(server.asked).toEqual([{ method: "DELETE", path: "meetings/m/groups/floor.2/turn" }]);
  });

  test("sends a commit with what the next may join by", async () => {
    const server = aServer({ epoch: 8 });
    await linked(server).commit({ commit: bytes(3), groupInfo: bytes(4) });
    const body = { commit: "Aw", group_info: "BA" };
    expect(server.asked).toEqual([{ method: "POST", path: "meetings/m/groups/floor.2/commits", body }]);
  });

  test("reads the log", async () => {
    const server = aServer({ commits: [{ epoch: 7, commit: "Aw", by: "anna", at }] });
    expect(await linked(server).log(7)).toEqual([{ epoch: 7, commit: bytes(3) }]);
    expect(server.asked).toEqual([{ method: "GET", path: "meetings/m/groups/floor.2/commits?epoch=7" }]);
  });

  test("takes no answer of another form", async () => {
    for (const answer of [null, {}, { ahead: 0, until: at }, { ahead: -1, until: null, standing: null }]) {
      await expect(linked(aServer(answer)).turn()).rejects.toThrow("message_bad");
    }
  });
});

/** A service that answers a commit with an error, and has this log. */
function failing(error: Error, logged: readonly Logged[]): Delivery {
  return {
    async found() {},
    async turn() {
      return null;
    },
    async pass() {},
    async commit() {
      throw error;
    },
    async log() {
      return logged;
    },
    async takeBack() {},
    async revocations() {
      return [];
    },
  };
}

describe("an own commit", () => {
  const offer = { commit: bytes(3), groupInfo: bytes(4) };

  test.each([new OutageError("no_answer"), new RefusedError("epoch_not_current")])(
    "%s, but in the log, has won",
    async (error) => {
      await expect(sendOwn(failing(error, [{ epoch: 7, commit: bytes(3) }]), 7, offer)).resolves.toBeUndefined();
      await expect(sendOwn(failing(error, [{ epoch: 7, commit: bytes(9) }]), 7, offer)).rejects.toBe(error);
      await expect(sendOwn(failing(error, []), 7, offer)).rejects.toBe(error);
    },
  );

  test("that is refused for another reason is not looked for", async () => {
    const error = new RefusedError("message_bad");
    await expect(sendOwn(failing(error, [{ epoch: 7, commit: bytes(3) }]), 7, offer)).rejects.toBe(error);
  });
});

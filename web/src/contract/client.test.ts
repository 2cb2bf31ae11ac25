// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OutageError, RefusedError } from "../kernel/errors";
import { ServerDoor } from "./client";
import { parseMoved } from "./parse";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

const sent: Sent[] = [];
let answers: (Response | Error)[] = [];

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ type: "about:blank", title: "", status, code }), { status });
}

function header({ init }: Sent, name: string): string | null {
  return new Headers(init.headers).get(name);
}

function signedIn(renews = true): { readonly door: ServerDoor; readonly renewed: string[] } {
  const renewed: string[] = [];
  const door = new ServerDoor("");
  door.actAs({
    token: () => `session ${renewed.length}`,
    renew: async () => {
      renewed.push("renewed");
      return Promise.resolve(renews);
    },
  });
  return { door, renewed };
}

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift() ?? new Response("{}");
    if (answer instanceof Error) throw answer;
    return Promise.resolve(answer);
  });
});

afterEach(() => {
  answers = [];
  vi.unstubAllGlobals();
});

const move = { method: "POST", path: "meetings/m/moves", body: { move: "recess" } } as const;

describe("the server's door", () => {
  test("sends JSON below /api with the session, without cookies or caches", async () => {
    answers = [new Response('{"done":true}')];
    const { door } = signedIn();
    expect(await door.ask(move, parseMoved)).toEqual({ done: true });
    const [first] = sent;
    if (first === undefined) throw new Error("nothing was sent");
    expect([first.url, first.init.method, first.init.body]).toEqual([
      "/api/meetings/m/moves",
      "POST",
      '{"move":"recess"}',
    ]);
    expect(header(first, "authorization")).toBe("Bearer session 0");
    expect([first.init.credentials, first.init.cache]).toEqual(["omit", "no-store"]);
  });

  test("a session that has run out is renewed once, and the request sent again", async () => {
    answers = [problem(401, "session_expired"), new Response('{"done":false}')];
    const { door, renewed } = signedIn();
    expect(await door.ask(move, parseMoved)).toEqual({ done: false });
    expect(sent.map((each) => header(each, "authorization"))).toEqual(["Bearer session 0", "Bearer session 1"]);
    answers = [problem(401, "session_expired"), problem(401, "session_expired")];
    await expect(door.ask(move, parseMoved)).rejects.toMatchObject({ code: "session_expired" });
    expect(renewed).toHaveLength(2);
  });

  test("what is asked without a session carries none and renews none", async () => {
    answers = [problem(401, "not_signed_in")];
    const { door, renewed } = signedIn();
    await expect(door.tell({ ...move, anonymous: true })).rejects.toMatchObject({ code: "not_signed_in" });
    expect(sent.map((each) => header(each, "authorization"))).toEqual([null]);
    expect(renewed).toEqual([]);
  });

  test("a rule's no is a refusal, an answer of 500 and more an outage, each with its code", async () => {
    const { door } = signedIn();
    answers = [problem(403, "not_your_role")];
    const refusal: unknown = await door.tell(move).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ code: "not_your_role" });
    answers = [problem(503, "storage_unavailable")];
    const outage: unknown = await door.tell(move).catch((error: unknown) => error);
    expect(outage).toBeInstanceOf(OutageError);
    expect(outage).toMatchObject({ code: "storage_unavailable" });
  });

  test("no network is an outage, and so is an answer that is none of ours", async () => {
    const { door } = signedIn();
    answers = [new TypeError("Failed to fetch")];
    await expect(door.tell(move)).rejects.toMatchObject({ name: "OutageError", code: "no_answer" });
    answers = [new DOMException("timed out", "TimeoutError")];
    await expect(door.tell(move)).rejects.toMatchObject({ name: "OutageError", code: "no_answer" });
    answers = [new Response("<html>Bad gateway</html>", { status: 502 })];
    await expect(door.tell(move)).rejects.toMatchObject({ name: "OutageError", code: "internal" });
  });

  test("an answer of another shape is refused", async () => {
    answers = [new Response('{"done":true,"more":1}')];
    await expect(signedIn().door.ask(move, parseMoved)).rejects.toMatchObject({ code: "message_bad" });
    answers = [new Response("no JSON")];
    await expect(signedIn().door.ask(move, parseMoved)).rejects.toMatchObject({ code: "message_bad" });
  });
});

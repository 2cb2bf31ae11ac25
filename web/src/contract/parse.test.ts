import { describe, expect, test } from "vitest";
import { RefusedError } from "../kernel/errors";
import { aSeat, asSent, aSnapshot } from "../testing/scenes";
import { parseMessage, parseTicket, problemCode } from "./parse";

const ticket = {
  url: "wss://sfu.example",
  token: "t",
  room: "chamber.m",
  identity: "A".repeat(26),
  expires: "2026-03-01T09:00:30.000Z",
  grant: { publish: ["microphone"], hear: true },
  life: "RM_1",
};

const chain = { invitation: "AA", invitation_signature: "AA", device: "AA", device_signature: "AA" };

function whyRefused(value: unknown): string {
  try {
    parseTicket(value);
    return "let in";
  } catch (error) {
    return error instanceof Error ? `${error.message}: ${String(error.cause)}` : "no error";
  }
}

describe("what comes in", () => {
  test("a ticket of the right shape is let in", () => {
    expect(parseTicket(ticket)).toEqual(ticket);
  });

  test.each([
    ["an unknown field", { ...ticket, admin: true }],
    ["an unknown source", { ...ticket, grant: { publish: ["data"], hear: true } }],
    ["another kind of address", { ...ticket, url: "https://sfu.example" }],
    ["an instant that is none", { ...ticket, expires: "2026-02-30T09:00:30.000Z" }],
    ["a missing field", { ...ticket, identity: undefined }],
  ])("%s is refused", (_name, value) => {
    expect(() => parseTicket(value)).toThrow(RefusedError);
  });

  test("a refusal never repeats the value", () => {
    const told = whyRefused({ ...ticket, identity: "eyJ-a-secret" });
    expect(told).toContain("identity");
    expect(told).not.toContain("secret");
  });

  test("an event carries slices, and an unknown kind is refused", () => {
    const { meeting, consents } = asSent(aSnapshot([aSeat("maren", "principal")]));
    const event = { number: 11, kind: "format_changed", at: meeting.scheduled, meeting, consents };
    expect(parseMessage(JSON.stringify({ event }))).toEqual({ event });
    const unknown = { event: { ...event, kind: "moon_landed" } };
    expect(() => parseMessage(JSON.stringify(unknown))).toThrow(RefusedError);
  });

  test("an event about a group hands its bytes on, and a group of another name is refused", () => {
    const { meeting } = asSent(aSnapshot([aSeat("maren", "principal")]));
    const turn = { member: "m", until: meeting.scheduled };
    const told = (group: string): object => ({
      event: {
        number: 11,
        kind: "group_commit",
        at: meeting.scheduled,
        commit: { group, epoch: 3, commit: "AAEAAQ", by: "m", turn },
      },
    });
    for (const group of ["chamber", "floor.2", "caucus.arven", "booth.arven.en"]) {
      expect(parseMessage(JSON.stringify(told(group)))).toEqual(told(group));
    }
    for (const group of ["", "floor.0", "floor", "caucus.", "chamber.1", "chambers", "booth.arven", "booth.arven."]) {
      expect(() => parseMessage(JSON.stringify(told(group)))).toThrow(RefusedError);
    }
  });

  test.each(["\u202Egniteem A", "two\u2028lines", "next\u0085line", "\u2066turned", " a space first", ""])(
    "a title is one plain line: %j is none",
    (title) => {
      const { meeting, agenda } = asSent(aSnapshot([aSeat("maren", "principal")]));
      const item = { id: "i", title: "Crossings", minutes: 5, state: "ahead", seconds: 0, since: null } as const;
      const told = (part: object): string =>
        JSON.stringify({
          event: { number: 11, kind: "agenda_changed", at: meeting.scheduled, meeting, agenda, ...part },
        });
      expect(parseMessage(told({ agenda: [item] }))).toHaveProperty("event.agenda", [item]);
      expect(() => parseMessage(told({ agenda: [{ ...item, title }] }))).toThrow(RefusedError);
      expect(() => parseMessage(told({ meeting: { ...meeting, title } }))).toThrow(RefusedError);
    },
  );

  test("a snapshot tells of languages by their tags", () => {
    const snapshot = asSent(aSnapshot([{ ...aSeat("maren", "principal"), ...chain }]));
    expect(parseMessage(JSON.stringify({ snapshot }))).toEqual({ snapshot });
    const [first, second] = snapshot.delegations;
    const [seat] = snapshot.seats;
    for (const bad of ["", "Welsh \u202E", "en_GB", "e"]) {
      const lies = [
        { ...snapshot, languages: ["en", bad] },
        { ...snapshot, delegations: [first, { ...second, language: bad }] },
        { ...snapshot, seats: [{ ...seat, languages: [bad] }] },
      ];
      for (const lie of lies) expect(() => parseMessage(JSON.stringify({ snapshot: lie }))).toThrow(RefusedError);
    }
  });

  test("a problem whose code nobody knows is an internal one", () => {
    expect(problemCode('{"code":"floor_taken"}')).toBe("floor_taken");
    expect(problemCode('{"code":"who_knows"}')).toBe("internal");
    expect(problemCode("<html>")).toBe("internal");
  });
});

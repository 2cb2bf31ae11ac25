import { expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import { type Ceremony, NOTHING_COMPARED } from "./ceremony";
import type { Holder } from "./duties";
import { groupWanted, lockOf, type LockView } from "./lock";
import { type GroupStanding, type KeysState, NO_KEYS } from "./standing";

function holder(serial: string): Holder {
  const member = {
    party: "arven" as Party,
    serial,
    identity: serial as Identity,
    name: serial,
    red: true,
    expires: 1000,
  };
  return { leaf: 0, member: { ...member, role: "principal", chair: false } };
}

const CAME = [holder("maren"), holder("fane")];

function keys(stands: Partial<Record<GroupStanding["group"], GroupStanding["at"]>>): KeysState {
  const groups = Object.entries(stands).map(([group, at]): GroupStanding => ({
    group: group as GroupStanding["group"],
    at,
    epoch: 3,
    roster: CAME,
    code: null,
  }));
  return { ...NO_KEYS, groups };
}

function compared(finding: "match" | "mismatch"): Ceremony {
  const holders = new Map([["arven/maren", "maren" as Identity]]);
  return { compared: { finding, epoch: 2, at: 7, holders }, place: null, wasInside: true, failed: [] };
}

function shown(view: Partial<LockView>): string {
  const lock = lockOf({
    keys: keys({}),
    ceremony: NOTHING_COMPARED,
    findings: [],
    room: "chamber",
    areDoorsOpen: false,
    ...view,
  });
  return "why" in lock ? `${lock.lock} ${lock.why}` : lock.lock;
}

test.each([
  ["inside", "unverified"],
  ["joining", "waiting joining"],
  ["unfounded", "waiting unfounded"],
  ["refused", "alarm refused"],
  ["removed", "alarm removed"],
  ["stuck", "alarm stuck"],
  ["ended", "alarm ended"],
] as const)("behind closed doors %s is shown as %s", (at, lock) => {
  expect(shown({ keys: keys({ chamber: at }) })).toBe(lock);
  expect(shown({ keys: keys({ caucus: at }), room: "caucus" })).toBe(lock === "unverified" ? "caucus" : lock);
  const open = lock === "unverified" ? "open" : lock;
  expect(shown({ keys: keys({ chamber: "inside", floor: at }), areDoorsOpen: true })).toBe(open);
});

test("the keys that are used are the room's and the doors', and no others count for them", () => {
  const wanted = [
    groupWanted({ room: "chamber", areDoorsOpen: false }),
    groupWanted({ room: "chamber", areDoorsOpen: true }),
  ];
  expect([...wanted, groupWanted({ room: "caucus", areDoorsOpen: true })]).toEqual(["chamber", "floor", "caucus"]);
  expect(shown({ keys: keys({ chamber: "inside", floor: "refused" }) })).toBe("unverified");
  expect(shown({ keys: keys({ floor: "inside" }) })).toBe("waiting joining");
});

test("a match is shown with its time and how many have come since; open doors are shown before it", () => {
  const [closed, match] = [keys({ chamber: "inside", floor: "inside" }), compared("match")];
  const view = { keys: closed, ceremony: match, findings: [], room: "chamber", areDoorsOpen: false } as const;
  expect(lockOf(view)).toEqual({ lock: "verified", at: 7, since: 1 });
  expect(lockOf({ ...view, areDoorsOpen: true })).toEqual({ lock: "open" });
});

test("a mismatch is an alarm in the chamber, doors open or closed, also while keys are fetched; not among one's own", () => {
  const ceremony = compared("mismatch");
  const all = keys({ chamber: "inside", floor: "inside", caucus: "inside" });
  expect(shown({ keys: all, ceremony })).toBe("alarm mismatch");
  expect(shown({ keys: all, ceremony, areDoorsOpen: true })).toBe("alarm mismatch");
  expect(shown({ keys: keys({ chamber: "joining" }), ceremony })).toBe("alarm mismatch");
  expect(shown({ keys: all, ceremony, room: "caucus" })).toBe("caucus");
});

test("another's difference is an alarm in the chamber, with their name, though one has compared; their match is nothing here", () => {
  const [by, all] = [holder("vey").member, keys({ chamber: "inside", floor: "inside", caucus: "inside" })];
  const told = (finding: "match" | "mismatch") => [{ from: by, finding, epoch: 3, at: 7 }];
  const view = { keys: all, ceremony: compared("match"), findings: told("mismatch"), areDoorsOpen: false } as const;
  expect(lockOf({ ...view, room: "chamber" })).toEqual({ lock: "alarm", why: "warned", by });
  expect(shown({ ...view, room: "chamber", areDoorsOpen: true })).toBe("alarm warned");
  expect(shown({ ...view, room: "chamber", ceremony: compared("mismatch") })).toBe("alarm mismatch");
  expect(shown({ ...view, room: "caucus" })).toBe("caucus");
  expect(shown({ keys: all, findings: told("match") })).toBe("unverified");
});

test("a chamber that is stuck is an alarm while the doors are open too", () => {
  expect(shown({ keys: keys({ chamber: "stuck", floor: "inside" }), areDoorsOpen: true })).toBe("alarm stuck");
  expect(shown({ keys: keys({ chamber: "stuck", caucus: "inside" }), room: "caucus" })).toBe("caucus");
});

test("whoever was inside is told that their place is being restored", () => {
  const ceremony = { ...NOTHING_COMPARED, wasInside: true };
  expect(shown({ keys: keys({ chamber: "joining" }), ceremony })).toBe("waiting restoring");
  expect(shown({ ceremony })).toBe("waiting restoring");
  const open = keys({ chamber: "joining", floor: "joining" });
  expect(shown({ keys: open, ceremony, areDoorsOpen: true })).toBe("waiting joining");
  expect(shown({ keys: keys({ chamber: "inside", floor: "joining" }), ceremony, areDoorsOpen: true })).toBe(
    "waiting joining",
  );
});

test("whose sealing has failed is told so until they are inside again, and nobody else", () => {
  const ceremony: Ceremony = { ...NOTHING_COMPARED, wasInside: true, failed: ["chamber"] };
  expect(shown({ ceremony })).toBe("alarm ended");
  expect(shown({ ceremony, keys: keys({ chamber: "joining" }) })).toBe("alarm ended");
  expect(shown({ ceremony, keys: keys({ chamber: "refused" }) })).toBe("alarm refused");
  expect(shown({ ceremony, keys: keys({ chamber: "inside" }) })).toBe("unverified");
  expect(shown({ ceremony, keys: keys({ caucus: "joining" }), room: "caucus" })).toBe("waiting joining");
});

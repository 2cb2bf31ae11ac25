// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { maren, reuter, scene, seating, settled, vey } from "../testing/call";
import { WAITING } from "../testing/sfu";

/** One reads the arrival screen for a while. */
async function atArrival(set: ReturnType<typeof scene>): Promise<void> {
  set.clock.pass(300);
  await settled();
}

describe("a line at the door", () => {
  test("stands while one reads the arrival screen, and nothing is sent or shown", async () => {
    const set = scene(maren);
    await atArrival(set);
    expect(set.asked).toEqual(["to wait: chamber open"]);
    expect(set.sfu.rooms.map(({ token }) => token)).toEqual([WAITING]);
    set.sfu.room.arrives(vey.identity, { floor: "audio" });
    await settled();
    expect(set.sfu.room.localParticipant.tracks).toEqual([]);
    expect(set.copies).toEqual([]);
    expect([seating(set.call), set.call.state.get().presences, set.call.sounds.get()]).toEqual(["away", [], []]);
  });

  test("is the one that is sat on: one request, and no other line", async () => {
    const set = scene(maren);
    await atArrival(set);
    await set.call.enter("chamber");
    await settled();
    expect(set.asked).toEqual(["to wait: chamber open", "enter chamber open"]);
    expect(set.sfu.rooms).toHaveLength(1);
    expect(seating(set.call)).toBe("seated");
    expect(set.sfu.room.localParticipant.tracks).toEqual(["floor", "camera"]);
    expect(set.sfu.room.localParticipant.told[0]).toBe("list of 3");
  });

  test("is not opened for whoever enters at once, or is in a room", async () => {
    const set = scene(maren);
    await set.call.enter("chamber");
    await atArrival(set);
    set.clock.pass(60_000);
    await settled();
    expect(set.asked).toEqual(["chamber open"]);
  });

  test("is not opened, and ends, where the table admits nobody", async () => {
    const set = scene(reuter, { phase: "closed" });
    await atArrival(set);
    expect(set.asked).toEqual([]);
    set.move({ phase: "open" });
    await atArrival(set);
    expect(set.asked).toEqual(["to wait: chamber open"]);
    set.move({ phase: "closed" });
    await settled();
    expect(set.sfu.room.ended).toBe(true);
    set.move({ phase: "open" });
    await atArrival(set);
    expect(set.sfu.rooms).toHaveLength(2);
  });

  test("is not another tab's", async () => {
    const set = scene(maren);
    set.tab.free = false;
    await atArrival(set);
    expect(set.asked).toEqual([]);
    const other = scene(maren);
    await atArrival(other);
    await other.call.loseSeat();
    expect(other.sfu.room.ended).toBe(true);
  });

  test("goes on through a phase that still admits one, and is let in by the phase it is then", async () => {
    const set = scene(maren);
    await atArrival(set);
    set.move({ phase: "closed" });
    await atArrival(set);
    await set.call.enter("chamber");
    await settled();
    expect(set.asked).toEqual(["to wait: chamber open", "enter chamber closed"]);
    expect(set.sfu.rooms).toHaveLength(1);
    const { told } = set.sfu.room.localParticipant;
    expect(told.slice(0, told.indexOf("floor"))).toContain("list of 2");
  });

  test("ends when one goes to one's caucus", async () => {
    const set = scene(maren);
    await atArrival(set);
    await set.call.enter("caucus");
    await settled();
    expect(set.asked).toEqual(["to wait: chamber open", "caucus open"]);
    expect(set.sfu.rooms[0]?.ended).toBe(true);
    expect(seating(set.call)).toBe("seated");
  });
});

describe("a line at the door that fails", () => {
  test("leaves the way by a ticket, when it is not let in", async () => {
    const set = scene(maren);
    await atArrival(set);
    set.refusals.push("ticket_refused");
    await set.call.enter("chamber");
    await settled();
    expect(set.asked).toEqual(["to wait: chamber open", "enter chamber open", "chamber open"]);
    expect(set.sfu.rooms.map(({ ended }) => ended)).toEqual([true, false]);
    expect(seating(set.call)).toBe("seated");
  });

  test("leaves the way by a ticket, when the media engine does not let it in in time", async () => {
    const set = scene(maren);
    await atArrival(set);
    set.sfu.isSlow = true;
    set.move({ phase: "closed" });
    const entering = set.call.enter("chamber");
    await settled();
    expect(seating(set.call)).toBe("entering");
    // Whoever might have heard when the line was opened is off the list before one is let in.
    const { lists } = set.sfu.room.localParticipant;
    expect([lists[0]?.includes(reuter.identity), lists.at(-1)?.includes(reuter.identity)]).toEqual([true, false]);
    set.clock.pass(2000);
    await entering;
    expect(set.sfu.rooms.map(({ ended }) => ended)).toEqual([true, false]);
    expect(seating(set.call)).toBe("seated");
  });

  test("leaves the way by a ticket when it broke, and is opened anew while one still reads", async () => {
    const set = scene(maren);
    await atArrival(set);
    await set.sfu.room.disconnect();
    set.clock.pass(15_000);
    await atArrival(set);
    expect(set.asked).toEqual(["to wait: chamber open", "to wait: chamber open"]);
    await set.sfu.room.disconnect();
    await set.call.enter("chamber");
    await settled();
    expect(set.asked.slice(2)).toEqual(["chamber open"]);
    expect(seating(set.call)).toBe("seated");
  });

  test("is not tried at every word of the meeting", async () => {
    const set = scene(maren);
    set.refusals.push("sfu_unavailable");
    await atArrival(set);
    set.move({});
    await atArrival(set);
    expect(set.asked).toEqual(["to wait: chamber open"]);
    set.clock.pass(15_000);
    await atArrival(set);
    expect(set.asked).toHaveLength(2);
  });
});

test("a line on its way to the door is waited for: of two under one name one would be put out", async () => {
  const set = scene(maren);
  let flows: (() => void) | undefined;
  set.sfu.media = new Promise<void>((settle) => {
    flows = settle;
  });
  await atArrival(set);
  const entering = set.call.enter("chamber");
  await settled();
  expect(set.sfu.rooms).toHaveLength(1);
  flows?.();
  await entering;
  expect(set.asked).toEqual(["to wait: chamber open", "enter chamber open"]);
  expect(seating(set.call)).toBe("seated");
});

test("a line that does not come to the door is ended before one comes by a ticket", async () => {
  const set = scene(maren);
  const { media } = set.sfu;
  let ends: (() => void) | undefined;
  set.sfu.media = new Promise<void>((settle) => {
    ends = settle;
  });
  await atArrival(set);
  const entering = set.call.enter("chamber");
  await settled();
  set.clock.pass(2000);
  expect(set.sfu.room.ended).toBe(true);
  set.sfu.media = media;
  ends?.();
  await entering;
  expect(set.asked).toEqual(["to wait: chamber open", "chamber open"]);
  expect(seating(set.call)).toBe("seated");
});

// @vitest-environment jsdom
import { DisconnectReason, RoomEvent } from "livekit-client";
import { describe, expect, test } from "vitest";
import { RefusedError } from "../kernel/errors";
import type { Language, MemberId } from "../kernel/ids";
import { lind, maren, okafor, reuter, scene, seating, settled, vey } from "../testing/call";

describe("when the doors close", () => {
  test("the press hears nothing more in the same instant, and is out", async () => {
    const { call, move, sfu } = scene(reuter);
    await call.enter("chamber");
    sfu.room.arrives(maren.identity, { floor: "audio", camera: "video" });
    expect(call.sounds.get()).toHaveLength(1);
    move({ phase: "closed" });
    // Nothing was awaited: neither the server's removal nor the SFU's.
    expect(call.sounds.get()).toEqual([]);
    expect(call.state.get().presences).toEqual([]);
    expect(seating(call)).toBe("doors-closed");
    expect(sfu.room.ended).toBe(true);
  });

  test("a sender takes the press off the list in the same instant", async () => {
    const { call, move, sfu } = scene(maren);
    await call.enter("chamber");
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([vey.identity, okafor.identity, reuter.identity]);
    move({ phase: "closed" });
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([vey.identity, okafor.identity]);
  });

  test("a sender who is just coming in sends nothing before the press is off the list", async () => {
    const { call, move, sfu } = scene(maren);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    sfu.media = promise;
    const entering = call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.lists.at(-1)).toContain(reuter.identity);
    move({ phase: "closed" });
    await settled();
    expect([...sfu.room.localParticipant.sent.keys()]).toEqual([]);
    resolve(undefined);
    await entering;
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([vey.identity, okafor.identity]);
    expect(seating(call)).toBe("seated");
  });

  test("in recess nobody sends and nobody is heard", async () => {
    const { call, move, sfu } = scene(maren, { phase: "closed" });
    await call.enter("chamber");
    sfu.room.arrives(vey.identity, { floor: "audio" });
    await settled();
    expect([...sfu.room.localParticipant.sent.keys()]).toEqual(["floor", "camera"]);
    move({ phase: "recess" });
    expect(call.sounds.get()).toEqual([]);
    expect(sfu.room.localParticipant.lists.at(-1)).toEqual([]);
    await settled();
    expect([...sfu.room.localParticipant.sent.keys()]).toEqual([]);
  });
});

describe("after a recess", () => {
  test("whoever was heard before is muted until they say otherwise, and is told so", async () => {
    const { call, move, sfu } = scene(maren, { phase: "closed" });
    await call.enter("chamber");
    await settled();
    move({ phase: "recess" });
    move({ phase: "closed" });
    await settled();
    expect(sfu.room.localParticipant.sent.get("floor")?.isMuted).toBe(true);
    expect(sfu.room.localParticipant.sent.has("camera")).toBe(true);
    expect(call.state.get()).toMatchObject({ cameMuted: true, wished: { microphone: false, camera: true } });
    await call.send("microphone", true);
    expect(sfu.room.localParticipant.sent.get("floor")?.isMuted).toBe(false);
    expect(call.state.get().cameMuted).toBe(false);
  });

  test("so is who was on air, and who comes anew in the middle of it", async () => {
    const interpreter = scene(okafor, { phase: "closed" });
    await interpreter.call.enter("chamber");
    await interpreter.call.speakInto("fr" as Language);
    interpreter.move({ phase: "recess" });
    interpreter.move({ phase: "closed" });
    await settled();
    expect([interpreter.call.onAir(), interpreter.call.state.get().cameMuted]).toEqual([null, true]);
    const late = scene(maren, { phase: "recess" });
    await late.call.enter("chamber");
    late.move({ phase: "closed" });
    await settled();
    expect(late.sfu.room.localParticipant.sent.get("floor")?.isMuted).toBe(true);
    expect(late.call.state.get().cameMuted).toBe(true);
  });

  test("whoever had muted themselves is told nothing, and who asks for it in the recess is heard after it", async () => {
    const { call, move, sfu } = scene(maren, { phase: "closed" });
    await call.enter("chamber");
    await call.send("microphone", false);
    move({ phase: "recess" });
    expect(call.state.get().cameMuted).toBe(false);
    await call.send("microphone", true);
    move({ phase: "closed" });
    await settled();
    expect(sfu.room.localParticipant.sent.get("floor")?.isMuted).toBe(false);
    expect(call.state.get().cameMuted).toBe(false);
  });
});

describe("taking a seat", () => {
  test("first who may hear, then what is sent", async () => {
    const { call, sfu } = scene(maren);
    await call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.told[0]).toBe("list of 3");
    expect(sfu.room.localParticipant.tracks).toEqual(["floor", "camera"]);
    expect(call.state.get().sending).toEqual({ microphone: true, camera: true, screen: false });
  });

  test("an adviser's microphone is muted before it is sent at all", async () => {
    const { call, sfu } = scene(lind, { phase: "closed", format: "plenary" });
    await call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.tracks).toEqual(["floor muted"]);
    await call.send("microphone", true);
    expect(call.state.get().sending.microphone).toBe(true);
  });

  test("under another name nothing is sent", async () => {
    const { call, sfu } = scene(maren);
    sfu.identity = vey.identity;
    void call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.tracks).toEqual([]);
    expect(sfu.rooms[0]?.ended).toBe(true);
    await call.leave();
  });

  test("a ticket for a phase that is over is asked for again, one that is refused is not", async () => {
    const { asked, call, clock, refusals } = scene(maren);
    refusals.push("not_in_this_phase");
    void call.enter("chamber");
    await settled();
    expect(asked).toHaveLength(1);
    clock.pass(200);
    await settled();
    expect(asked).toHaveLength(2);
    expect(seating(call)).toBe("seated");
    await call.leave();
    refusals.push("member_revoked");
    await call.enter("chamber");
    expect(seating(call)).toBe("revoked");
    clock.pass(10_000);
    await settled();
    expect(asked).toHaveLength(3);
  });

  test("who leaves while coming in is not seated, and no device stays open", async () => {
    const { call, copies, sfu } = scene(maren);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    sfu.media = promise;
    const entering = call.enter("chamber");
    await settled();
    await call.leave();
    resolve(undefined);
    await entering;
    await settled();
    expect(seating(call)).toBe("away");
    expect(sfu.room.ended).toBe(true);
    expect(copies).toEqual([]);
  });

  test("another tab has the seat", async () => {
    const { asked, call, sfu, tab } = scene(maren);
    tab.free = false;
    await call.enter("chamber");
    expect(seating(call)).toBe("another-tab");
    expect([asked, sfu.rooms]).toEqual([[], []]);
    tab.free = true;
    await call.takeOver();
    expect(seating(call)).toBe("seated");
  });
});

describe("a line that ends", () => {
  test("is taken up again by itself while the table admits", async () => {
    const { call, sfu } = scene(maren);
    await call.enter("chamber");
    sfu.room.emit(RoomEvent.Disconnected, DisconnectReason.STATE_MISMATCH);
    expect(seating(call)).toBe("returning");
    await settled();
    expect(seating(call)).toBe("seated");
    expect(sfu.rooms.map(({ token }) => token)).toEqual(["1", "2"]);
  });

  test("is not when somebody else came as this member", async () => {
    const { call, sfu } = scene(maren);
    await call.enter("chamber");
    sfu.room.emit(RoomEvent.Disconnected, DisconnectReason.DUPLICATE_IDENTITY);
    await settled();
    expect(seating(call)).toBe("another-tab");
    expect(sfu.rooms).toHaveLength(1);
  });

  test("comes back when the format admits again", async () => {
    const { call, move, sfu } = scene(lind, { phase: "closed", format: "plenary" });
    await call.enter("chamber");
    move({ format: "one-on-one" });
    await settled();
    expect(seating(call)).toBe("not-in-this-format");
    move({ format: "plenary" });
    await settled();
    expect(seating(call)).toBe("seated");
    expect(sfu.rooms).toHaveLength(2);
  });

  test("the SFU out of reach: after a few tries the screen says that one is coming back", async () => {
    const { call, clock, sfu } = scene(maren);
    sfu.down = true;
    void call.enter("chamber");
    for (let tries = 0; tries < 4; tries += 1) {
      await settled();
      clock.pass(1000);
    }
    expect(seating(call)).toBe("returning");
    sfu.down = false;
    clock.pass(1000);
    await settled();
    expect(seating(call)).toBe("seated");
  });
});

describe("an interpreter", () => {
  test("is on air in one own channel at a time, and in no other language", async () => {
    const { call, sfu } = scene(okafor);
    await call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.tracks).toEqual(["int:en muted", "int:fr muted"]);
    await call.speakInto("fr" as Language);
    expect(call.onAir()).toBe("fr");
    await call.speakInto("en" as Language);
    expect([call.onAir(), sfu.room.localParticipant.sent.get("int:fr")?.isMuted]).toEqual(["en", true]);
    await expect(call.speakInto("de" as Language)).rejects.toThrow(RefusedError);
    await call.send("microphone", false);
    expect(call.onAir()).toBeNull();
  });
});

test("when it is no longer known who is who, nobody hears one and nobody is heard", async () => {
  const { call, feed, sfu } = scene(maren);
  await call.enter("chamber");
  sfu.room.arrives(vey.identity, { floor: "audio" });
  const now = feed.get();
  if (now.at !== "live") throw new Error("the feed is not live");
  const { snapshot } = now;
  const without = snapshot.seats.filter(({ member }) => member !== maren.member);
  feed.set({ at: "live", snapshot: { ...snapshot, seats: without } });
  expect(sfu.room.localParticipant.lists.at(-1)).toEqual([]);
  expect(call.sounds.get()).toEqual([]);
  feed.set(now);
  expect(sfu.room.localParticipant.lists.at(-1)).toContain(vey.identity);
});

test("before it is known who is who, nobody is seated", async () => {
  const { asked, call, feed } = scene(maren);
  const now = feed.get();
  if (now.at !== "live") throw new Error("the feed is not live");
  feed.set({ at: "live", snapshot: { ...now.snapshot, you: "nobody" as MemberId } });
  await call.enter("chamber");
  expect(asked).toEqual([]);
  feed.set(now);
  await settled();
  expect(seating(call)).toBe("seated");
});

test("what changes nothing is not told", async () => {
  const { call, sfu } = scene(maren);
  await call.enter("chamber");
  sfu.room.arrives(vey.identity, { floor: "audio", camera: "video" });
  await settled();
  let told = 0;
  call.state.subscribe(() => {
    told += 1;
  });
  sfu.room.emit(RoomEvent.ConnectionQualityChanged);
  await settled();
  expect(told).toBe(0);
  sfu.room.arrives(okafor.identity, { "int:fr": "audio" });
  await settled();
  expect(told).toBe(1);
});

test("a channel of which no packet comes any more is told so, and told again when one comes; nothing of it after the line", async () => {
  const { call, clock, sfu } = scene(maren);
  await call.enter("chamber");
  sfu.room.arrives(vey.identity, { floor: "audio" });
  sfu.room.arrives(okafor.identity, { "int:fr": "audio" });
  await settled();
  const [floor, channel] = [`${vey.identity}/floor`, `${okafor.identity}/int:fr`];
  const { played } = sfu.room;
  const told: unknown[] = [];
  call.sounds.subscribe(() => {
    told.push(call.sounds.get().map(({ id, stalled }) => [id, stalled]));
  });
  const pass = (...ids: readonly string[]): void => {
    for (let look = 0; look < 12; look += 1) {
      clock.pass(250);
      for (const id of ids) played.set(id, clock.now());
    }
  };
  pass(floor, channel);
  expect(told).toEqual([]);
  pass(floor);
  const broken = [
    [floor, undefined],
    [channel, true],
  ];
  expect(told).toEqual([broken]);
  pass(floor, channel);
  const whole = [
    [floor, undefined],
    [channel, undefined],
  ];
  expect(told).toEqual([broken, whole]);
  await call.leave();
  pass();
  expect(told).toEqual([broken, whole, []]);
});

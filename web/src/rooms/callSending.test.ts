// @vitest-environment jsdom
import { RoomEvent } from "livekit-client";
import { describe, expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { lind, maren, okafor, scene, seating, settled } from "../testing/call";

describe("who comes from the caucus", () => {
  test("is muted in the chamber until they say otherwise, and is told so", async () => {
    const { call, sfu } = scene(lind, { phase: "closed", format: "plenary" });
    await call.enter("caucus");
    await call.send("microphone", true);
    await settled();
    expect(sfu.room.localParticipant.sent.get("floor")?.isMuted).toBe(false);
    await call.enter("chamber");
    await settled();
    expect(sfu.room.localParticipant.tracks).toEqual(["floor muted"]);
    expect(call.state.get()).toMatchObject({ cameMuted: true, wished: { microphone: false } });
    await call.send("microphone", true);
    expect(call.state.get()).toMatchObject({ cameMuted: false, sending: { microphone: true } });
  });

  test("and left it before is muted too: a principal, an interpreter who was on air", async () => {
    const principal = scene(maren);
    await principal.call.enter("caucus");
    await principal.call.leave();
    await principal.call.enter("chamber");
    await settled();
    expect(principal.sfu.room.localParticipant.tracks).toEqual(["floor muted", "camera"]);
    expect(principal.call.state.get()).toMatchObject({ cameMuted: true, wished: { microphone: false, camera: true } });
    const interpreter = scene(okafor);
    await interpreter.call.enter("chamber");
    await interpreter.call.speakInto("fr" as Language);
    await interpreter.call.enter("caucus");
    await interpreter.call.enter("chamber");
    await settled();
    expect(interpreter.sfu.room.localParticipant.tracks).toEqual(["int:en muted", "int:fr muted"]);
    expect(interpreter.call.state.get().cameMuted).toBe(true);
  });

  test("with nothing switched on is told nothing", async () => {
    const { call } = scene(lind, { phase: "closed", format: "plenary" });
    await call.enter("chamber");
    await call.enter("caucus");
    await call.enter("chamber");
    expect(call.state.get().cameMuted).toBe(false);
  });
});

describe("a connection in trouble", () => {
  test("is not called so while only signalling fails; the list is told again", async () => {
    const { call, sfu } = scene(maren);
    await call.enter("chamber");
    sfu.room.emit(RoomEvent.SignalReconnecting);
    expect(seating(call)).toBe("seated");
    const { lists } = sfu.room.localParticipant;
    const before = lists.length;
    sfu.room.emit(RoomEvent.Reconnected);
    expect(lists.slice(before)).toEqual([lists[before - 1]]);
  });

  test("gives way to another connection with another ticket when all would begin anew", async () => {
    const { asked, call, sfu } = scene(maren);
    await call.enter("chamber");
    await settled();
    sfu.room.emit(RoomEvent.Reconnecting);
    expect(seating(call)).toBe("returning");
    await settled();
    expect(seating(call)).toBe("seated");
    expect([asked.length, sfu.rooms.length]).toEqual([2, 2]);
    expect(sfu.room.localParticipant.tracks).toEqual(sfu.rooms[0]?.localParticipant.tracks);
  });

  test("lets the microphone and the camera be switched off at once", async () => {
    const { call, copies, sfu } = scene(maren);
    await call.enter("chamber");
    await settled();
    sfu.room.emit(RoomEvent.SignalReconnecting);
    // The SFU answers nothing.
    const never = new Promise<never>(() => undefined);
    for (const publication of sfu.room.localParticipant.sent.values()) publication.mute = async () => never;
    sfu.room.localParticipant.unpublishTrack = async () => never;
    void call.send("microphone", false);
    expect(copies.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ["audio", false],
      ["video", true],
    ]);
    expect(call.state.get().sending).toMatchObject({ microphone: false, camera: true });
    void call.send("camera", false);
    expect(copies.map(({ enabled }) => enabled)).toEqual([false, false]);
    expect(call.state.get().sending).toMatchObject({ microphone: false, camera: false });
  });
});

describe("devices are let go", () => {
  const both = ["microphone", "camera"];

  test("by who leaves, and by nobody who enters", async () => {
    const { call, closed } = scene(maren);
    await call.enter("chamber");
    await call.enter("caucus");
    expect(closed).toEqual([]);
    const leaving = call.leave();
    // In the same instant: a preview that opens next is not let go again.
    expect(closed).toEqual(both);
    await leaving;
    expect(closed).toEqual(both);
  });

  test("at the meeting's end, and when another tab has the seat", async () => {
    const ended = scene(maren);
    await ended.call.enter("chamber");
    ended.move({ phase: "adjourned" });
    expect(ended.closed).toEqual(both);
    const robbed = scene(maren);
    await robbed.call.enter("chamber");
    await robbed.call.loseSeat();
    expect(robbed.closed).toEqual(both);
  });

  test("and nothing that was to be sent opens them again", async () => {
    const { call, copies, sfu } = scene(maren);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    sfu.media = promise;
    const entering = call.enter("chamber");
    await settled();
    const before = copies.length;
    const leaving = call.leave();
    expect(copies.map(({ readyState }) => readyState)).toEqual(copies.map(() => "ended"));
    resolve(undefined);
    await Promise.all([entering, leaving]);
    expect(copies).toHaveLength(before);
  });
});

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

const granted = ({ call }: ReturnType<typeof scene>): readonly string[] => {
  const now = call.state.get().seating;
  return now.at === "seated" ? now.grant.publish : [];
};

describe("an interpreter's camera in the chamber", () => {
  const FR = "fr" as Language;

  test("is the picture of a channel that is signed, or nothing", async () => {
    const speaks = scene(okafor);
    await speaks.call.enter("chamber");
    await speaks.call.send("camera", true);
    await settled();
    expect([granted(speaks), speaks.sfu.room.localParticipant.tracks]).toEqual([
      ["microphone"],
      ["int:en muted", "int:fr muted"],
    ]);
    const signs = scene(okafor);
    signs.tell({ channels: [{ language: FR, kind: "signed" }] });
    await signs.call.enter("chamber");
    await signs.call.send("camera", true);
    await settled();
    expect(granted(signs)).toEqual(["microphone", "camera"]);
    expect(signs.sfu.room.localParticipant.tracks).toEqual(["int:en muted", "sign:fr muted"]);
    await signs.call.speakInto(FR);
    expect([signs.call.onAir(), signs.call.state.get().sending]).toEqual([
      FR,
      { microphone: false, camera: true, screen: false },
    ]);
  });

  test("goes out when there is nothing more to sign", async () => {
    const { call, closed, move, sfu, tell } = scene(okafor);
    tell({ channels: [{ language: FR, kind: "signed" }] });
    await call.enter("chamber");
    await call.speakInto(FR);
    move({ mode: "consecutive" });
    await settled();
    expect([sfu.room.localParticipant.sent.has("sign:fr"), closed.includes("camera")]).toEqual([false, true]);
  });
});

describe("an interpreter who was on air", () => {
  test("is off air when the mode changes, and when it changes back", async () => {
    const { call, move, sfu } = scene(okafor);
    await call.enter("chamber");
    await call.speakInto("fr" as Language);
    move({ mode: "consecutive" });
    expect(call.state.get().wished.microphone).toBe(false);
    await call.send("microphone", true);
    move({ mode: "simultaneous" });
    await settled();
    expect(call.state.get()).toMatchObject({ cameMuted: true, wished: { microphone: false } });
    const { sent } = sfu.room.localParticipant;
    expect([...sent].map(([name, { isMuted }]) => [name, isMuted])).toEqual([
      ["int:en", true],
      ["int:fr", true],
    ]);
  });

  test("is not heard at once because their microphone was ready for their turn", async () => {
    const { call, move, sfu } = scene(okafor);
    await call.enter("chamber");
    move({ mode: "consecutive" });
    await call.send("microphone", true);
    move({ mode: "liaison" });
    await settled();
    expect(call.state.get()).toMatchObject({ cameMuted: true, wished: { microphone: false } });
    expect([...sfu.room.localParticipant.sent].map(([name, { isMuted }]) => [name, isMuted])).toEqual([
      ["floor", true],
    ]);
    await call.send("microphone", true);
    await settled();
    expect(call.state.get()).toMatchObject({ cameMuted: false, sending: { microphone: true } });
  });

  test("and whoever spoke on the floor goes on speaking", async () => {
    const { call, move } = scene(maren);
    await call.enter("chamber");
    move({ mode: "consecutive" });
    expect(call.state.get()).toMatchObject({ cameMuted: false, wished: { microphone: true } });
  });
});

describe("a connection in trouble", () => {
  test("is not called so while only signalling fails; the list is told again", async () => {
    const { call, sfu } = scene(maren);
    await call.enter("chamber");
    sfu.room.emit(RoomEvent.SignalReconnecting);
    await settled();
    expect(seating(call)).toBe("seated");
    const { lists } = sfu.room.localParticipant;
    const before = lists.length;
    sfu.room.emit(RoomEvent.Reconnected);
    expect(lists.slice(before)).toEqual([lists[before - 1]]);
  });

  test("gives way at once when the media engine was started again, for it has forgotten everybody", async () => {
    const { asked, call, sfu } = scene(maren);
    await call.enter("chamber");
    await settled();
    sfu.life = "2";
    sfu.room.emit(RoomEvent.SignalReconnecting);
    await settled();
    expect([sfu.rooms.length, sfu.rooms[0]?.ended, seating(call)]).toEqual([2, true, "seated"]);
    // The ticket that showed it is the next line's, and nobody else's.
    expect(asked).toHaveLength(2);
    sfu.room.emit(RoomEvent.Reconnecting);
    await settled();
    expect([asked.length, sfu.rooms.length]).toEqual([3, 3]);
  });

  test("is left to itself when nobody can say whether the media engine was started again", async () => {
    const { call, refusals, sfu } = scene(maren);
    await call.enter("chamber");
    await settled();
    sfu.life = "2";
    refusals.push("sfu_unavailable");
    sfu.room.emit(RoomEvent.SignalReconnecting);
    await settled();
    expect([sfu.rooms.length, seating(call)]).toEqual([1, "seated"]);
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

const own = ({ sfu }: ReturnType<typeof scene>) => sfu.room.localParticipant;

/** Whether each device that is open lets something out. */
const lets = ({ copies }: ReturnType<typeof scene>): readonly boolean[] =>
  copies.filter(({ readyState }) => readyState === "live").map(({ enabled }) => enabled);

async function speaking(): Promise<ReturnType<typeof scene>> {
  const spoken = scene(okafor);
  spoken.move({ phase: "closed", mode: "liaison" });
  await spoken.call.enter("chamber");
  await spoken.call.send("microphone", true);
  await settled();
  return spoken;
}

describe("an interpreter who coughs where they speak on the floor", () => {
  test("sends nothing for as long as the key is held, and nobody is told", async () => {
    const spoken = await speaking();
    expect(lets(spoken)).toEqual([true]);
    const coughing = spoken.call.cough(true);
    // In the same instant.
    expect(lets(spoken)).toEqual([false]);
    await coughing;
    expect([own(spoken).sent.get("floor")?.isMuted, spoken.call.state.get().wished.microphone]).toEqual([false, true]);
    await spoken.call.cough(false);
    expect([lets(spoken), spoken.call.state.get().sending.microphone]).toEqual([[true], true]);
  });

  test("is not switched on by it", async () => {
    const spoken = await speaking();
    await spoken.call.send("microphone", false);
    await spoken.call.cough(true);
    await spoken.call.cough(false);
    expect([own(spoken).sent.get("floor")?.isMuted, lets(spoken)]).toEqual([true, [false]]);
  });

  test("and lets the key go in the caucus is heard again once they switch their microphone on", async () => {
    const spoken = await speaking();
    await spoken.call.cough(true);
    await spoken.call.enter("caucus");
    await spoken.call.cough(false);
    await spoken.call.enter("chamber");
    await spoken.call.send("microphone", true);
    await settled();
    expect([lets(spoken), spoken.call.state.get().sending.microphone]).toEqual([[true], true]);
  });
});

test("an interpreter who goes on air in the middle of a cough is heard when it ends", async () => {
  const FR = "fr" as Language;
  const booth = scene(okafor);
  await booth.call.enter("chamber");
  await booth.call.cough(true);
  await booth.call.ready([FR]);
  const going = booth.call.speakInto(FR);
  const heard = () => own(booth).sent.get("int:fr")?.track?.mediaStreamTrack.enabled;
  expect(heard()).toBe(false);
  await going;
  expect([own(booth).sent.get("int:fr")?.isMuted, heard(), booth.call.onAir()]).toEqual([false, false, FR]);
  await booth.call.cough(false);
  expect(heard()).toBe(true);
});

describe("whoever whispers", () => {
  const FR = "fr" as Language;
  test("stops when they go on air, and is off air while they whisper", async () => {
    const booth = scene(okafor);
    await booth.call.enter("chamber");
    await booth.call.speakInto(FR);
    await booth.call.whisper(maren.identity);
    const name = `whisper:${maren.identity}`;
    expect([booth.call.onAir(), own(booth).sent.get("int:fr")?.isMuted, own(booth).sent.get(name)?.isMuted]).toEqual([
      null,
      true,
      false,
    ]);
    expect(booth.call.state.get().sending.microphone).toBe(false);
    await booth.call.speakInto(FR);
    expect([[...own(booth).sent.keys()], booth.call.onAir()]).toEqual([["int:en", "int:fr"], FR]);
  });

  test.each([
    [
      "came from the caucus",
      async ({ call }: ReturnType<typeof scene>) => {
        await call.enter("caucus");
        await call.whisper(null);
        await call.enter("chamber");
      },
    ],
    [
      "had a recess",
      async ({ move }: ReturnType<typeof scene>) => {
        move({ phase: "recess" });
        move({ phase: "closed" });
        return Promise.resolve();
      },
    ],
  ])("whispers no more when they %s", async (_name, then) => {
    const booth = scene(okafor);
    await booth.call.enter("chamber");
    await booth.call.whisper(maren.identity);
    await then(booth);
    await settled();
    expect([...own(booth).sent.keys()]).toEqual(["int:en", "int:fr"]);
  });
});

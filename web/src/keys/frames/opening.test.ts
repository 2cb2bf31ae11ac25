// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  CAMERA_IN,
  CAMERA_OUT,
  FakeFrame,
  FakeTrack,
  FLOOR_IN,
  FLOOR_OUT,
  GROUP,
  Member,
  pair,
  receive,
  secret,
  send,
  SPEECH,
  ANNA,
} from "../../testing/frames";
import type { Frame } from "./pipe";
import { Tally } from "./counts";
import { Ring } from "./keys";
import { channelTag, keyIdOf } from "./layout";
import { Opener } from "./opening";

function changed(frame: FakeFrame, place: number): FakeFrame {
  const bytes = frame.bytes().slice();
  const at = place < 0 ? bytes.length + place : place;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new FakeFrame(bytes, "audio/opus");
}

function copy(frame: FakeFrame | undefined): Frame {
  return new FakeFrame(frame?.bytes() ?? SPEECH, "video/VP8", frame?.type);
}

describe("what comes in", () => {
  test("is heard once", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says(FLOOR_OUT, SPEECH, SPEECH, SPEECH);
    expect(await boris.hears([...frames, ...frames])).toHaveLength(3);
    expect(await boris.hears(frames)).toEqual([]);
    expect(boris.counts().dropped.replayed).toBe(6);
  });

  test("is heard once even if its key was erased and given again", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says();
    await boris.hears(frames);
    await boris.told({ do: "forget", sender: ANNA }, receive(5));
    expect(await boris.hears(frames)).toEqual([]);
    expect(boris.counts().dropped.replayed).toBe(1);
  });

  test("may come late, up to 4096 frames behind the newest", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says(FLOOR_OUT, ...Array.from({ length: 4098 }, () => SPEECH));
    const [tooLate, justInTime, ...others] = frames;
    expect(await boris.hears(frames.slice(-1))).toHaveLength(1);
    expect(await boris.hears([justInTime, tooLate].filter((frame) => frame !== undefined))).toEqual([]);
    expect(await boris.hears(others.slice(0, 1))).toHaveLength(1);
    expect(boris.counts().dropped.replayed).toBe(2);
  });

  test("in clear is dropped", async () => {
    const { boris } = await pair();
    const clear = [SPEECH, SPEECH.slice(0, 20), new Uint8Array(200).fill(12)];
    expect(await boris.hears(clear.map((one) => new FakeFrame(one)))).toEqual([]);
    expect(boris.counts().dropped).toMatchObject({ unsealed: 2, missingKey: 1 });
  });

  test("with any byte changed is dropped", async () => {
    const { anna, boris } = await pair();
    const [frame] = (await anna.says()) as [FakeFrame];
    const last = frame.bytes().length - 1;
    for (let place = 0; place <= last; place += 1) expect(await boris.hears([changed(frame, place)])).toEqual([]);
    expect(boris.counts().dropped).toEqual({
      ...new Member().counts().dropped,
      wrongChannel: 2,
      unsealed: 1,
      missingKey: 1,
      badTag: last + 1 - 4,
    });
    expect(await boris.hears([frame])).toHaveLength(1);
  });

  test("of nobody we know, under a key we lack, or under another's key is dropped", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says();
    expect(await boris.hears(frames, { ...FLOOR_IN, sender: "CARLA" })).toEqual([]);
    await anna.told(send(6));
    expect(await boris.hears(await anna.says())).toEqual([]);
    await boris.told(receive(6, 99));
    expect(await boris.hears(await anna.says())).toEqual([]);
    expect(boris.counts().dropped).toMatchObject({ unknownSender: 1, missingKey: 1, badTag: 1 });
  });

  test("on another track of the same member is dropped", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says({ ...FLOOR_OUT, purpose: "int:fr" });
    expect(await boris.hears(frames)).toEqual([]);
    expect(await boris.hears(frames, { ...FLOOR_IN, purpose: "int:de" })).toEqual([]);
    expect(await boris.hears(frames, { ...FLOOR_IN, purpose: "int:fr" })).toHaveLength(1);
    expect(boris.counts().dropped.wrongChannel).toBe(2);
  });

  test("under an erased key is dropped, and the other keys still open", async () => {
    const { anna, boris } = await pair();
    await boris.told(receive(6));
    const before = await anna.says(FLOOR_OUT, SPEECH, SPEECH);
    await anna.told(send(6));
    const after = await anna.says(FLOOR_OUT, SPEECH, SPEECH);
    await boris.told({ do: "forget", sender: ANNA, keyIds: [5] });
    expect(await boris.hears(before.slice(0, 1))).toEqual([]);
    expect(await boris.hears(after.slice(0, 1))).toHaveLength(1);
    await boris.told({ do: "forget", sender: ANNA });
    expect(await boris.hears(after.slice(1))).toEqual([]);
    expect(boris.counts().dropped).toMatchObject({ missingKey: 1, unknownSender: 1 });
  });

  test("is not heard when its key is erased before it is derived", async () => {
    const { anna, boris } = await pair();
    const frames = await anna.says();
    const late = boris.told(receive(5));
    await boris.told({ do: "forget", sender: ANNA });
    await late;
    expect(await boris.hears(frames)).toEqual([]);
  });

  test("opens with the next floor's key when the floor before, with the same key ids, is left", async () => {
    const { anna } = await pair();
    const boris = new Member(2);
    const words = [
      [receive(133, 7), "floor.1"],
      [receive(133, 5), "floor.2"],
      [{ do: "forget", sender: ANNA, keyIds: [133] }, "floor.1"],
      [{ do: "forget", sender: ANNA }, "floor.1"],
    ] as const;
    for (const [word, group] of words) await boris.frames.obey(word, group, () => undefined);
    boris.frames.leave("floor.1");
    await anna.told(send(133, 5));
    expect(await boris.hears(await anna.says())).toHaveLength(1);
    boris.frames.leave("floor.2");
    expect(await boris.hears(await anna.says())).toEqual([]);
  });

  test("is not heard under a floor's key behind closed doors, but for what was under way", async () => {
    const { anna, boris } = await pair(133);
    await boris.told(receive(5));
    boris.frames.sealUnder("chamber");
    boris.now = 1000;
    expect(await boris.hears(await anna.says())).toHaveLength(1);
    // Closing again does not open them for longer.
    boris.frames.sealUnder("chamber");
    boris.now = 1001;
    expect(await boris.hears(await anna.says())).toEqual([]);
    expect(boris.counts().dropped.doorsClosed).toBe(1);
    await anna.told(send(5));
    expect(await boris.hears(await anna.says())).toHaveLength(1);
    boris.frames.sealUnder("floor.2");
    await anna.told(send(133));
    expect(await boris.hears(await anna.says())).toHaveLength(1);
  });

  test("under a floor's key long after its doors had closed is not heard, but whose it is is told, once a second", async () => {
    const { anna, boris } = await pair(133);
    boris.frames.sealUnder("chamber");
    boris.now = 1001;
    const [first, ...others] = await anna.says(FLOOR_OUT, SPEECH, SPEECH, SPEECH);
    expect(await boris.hears([first, ...others].filter((frame) => frame !== undefined))).toEqual([]);
    expect(boris.overheard).toEqual([[ANNA, GROUP]]);
    boris.now = 2001;
    // The same again says nothing of now.
    await boris.hears(others);
    expect(boris.overheard).toHaveLength(1);
    expect(await boris.hears(await anna.says())).toEqual([]);
    expect(boris.overheard).toHaveLength(2);
    expect(boris.counts().dropped.doorsClosed).toBe(6);
  });

  test("is told to be outside only if it holds under the sender's key, is new, and was not sealed before the doors closed", async () => {
    const { anna, boris } = await pair(133);
    await boris.told(receive(5));
    const [heard, held] = (await anna.says(FLOOR_OUT, SPEECH, SPEECH)) as [FakeFrame, FakeFrame];
    await boris.hears([heard]);
    boris.frames.sealUnder("chamber");
    await anna.told(send(5));
    expect(await boris.hears(await anna.says())).toHaveLength(1);
    boris.now = 1001;
    await anna.told(send(133));
    const [fresh] = (await anna.says()) as [FakeFrame];
    // Sent again; held back; forged; on another track; by nobody.
    await boris.hears([heard, held, changed(fresh, -20)]);
    await boris.hears([fresh], { ...FLOOR_IN, purpose: "int:fr" });
    await boris.hears([fresh], { ...FLOOR_IN, sender: "CARLA" });
    expect(boris.overheard).toEqual([]);
    await boris.hears([fresh]);
    expect(boris.overheard).toEqual([[ANNA, GROUP]]);
    // Without the floor's keys nobody can tell any more.
    boris.frames.leave(GROUP);
    boris.now = 9000;
    await boris.hears(await anna.says());
    expect(boris.overheard).toHaveLength(1);
  });

  test("is not heard when its key is erased while it is being opened", async () => {
    const { anna } = await pair();
    const [frame] = await anna.says();
    const tally = new Tally();
    const ring = new Ring();
    await ring.install("chamber", ANNA, 5, secret(5));
    const opener = new Opener(
      ring,
      tally,
      () => 0,
      () => undefined,
    );
    const opening = opener.open({
      frame: frame?.bytes() ?? SPEECH,
      header: 1,
      sender: ANNA,
      tag: await channelTag("floor"),
    });
    ring.forget("chamber", ANNA, [5]);
    expect(await opening).toBeUndefined();
    expect(tally.counts().dropped.missingKey).toBe(1);
  });

  test("goes on past the last epoch that seven bits can count", async () => {
    const { anna, boris } = await pair();
    for (const epoch of [126n, 127n, 128n, 129n, 255n, 256n]) {
      const keyId = keyIdOf("inside", epoch);
      const seed = Number(epoch % 251n);
      await boris.told(receive(keyId, seed));
      await anna.told(send(keyId, seed));
      expect(await boris.hears(await anna.says())).toEqual([SPEECH]);
    }
    expect([keyIdOf("inside", 127n), keyIdOf("inside", 128n)]).toEqual([127, 0]);
    expect([keyIdOf("floor", 127n), keyIdOf("floor", 128n)]).toEqual([255, 128]);
    expect(boris.counts().senders).toMatchObject([{ opened: 6, onFloor: 0 }]);
  });

  test("asks for a key frame when a picture's beginning was missed, and only then", async () => {
    const { anna, boris } = await pair();
    const pictures = ["key", "delta", "delta"].map((type) => new FakeFrame(SPEECH, "video/VP8", type));
    const [first, second, third] = await anna.passes(CAMERA_OUT, ...pictures);
    const track = new FakeTrack(CAMERA_IN);
    const taking = boris.frames.take(track);
    await track.send(copy(first), copy(second));
    expect(track.asked).toBe(0);
    await track.send(new FakeFrame(SPEECH, "video/VP8", "delta"), copy(third));
    await track.close();
    await taking;
    expect(track.asked).toBe(1);
    expect(track.passed).toHaveLength(3);
  });

  test("asks for a key frame when it is listened to in the middle", async () => {
    const { anna, boris } = await pair();
    const pictures = ["key", "delta", "delta"].map((type) => new FakeFrame(SPEECH, "video/VP8", type));
    const [, ...later] = await anna.passes(CAMERA_OUT, ...pictures);
    const track = new FakeTrack(CAMERA_IN);
    const taking = boris.frames.take(track);
    await track.send(...later);
    await track.close();
    await taking;
    expect(track.asked).toBe(1);
  });
});

// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  ANNA,
  CAMERA_IN,
  CAMERA_OUT,
  FakeFrame,
  FakeTrack,
  FLOOR_OUT,
  GROUP,
  Member,
  pair,
  secret,
  send,
  SPEECH,
} from "../../testing/frames";
import { Tally } from "./counts";
import { COUNTS, parted, readIv, writeIv } from "./layout";
import { Numbering } from "./numbering";
import { Sealer } from "./sealing";

const ivOf = (frame: FakeFrame | undefined): ReturnType<typeof readIv> =>
  readIv(parted(frame?.bytes() ?? new Uint8Array(), 1)?.iv ?? new Uint8Array(12));

describe("what leaves", () => {
  test("is sealed: the first byte in clear, thirty bytes more, and the key's id at the end", async () => {
    const { anna, boris } = await pair(133);
    const [frame] = await anna.says();
    const bytes = frame?.bytes() ?? new Uint8Array();
    expect(bytes.length).toBe(SPEECH.length + 30);
    expect([bytes[0], bytes.at(-2), bytes.at(-1)]).toEqual([SPEECH[0], 12, 133]);
    expect(await boris.hears([frame as FakeFrame])).toEqual([SPEECH]);
    expect(boris.counts().senders).toEqual([{ sender: ANNA, keyId: 133, opened: 1, onFloor: 1 }]);
  });

  test("is nothing without a key, nothing after silence, and nothing of a key that comes after silence was asked", async () => {
    const anna = new Member();
    expect(await anna.says()).toEqual([]);
    await anna.told(send(5));
    expect(await anna.says()).toHaveLength(1);
    await anna.told({ do: "silence" });
    expect(await anna.says()).toEqual([]);
    const late = anna.told(send(6));
    anna.frames.leave(GROUP);
    await late;
    expect(await anna.says()).toEqual([]);
    expect(anna.counts().dropped.noSendingKey).toBe(3);
  });

  test.each([
    ["video/VP9", CAMERA_OUT],
    ["video/AV1", CAMERA_OUT],
    ["video/H264", CAMERA_OUT],
    ["audio/PCMU", FLOOR_OUT],
    ["video/VP8", FLOOR_OUT],
    ["audio/opus", CAMERA_OUT],
  ])("is not %s on a track for %o", async (mimeType, task) => {
    const { anna } = await pair();
    expect(await anna.passes(task, new FakeFrame(SPEECH, mimeType, "delta"))).toEqual([]);
    expect(anna.counts().dropped.codec).toBe(1);
  });

  test("is counted as redundant when it carries what was said before", async () => {
    const { anna } = await pair();
    await anna.passes(FLOOR_OUT, ...["audio/red", "audio/opus"].map((mimeType) => new FakeFrame(SPEECH, mimeType)));
    await anna.told({ do: "silence" });
    await anna.passes(FLOOR_OUT, new FakeFrame(SPEECH, "audio/red"));
    expect(anna.counts()).toMatchObject({ sealed: 2, redundant: 1 });
  });

  test("is no frame without content", async () => {
    const { anna } = await pair();
    const empty = [new FakeFrame(new Uint8Array(), "audio/opus"), new FakeFrame(SPEECH.slice(0, 1), "audio/opus")];
    expect(await anna.passes(FLOOR_OUT, ...empty)).toEqual([]);
    expect(await anna.passes(CAMERA_OUT, new FakeFrame(SPEECH, "video/VP8", "empty"))).toEqual([]);
    expect(anna.counts().dropped.empty).toBe(3);
  });

  test("of a picture keeps three bytes in clear, ten of a key frame", async () => {
    const { anna, boris } = await pair();
    const pictures = [new FakeFrame(SPEECH, "video/VP8", "key"), new FakeFrame(SPEECH, "video/VP8", "delta")];
    const [key, delta] = await anna.passes(CAMERA_OUT, ...pictures);
    expect(key?.bytes().slice(0, 10)).toEqual(SPEECH.slice(0, 10));
    expect(key?.bytes().slice(10, 13)).not.toEqual(SPEECH.slice(10, 13));
    expect(delta?.bytes().slice(0, 3)).toEqual(SPEECH.slice(0, 3));
    expect(delta?.bytes().slice(3, 6)).not.toEqual(SPEECH.slice(3, 6));
    const sealed = [key, delta].map((frame) => new FakeFrame(frame?.bytes() ?? SPEECH, "video/VP8", frame?.type));
    expect((await boris.passes(CAMERA_IN, ...sealed)).map((frame) => frame.bytes())).toEqual([SPEECH, SPEECH]);
  });

  test("of a track whose task is not understood is nothing, not even read", async () => {
    const { anna } = await pair();
    for (const task of [
      undefined,
      { side: "none" },
      { ...FLOOR_OUT, purpose: "speech" },
      { ...FLOOR_OUT, side: "pass" },
    ]) {
      const track = new FakeTrack(task);
      await anna.frames.take(track);
      expect(track.readable.locked).toBe(false);
      expect(track.passed).toEqual([]);
    }
    expect(anna.ended).toBe(0);
  });

  test("is nothing, not even what was being sealed, once silence was asked", async () => {
    const tally = new Tally();
    const sealer = new Sealer(new Numbering(1), tally);
    sealer.sealUnder("chamber");
    await sealer.use("chamber", 5, secret(5));
    const sealing = sealer.seal(SPEECH, 1, 9);
    sealer.silence("chamber");
    expect(await sealing).toBeUndefined();
    expect(tally.counts()).toMatchObject({ sealed: 0, dropped: { noSendingKey: 1 } });
  });

  test("is sealed under the keys of the group that is in use alone, whatever others give and whenever", async () => {
    const sealer = new Sealer(new Numbering(1), new Tally());
    const keyId = async () => new Uint8Array((await sealer.seal(SPEECH, 1, 9)) ?? new ArrayBuffer()).at(-1);
    await sealer.use("floor.1", 133, secret(5));
    expect(await keyId()).toBeUndefined();
    sealer.sealUnder("floor.1");
    expect(await keyId()).toBe(133);
    const [sealing, coming] = [keyId(), sealer.use("chamber", 5, secret(6))];
    // The doors close: not even what was being sealed leaves, and what the floor gives later is not used.
    sealer.sealUnder("chamber");
    expect(await sealing).not.toBe(133);
    await Promise.all([coming, sealer.use("floor.1", 134, secret(7))]);
    expect(await keyId()).toBe(5);
    sealer.silence("floor.1");
    expect(await keyId()).toBe(5);
    sealer.sealUnder("floor.1");
    expect(await keyId()).toBeUndefined();
    sealer.sealUnder(null);
    expect(await keyId()).toBeUndefined();
  });

  test("goes on under the new key when the key changes, and never again under the old", async () => {
    const sealer = new Sealer(new Numbering(1), new Tally());
    sealer.sealUnder("chamber");
    await sealer.use("chamber", 5, secret(5));
    const keyIds: number[] = [];
    const sealAll = async (): Promise<void> => {
      const sealing = Array.from({ length: 200 }, async () => {
        const frame = await sealer.seal(SPEECH, 1, 9);
        keyIds.push(new Uint8Array(frame ?? new ArrayBuffer()).at(-1) ?? -1);
      });
      await Promise.all(sealing);
    };
    await sealAll();
    const switching = sealer.use("chamber", 6, secret(6)).then(() => keyIds.length);
    const others = sealAll();
    const before = await switching;
    await others;
    await sealAll();
    expect(keyIds).toHaveLength(600);
    expect(new Set(keyIds.slice(0, before))).toEqual(new Set([5]));
    expect(new Set(keyIds.slice(before))).toEqual(new Set([6]));
  });
});

describe("an IV", () => {
  test("counts on through chamber, floor, chamber, and over all tracks", async () => {
    const anna = new Member(77);
    const seen: number[] = [];
    for (const keyId of [5, 133, 5]) {
      await anna.told(send(keyId));
      const [floor] = await anna.says();
      const [interpretation] = await anna.says({ ...FLOOR_OUT, purpose: "int:fr" });
      seen.push(ivOf(floor).count, ivOf(interpretation).count);
      expect(ivOf(floor).start).toBe(77);
      expect(ivOf(floor).tag).not.toBe(ivOf(interpretation).tag);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("is written and read the same at the ends of its counter", () => {
    for (const count of [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1]) {
      const said = { tag: 65_535, start: 2 ** 32 - 1, count };
      expect(readIv(writeIv(said))).toEqual(said);
    }
  });
});

test("a million frames of four starts, on two tracks: no IV comes twice", () => {
  for (const start of [1, 2, 3, 2 ** 32 - 1]) {
    const numbering = new Numbering(start, 2 ** 32 - 1000);
    let before = -1;
    for (let frame = 0; frame < 250_000; frame += 1) {
      const said = readIv(numbering.next(frame % 2) ?? new Uint8Array(12));
      // Within a start the count alone tells frames apart; the starts differ.
      if (said.count <= before || said.start !== start) throw new Error(`frame ${String(frame)} has the IV of another`);
      before = said.count;
    }
    expect(before).toBe(2 ** 32 - 1000 + 249_999);
  }
}, 60_000);

test("sealing at once, under keys that come and go, takes a new IV for every frame", async () => {
  const sealer = new Sealer(new Numbering(1), new Tally());
  sealer.sealUnder("chamber");
  const seen = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    await sealer.use("chamber", round % 2 === 0 ? 5 : 133, new Uint8Array(32).fill(round % 2));
    const frames = await Promise.all(Array.from({ length: 100 }, async () => sealer.seal(SPEECH, 1, 9)));
    for (const frame of frames) seen.add(String(parted(new Uint8Array(frame ?? new ArrayBuffer()), 1)?.iv));
  }
  expect(seen.size).toBe(2000);
});

test("when the counter is spent, nothing more is sealed", async () => {
  const tally = new Tally();
  const sealer = new Sealer(new Numbering(1, COUNTS - 1), tally);
  sealer.sealUnder("chamber");
  await sealer.use("chamber", 1, new Uint8Array(32));
  expect(await sealer.seal(SPEECH, 1, 1)).toBeDefined();
  expect(await sealer.seal(SPEECH, 1, 1)).toBeUndefined();
  expect(tally.counts().dropped.spent).toBe(1);
});

// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  ANNA,
  CAMERA_IN,
  CAMERA_OUT,
  FakeFrame,
  FakeTrack,
  FLOOR_IN,
  FLOOR_OUT,
  Member,
  pair,
  receive,
  secret,
  send,
  SPEECH,
} from "../../testing/frames";
import type { Counts } from "./counts";
import { compose, parted } from "./layout";
import { readPageWord } from "./messages";

describe("the worker", () => {
  test("renews the pictures it sends, and nothing else", async () => {
    const { anna } = await pair();
    const tracks = [CAMERA_OUT, FLOOR_OUT, CAMERA_IN].map((task) => new FakeTrack(task));
    const taking = tracks.map(async (track) => anna.frames.take(track));
    await anna.told({ do: "renew" });
    expect(tracks.map(({ renewed }) => renewed)).toEqual([1, 0, 0]);
    await Promise.all([...tracks.map(async (track) => track.close()), ...taking]);
    await anna.told({ do: "renew" });
    expect([tracks[0]?.renewed, anna.renewed]).toEqual([1, 2]);
  });

  test.each([[true], [false]])(
    "opens what was held once it is said whose it is, said before or after: %j",
    async (before) => {
      const { anna, boris } = await pair();
      const [one, two] = await anna.says(FLOOR_OUT, SPEECH, SPEECH);
      const track = new FakeTrack({ side: "hold", place: 3 });
      if (before) await boris.frames.claim(3, FLOOR_IN);
      const taking = boris.frames.take(track);
      const sending = track.send(...[one, two].flatMap((frame) => frame ?? [])).then(async () => track.close());
      if (!before) {
        await taking;
        expect([track.passed, boris.counts().opened]).toEqual([[], 0]);
        await boris.frames.claim(3, FLOOR_IN);
      }
      await Promise.all([taking, sending]);
      expect(track.passed.map((frame) => frame.bytes())).toEqual([SPEECH, SPEECH]);
    },
  );

  test.each([[true], [false]])("passes nothing of what is nobody's, said before or after: %j", async (before) => {
    const { anna, boris } = await pair();
    const track = new FakeTrack({ side: "hold", place: 3 });
    if (before) await boris.frames.claim(3, null);
    await boris.frames.take(track);
    if (!before) await boris.frames.claim(3, null);
    const [frame] = await anna.says();
    void track.send(...(frame === undefined ? [] : [frame]));
    // Another place, and this one when it is over.
    await boris.frames.claim(4, FLOOR_IN);
    expect([track.passed, boris.counts().opened]).toEqual([[], 0]);
  });

  test("opens nothing of what was held when it has ended", async () => {
    const { anna, boris } = await pair();
    const track = new FakeTrack({ side: "hold", place: 3 });
    await boris.frames.take(track);
    boris.frames.end();
    const [frame] = await anna.says();
    void track.send(...(frame === undefined ? [] : [frame]));
    await boris.frames.claim(3, FLOOR_IN);
    expect(track.passed).toEqual([]);
  });

  test.each([
    [{ do: "claim", place: 3, task: FLOOR_IN }, true],
    [{ do: "claim", place: 3, task: null }, true],
    [{ do: "claim", place: 3, task: { side: "open" } }, false],
    [{ do: "claim", place: 3 }, false],
    [{ do: "claim", place: "3", task: null }, false],
    [{ do: "under", group: "floor.1" }, true],
    [{ do: "under", group: "floor" }, false],
    [{ do: "disconnect", group: null }, false],
  ])("takes of the page's words those that are some: %j", (word, isOne) => {
    expect(readPageWord(word)).toEqual(isOne ? word : undefined);
  });

  test.each([
    null,
    "send",
    {},
    { do: "open" },
    { do: "send", keyId: 256, secret: secret(1) },
    { do: "send", keyId: 1.5, secret: secret(1) },
    { do: "send", keyId: 1, secret: secret(1).slice(1) },
    { do: "send", keyId: 1 },
    { do: "receive", sender: "", keyId: 1, secret: secret(1) },
    { do: "receive", sender: ANNA, keyId: -1, secret: secret(1) },
    { do: "forget" },
    { do: "forget", sender: ANNA, keyIds: [1, 256] },
    { do: "forget", sender: ANNA, keyIds: 1 },
  ])("ends at a word that is none: %j", async (word) => {
    const { anna, boris } = await pair();
    const frames = await anna.says(FLOOR_OUT, SPEECH, SPEECH);
    expect(await boris.hears(frames.slice(0, 1))).toHaveLength(1);
    await anna.told(word);
    await boris.told(word);
    expect([anna.ended, boris.ended]).toEqual([1, 1]);
    expect(await boris.hears(frames.slice(1))).toEqual([]);
    await anna.told(send(5));
    await boris.told(receive(5));
    expect(await anna.says()).toEqual([]);
    expect(await boris.hears(frames.slice(1))).toEqual([]);
    expect([anna.ended, boris.ended]).toEqual([1, 1]);
  });

  test("lets nothing more of a track through once it has ended", async () => {
    const { anna } = await pair();
    const track = new FakeTrack(FLOOR_OUT);
    const taking = anna.frames.take(track);
    await track.send(new FakeFrame(SPEECH, "audio/opus"));
    anna.frames.end();
    await track.send(new FakeFrame(SPEECH, "audio/opus"));
    await track.close();
    await taking;
    expect(track.passed.length).toBeLessThan(2);
    expect(anna.counts().dropped.noSendingKey).toBeGreaterThan(0);
  });

  test("opens nothing more of a track, and takes no other, once it has ended", async () => {
    const { anna, boris } = await pair();
    const [first, second] = await anna.says(FLOOR_OUT, SPEECH, SPEECH);
    const track = new FakeTrack(FLOOR_IN);
    const taking = boris.frames.take(track);
    await track.send(new FakeFrame(first?.bytes() ?? SPEECH));
    boris.frames.end();
    await track.send(new FakeFrame(second?.bytes() ?? SPEECH));
    await track.close();
    await taking;
    expect(track.passed.length).toBeLessThan(2);
    expect(boris.counts().dropped.unknownSender).toBeGreaterThan(0);
    const another = new FakeTrack(FLOOR_IN);
    await boris.frames.take(another);
    expect(another.readable.locked).toBe(false);
  });

  test("overwrites every secret it is given", async () => {
    const words = [
      { do: "send", keyId: 1, secret: secret(1) },
      { do: "receive", sender: ANNA, keyId: 1, secret: secret(2) },
    ];
    await new Member().told(...words);
    expect(words.every((word) => word.secret.every((byte) => byte === 0))).toBe(true);
  });

  test("answers with its counts", async () => {
    const answers: Counts[] = [];
    await new Member().frames.obey({ do: "counts" }, "chamber", (counts) => answers.push(counts));
    expect(answers).toMatchObject([{ sealed: 0, opened: 0, senders: [] }]);
  });

  test("drops a frame that breaks the work, and goes on with the next", async () => {
    const { anna } = await pair();
    const broken = new FakeFrame(SPEECH, "audio/opus");
    Object.defineProperty(broken, "getMetadata", {
      value: () => {
        throw new Error("no metadata");
      },
    });
    expect(await anna.passes(FLOOR_OUT, broken, new FakeFrame(SPEECH, "audio/opus"))).toHaveLength(1);
    expect(anna.counts().dropped.broken).toBe(1);
  });
});

test("a frame is put together as it is parted", () => {
  const parts = { header: SPEECH.slice(0, 3), box: SPEECH.slice(3, 25), iv: SPEECH.slice(0, 12), keyId: 255 };
  expect(parted(new Uint8Array(compose(parts)), 3)).toEqual(parts);
  expect(parted(new Uint8Array(compose({ ...parts, box: SPEECH.slice(0, 15) })), 3)).toBeUndefined();
});

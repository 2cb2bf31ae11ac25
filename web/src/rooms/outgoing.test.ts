import { describe, expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { FakeLog } from "../testing/log";
import { aSeat } from "../testing/scenes";
import { FakeSealing } from "../testing/sealing";
import { aMediaTrack, FakeSfu } from "../testing/sfu";
import { Line } from "./line";
import { due, Outbox } from "./outgoing";

const all = { publish: ["microphone", "camera", "screen"], hear: true } as const;
const none = { publish: [], hear: false } as const;
const wish = { microphone: false, camera: true, screen: false, onAir: null };
const names = (tracks: ReturnType<typeof due>): readonly string[] =>
  tracks.map(({ name, muted }) => (muted ? `${name} muted` : name));

describe("what is due on the line", () => {
  test("a principal's microphone stays on the line, muted when not wished", () => {
    const maren = aSeat("maren", "principal");
    expect(names(due(maren, "chamber", all, wish))).toEqual(["floor muted", "camera"]);
    expect(names(due(maren, "chamber", all, { ...wish, microphone: true, camera: false }))).toEqual(["floor"]);
  });

  test("nothing that is not granted, whatever is wished", () => {
    expect(due(aSeat("maren", "principal"), "chamber", none, { ...wish, screen: true })).toEqual([]);
    const speaks = { publish: ["microphone"], hear: true } as const;
    expect(names(due(aSeat("lind", "adviser"), "chamber", speaks, wish))).toEqual(["floor muted"]);
  });

  test("an interpreter has every own channel on the line and at most one of them on air", () => {
    const okafor = aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]);
    const onAir = { ...wish, camera: false, microphone: true, onAir: "fr" as Language };
    expect(names(due(okafor, "chamber", all, onAir))).toEqual(["int:en muted", "int:fr"]);
    expect(names(due(okafor, "caucus", all, onAir))).toEqual(["floor"]);
  });
});

const DEAF = {
  joined: () => undefined,
  changed: () => undefined,
  restored: () => undefined,
  ended: () => undefined,
};

describe("what is sent", () => {
  const floor = { name: "floor", source: "microphone", muted: false } as const;

  async function scene() {
    const sfu = new FakeSfu("MAREN");
    const copies: MediaStreamTrack[] = [];
    const studio = {
      ready: Promise.resolve(),
      async copy() {
        await studio.ready;
        const track = aMediaTrack("audio");
        copies.push(track);
        return track;
      },
      close: () => undefined,
      warm: async () => Promise.resolve(),
      shareScreen: async () => Promise.resolve(aMediaTrack("video")),
    };
    const sealing = new FakeSealing("MAREN");
    const line = new Line(await sfu.load(), DEAF, sealing);
    await line.connect("ws://sfu", "token");
    const outbox = new Outbox(line, studio, new FakeLog());
    await outbox.align([floor]);
    return { copies, outbox, sealing, sfu, studio };
  }

  test("is sent anew without RED as soon as somebody comes who does not take it, from the same copy", async () => {
    const { copies, outbox, sealing, sfu } = await scene();
    const own = sfu.rooms.at(-1)?.localParticipant;
    expect(own?.tracks).toEqual(["floor"]);
    sealing.redundancy.set(false);
    await outbox.align([floor]);
    expect(own?.tracks).toEqual(["floor", "unpublish floor", "floor plain"]);
    sealing.redundancy.set(true);
    await outbox.align([{ ...floor, muted: true }]);
    expect(own?.tracks.slice(3)).toEqual(["unpublish floor", "floor muted"]);
    await outbox.align([{ ...floor, muted: true }]);
    expect(own?.tracks).toHaveLength(5);
    expect(copies.map(({ readyState }) => readyState)).toEqual(["live"]);
  });

  test("closed while another device was being opened, leaves no copy running", async () => {
    const { copies, outbox, studio } = await scene();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    studio.ready = promise;
    const swapping = outbox.swap("microphone");
    outbox.close();
    resolve(undefined);
    await swapping;
    expect(copies.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
  });

  test("is stopped when it is withdrawn, even if the SFU does not take it off the line", async () => {
    const { copies, outbox, sfu } = await scene();
    sfu.room.localParticipant.unpublishTrack = async () => Promise.reject(new Error("out of reach"));
    await outbox.align([]);
    expect(copies.map(({ readyState }) => readyState)).toEqual(["ended"]);
  });
});

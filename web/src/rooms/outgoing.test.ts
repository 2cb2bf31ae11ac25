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
const CHAMBER = { room: "chamber", mode: "simultaneous", channels: [] } as const;
const ASE = "ase" as Language;
const SIGNED = { ...CHAMBER, channels: [{ language: ASE, kind: "signed" }] } as const;
const wish = { microphone: false, camera: true, screen: false, onAir: null };
const names = (tracks: ReturnType<typeof due>): readonly string[] =>
  tracks.map(({ name, muted }) => (muted ? `${name} muted` : name));

describe("what is due on the line", () => {
  test("a principal's microphone stays on the line, muted when not wished", () => {
    const maren = aSeat("maren", "principal");
    expect(names(due(maren, CHAMBER, all, wish))).toEqual(["floor muted", "camera"]);
    expect(names(due(maren, CHAMBER, all, { ...wish, microphone: true, camera: false }))).toEqual(["floor"]);
  });

  test("nothing that is not granted, whatever is wished", () => {
    expect(due(aSeat("maren", "principal"), CHAMBER, none, { ...wish, screen: true })).toEqual([]);
    const speaks = { publish: ["microphone"], hear: true } as const;
    expect(names(due(aSeat("lind", "adviser"), CHAMBER, speaks, wish))).toEqual(["floor muted"]);
  });

  test("an interpreter has every own channel on the line and at most one of them on air", () => {
    const okafor = aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]);
    const onAir = { ...wish, camera: false, microphone: true, onAir: "fr" as Language };
    expect(names(due(okafor, CHAMBER, all, onAir))).toEqual(["int:en muted", "int:fr"]);
    expect(names(due(okafor, { ...CHAMBER, room: "caucus" }, all, onAir))).toEqual(["floor"]);
  });

  test("whoever whispers sends it under the hearer's name, and nothing on any channel", () => {
    const okafor = aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]);
    const whispers = aSeat("vey", "principal", "tolmar").identity;
    const EN = "en" as Language;
    const on = { ...wish, onAir: "fr" as Language, lingers: EN, whispers };
    expect(names(due(okafor, CHAMBER, all, on))).toEqual(["int:en muted", "int:fr muted", `whisper:${whispers}`]);
    const readied = due(okafor, CHAMBER, all, { ...on, ready: [EN], coughs: true });
    expect(readied.map(({ muted, hushed }) => muted || hushed)).toEqual([true, true, true]);
    const speaks = { publish: [], hear: true } as const;
    expect(due(okafor, CHAMBER, speaks, on)).toEqual([]);
    expect(names(due(okafor, { ...CHAMBER, mode: "consecutive" }, all, on))).not.toContain(`whisper:${whispers}`);
    expect(names(due(okafor, { ...CHAMBER, room: "caucus" }, all, on))).toEqual(["floor muted", "camera"]);
  });

  test("whoever signs has their picture on the line, muted off air, and no camera beside it", () => {
    const sol = aSeat("sol", "interpreter", "arven", ["ase", "en"]);
    const signing = { ...wish, onAir: ASE };
    const sources = due(sol, SIGNED, all, signing).map(({ source }) => source);
    expect(names(due(sol, SIGNED, all, { ...signing, onAir: null }))).toEqual(["sign:ase muted", "int:en muted"]);
    expect([names(due(sol, SIGNED, all, signing)), sources]).toEqual([
      ["sign:ase", "int:en muted"],
      ["camera", "microphone"],
    ]);
    const speaks = { publish: ["microphone"], hear: true } as const;
    expect(names(due(sol, SIGNED, speaks, signing))).toEqual(["int:en muted"]);
    expect(names(due(sol, CHAMBER, all, signing))).toEqual(["int:ase", "int:en muted"]);
  });

  test.each(["consecutive", "liaison"] as const)("in %s an interpreter sends the floor while it is granted", (mode) => {
    const okafor = aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]);
    const place = { ...CHAMBER, mode } as const;
    const onAir = { ...wish, camera: false, onAir: "fr" as Language };
    expect(names(due(okafor, place, all, onAir))).toEqual(["floor muted"]);
    expect(names(due(okafor, place, all, { ...onAir, microphone: true }))).toEqual(["floor"]);
    expect(due(okafor, place, none, { ...onAir, microphone: true })).toEqual([]);
    const coughs = due(okafor, place, all, { ...onAir, microphone: true, coughs: true });
    expect(coughs).toEqual([{ name: "floor", source: "microphone", muted: false, hushed: true }]);
  });
});

const DEAF = {
  joined: () => undefined,
  changed: () => undefined,
  faltering: () => undefined,
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

  test("lets nothing out from the first instant while it is only to be ready, or somebody coughs", async () => {
    const { copies, outbox } = await scene();
    const hushed = { ...floor, name: "int:fr", hushed: true };
    await outbox.align([floor, hushed]);
    expect(copies.map(({ enabled }) => enabled)).toEqual([true, false]);
    await outbox.align([floor, { ...hushed, hushed: false }]);
    expect(copies.map(({ enabled }) => enabled)).toEqual([true, true]);
  });

  test("lets nothing out when it is switched off while its device was being opened", async () => {
    const { copies, outbox, studio, sfu } = await scene();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    studio.ready = promise;
    const going = outbox.align([floor, { ...floor, name: "int:fr" }]);
    const own = sfu.room.localParticipant;
    const publish = own.publishTrack.bind(own);
    const left: boolean[] = [];
    own.publishTrack = async (track, options) => {
      left.push(track.mediaStreamTrack.enabled);
      return publish(track, options);
    };
    void outbox.align([floor, { ...floor, name: "int:fr", muted: true }]);
    resolve(undefined);
    await going;
    expect(left).toEqual([false]);
    expect(copies.map(({ enabled }) => enabled)).toEqual([true, false]);
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

import { describe, expect, test } from "vitest";
import { aSeat } from "../testing/scenes";
import type { Remote } from "./line";
import { presencesOf, soundsOf } from "./presences";

const seats = [
  aSeat("maren", "principal"),
  aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]),
  aSeat("lind", "adviser"),
  aSeat("hale", "press", "press"),
];
const closed = { room: "chamber", standing: { phase: "closed", format: "plenary" } } as const;

function track(kind: "audio" | "video"): MediaStreamTrack {
  return { kind } as MediaStreamTrack;
}

function sends(name: string, tracks: readonly string[]): Remote {
  const seat = seats.find((each) => each.name === name);
  const identity = seat?.identity ?? aSeat(name, "press").identity;
  return {
    identity,
    connection: "good",
    speaking: true,
    tracks: tracks.map((each) => ({
      id: `${name} ${each}`,
      name: each,
      track: track(each === "camera" || each === "screen" ? "video" : "audio"),
      muted: false,
    })),
  };
}

describe("sounds", () => {
  test("the floor of who may speak, and the channels an interpreter is accredited for", () => {
    const remotes = [sends("maren", ["floor"]), sends("okafor", ["int:fr", "int:ru"]), sends("lind", ["floor"])];
    const sounds = soundsOf(remotes, seats, closed);
    expect(sounds.map(({ id, channel }) => [id, channel])).toEqual([
      ["maren floor", null],
      ["okafor int:fr", "fr"],
      ["lind floor", null],
    ]);
  });

  test.each([
    ["an interpreter's own floor", sends("okafor", ["floor"])],
    ["a principal's channel", sends("maren", ["int:en"])],
    ["the press", sends("hale", ["floor"])],
    ["somebody without a seat", sends("nobody", ["floor"])],
  ])("not %s", (_name, remote) => {
    expect(soundsOf([remote], seats, closed)).toEqual([]);
  });

  test("nothing at all while nobody may speak", () => {
    const recess = { room: "chamber", standing: { phase: "recess", format: "plenary" } } as const;
    expect(soundsOf([sends("maren", ["floor"])], seats, recess)).toEqual([]);
  });
});

describe("pictures", () => {
  test("the chamber shows principals' cameras, the caucus everybody's", () => {
    const remotes = [sends("maren", ["camera"]), sends("lind", ["camera"])];
    const seen = (place: Parameters<typeof presencesOf>[2]): readonly boolean[] =>
      presencesOf(remotes, seats, place).map(({ camera }) => camera !== null);
    expect(seen(closed)).toEqual([true, false]);
    expect(seen({ ...closed, room: "caucus" })).toEqual([true, true]);
  });

  test("somebody without a seat is shown to nobody", () => {
    expect(presencesOf([sends("nobody", ["camera"])], seats, closed)).toEqual([]);
  });
});

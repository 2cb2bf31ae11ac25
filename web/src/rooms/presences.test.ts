import { describe, expect, test } from "vitest";
import { aSeat } from "../testing/scenes";
import type { Remote } from "./line";
import type { Language } from "../kernel/ids";
import { WHISPER } from "./shares";
import { presencesOf, signsOf, soundsOf } from "./presences";

const seats = [
  aSeat("maren", "principal"),
  aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]),
  aSeat("lind", "adviser"),
  aSeat("hale", "press", "press"),
  aSeat("sol", "interpreter", "arven", ["ase", "en"]),
];
const free = { floor: { holder: null }, channels: [] } as const;
const sits = { phase: "closed", format: "plenary", mode: "simultaneous" } as const;
const closed = { room: "chamber", standing: { meeting: sits, ...free } } as const;

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
      track: track(/^(?:camera|screen|sign:)/.test(each) ? "video" : "audio"),
      muted: false,
    })),
  };
}

function identityOf(sound: string): string | undefined {
  return seats.find(({ name }) => sound.startsWith(name))?.identity;
}

const played = (remote: Remote, place: Parameters<typeof soundsOf>[2]): readonly unknown[] =>
  soundsOf([remote], seats, place).map(({ id, channel }) => [id, channel]);

describe("sounds", () => {
  test("the floor of who may speak, and the channels an interpreter is accredited for", () => {
    const remotes = [sends("maren", ["floor"]), sends("okafor", ["int:fr", "int:ru"]), sends("lind", ["floor"])];
    const sounds = soundsOf(remotes, seats, closed);
    expect(sounds.map(({ id, of, channel }) => [id, of === identityOf(id), channel])).toEqual([
      ["maren floor", true, null],
      ["okafor int:fr", true, "fr"],
      ["lind floor", true, null],
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

  test("what is whispered to oneself, and never to another, and by an interpreter alone", () => {
    const own = aSeat("lind", "adviser").identity;
    const other = aSeat("maren", "principal").identity;
    const whispers = sends("okafor", [`whisper:${own}`, `whisper:${other}`]);
    expect(played(whispers, { ...closed, own })).toEqual([[`okafor whisper:${own}`, WHISPER]]);
    expect(played(sends("okafor", [`whisper:${own}`]), closed)).toEqual([]);
    expect(played(sends("maren", [`whisper:${own}`]), { ...closed, own })).toEqual([]);
    expect(played(whispers, { ...closed, own, room: "caucus" })).toEqual([]);
    for (const mode of ["consecutive", "liaison"] as const) {
      const standing = { ...closed.standing, meeting: { ...sits, mode } };
      expect(played(whispers, { ...closed, own, standing })).toEqual([]);
    }
  });

  test("in consecutive mode whoever has the floor alone, an interpreter's on the floor; no channel", () => {
    const meeting = { ...sits, mode: "consecutive" } as const;
    const remotes = [sends("maren", ["floor"]), sends("okafor", ["floor", "int:fr"]), sends("lind", ["floor"])];
    const heard = (holder: string | null): readonly string[] => {
      const floor = { holder: seats.find(({ name }) => name === holder)?.member ?? null };
      return soundsOf(remotes, seats, { room: "chamber", standing: { ...free, meeting, floor } }).map(({ id }) => id);
    };
    expect(heard("okafor")).toEqual(["okafor floor"]);
    expect(heard("maren")).toEqual(["maren floor"]);
    expect(heard(null)).toEqual(["maren floor", "lind floor"]);
  });

  test("in liaison principals and interpreters on the floor at once; others with the floor alone; no channel", () => {
    const meeting = { ...sits, mode: "liaison" } as const;
    const remotes = [sends("maren", ["floor"]), sends("okafor", ["floor", "int:fr"]), sends("lind", ["floor"])];
    const heard = (holder: string | null): readonly string[] => {
      const floor = { holder: seats.find(({ name }) => name === holder)?.member ?? null };
      return soundsOf(remotes, seats, { room: "chamber", standing: { ...free, meeting, floor } }).map(({ id }) => id);
    };
    expect(heard(null)).toEqual(["maren floor", "okafor floor"]);
    expect(heard("maren")).toEqual(["maren floor", "okafor floor"]);
    expect(heard("lind")).toEqual(["maren floor", "okafor floor", "lind floor"]);
  });

  test("nothing at all while nobody may speak", () => {
    const recess = { room: "chamber", standing: { meeting: { ...sits, phase: "recess" }, ...free } } as const;
    expect(soundsOf([sends("maren", ["floor"])], seats, recess)).toEqual([]);
  });
});

describe("signs", () => {
  const channels = [{ language: "ase" as Language, kind: "signed" as const }];
  const signed = { room: "chamber", standing: { meeting: sits, ...free, channels } } as const;
  const seen = (remote: Remote, place: Parameters<typeof signsOf>[2] = signed): readonly string[] =>
    signsOf([remote], seats, place).map(({ channel }) => channel);

  test("the picture of who is accredited for a channel that is signed; its sound is not heard", () => {
    expect(seen(sends("sol", ["sign:ase", "sign:en", "sign:fr", "camera"]))).toEqual(["ase"]);
    const sounds = soundsOf([sends("sol", ["int:ase", "int:en"])], seats, signed);
    expect(sounds.map(({ channel }) => channel)).toEqual(["en"]);
  });

  test.each([
    ["of a principal", sends("maren", ["sign:ase"]), signed],
    ["of an interpreter of other languages", sends("okafor", ["sign:ase", "sign:fr"]), signed],
    ["of who has no seat", sends("nobody", ["sign:ase"]), signed],
    ["in a channel that is spoken", sends("sol", ["sign:ase"]), closed],
    ["in the caucus", sends("sol", ["sign:ase"]), { ...signed, room: "caucus" } as const],
    [
      "while nobody sends",
      sends("sol", ["sign:ase"]),
      { room: "chamber", standing: { ...signed.standing, meeting: { ...sits, phase: "recess" } } } as const,
    ],
    [
      "in consecutive mode",
      sends("sol", ["sign:ase"]),
      { room: "chamber", standing: { ...signed.standing, meeting: { ...sits, mode: "consecutive" } } } as const,
    ],
    [
      "in liaison",
      sends("sol", ["sign:ase"]),
      { room: "chamber", standing: { ...signed.standing, meeting: { ...sits, mode: "liaison" } } } as const,
    ],
  ])("none %s", (_name, remote, place) => {
    expect(seen(remote, place)).toEqual([]);
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

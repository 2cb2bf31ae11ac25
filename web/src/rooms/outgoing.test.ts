import { describe, expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { aSeat } from "../testing/scenes";
import { due } from "./outgoing";

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

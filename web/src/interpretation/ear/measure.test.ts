import { describe, expect, test } from "vitest";
import { noise, RATE, sine, sound, speech } from "../../testing/sounds";
import { spectrumOf } from "../../testing/spectra";
import { CLEAR } from "../../testing/ear";
import { bandwidthOf, FRAME, isSaidAlike, Measure, type Measures } from "./measure";

/** What is found of a sound that is looked at ten times a second. */
function measured(samples: Float32Array): Measures {
  const measure = new Measure(RATE);
  const seconds = 0.1;
  for (let at = FRAME; at <= samples.length; at += seconds * RATE) {
    const look = samples.subarray(at - FRAME, at);
    measure.add({ samples: look, spectrum: spectrumOf(look), seconds });
  }
  return measure.report(null);
}

describe("bandwidth", () => {
  test.each([
    [3400, "telephone"],
    [7000, "wide"],
    [11_800, "super_wide"],
    [16_000, "full"],
    [20_000, "full"],
  ] as const)("speech up to %i Hz is named %s", (upTo, name) => {
    const { bandwidth, highest } = measured(sound(5, speech(upTo, 0.4, 0.0003)));
    expect([bandwidth, Math.abs((highest ?? 0) - upTo) <= 500]).toEqual([name, true]);
  });

  test("hiss in the pauses is no speech", () => {
    expect(measured(sound(5, speech(3400, 0.4, 0.003))).bandwidth).toBe("telephone");
  });

  test("names have room for the slope of a codec's filter", () => {
    expect([4000, 4300, 8000, 8700].map(bandwidthOf)).toEqual(["telephone", "telephone", "wide", "super_wide"]);
  });

  test("nothing is said of silence", () => {
    expect(measured(sound(3, noise(0.0001)))).toMatchObject({ bandwidth: null, highest: null, heard: 0 });
    expect(measured(sound(0, () => 0))).toMatchObject({ bandwidth: null, loudness: null, noise: null, clipping: 0 });
  });
});

describe("clipping", () => {
  test("a sine that is cut off is clipped for the share of its time at full scale", () => {
    const cut = sound(3, (at) => Math.max(-1, Math.min(1, sine(440, 2)(at))));
    expect(measured(cut).clipping).toBeCloseTo(2 / 3, 1);
  });

  test("a peak that just reaches full scale is not", () => {
    expect(measured(sound(3, (at) => (at % 100 < 2 ? 1 : 0))).clipping).toBe(0);
    expect(measured(sound(3, sine(440, 0.98))).clipping).toBe(0);
  });
});

describe("noise", () => {
  test("is what is left in the pauses", () => {
    // Even noise of amplitude a has a mean square of a²/3.
    const { noise: floor, heard } = measured(sound(6, speech(16_000, 0.4, 0.003)));
    expect(floor).toBeCloseTo(10 * Math.log10(0.003 ** 2 / 3), 0);
    expect(heard).toBeGreaterThan(2);
  });

  test("is not known of a sound without a pause", () => {
    expect(measured(sound(3, noise(0.3)))).toMatchObject({ noise: null, bandwidth: "full" });
  });
});

test.each([
  [{ loudness: -23.4, noise: -50, heard: 3 }, true],
  [{ noise: -44 }, false],
  [{ loudness: -24 }, false],
  [{ loudness: null }, false],
  [{ bandwidth: "telephone" }, false],
  [{ clipping: 0.01 }, false],
] as const)("measures that differ in %o are said in the same words: %s", (part, alike) => {
  expect(isSaidAlike(CLEAR, { ...CLEAR, ...part })).toBe(alike);
});

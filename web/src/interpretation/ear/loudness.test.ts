import { describe, expect, test } from "vitest";
import { RATE, sine, sound } from "../../testing/sounds";
import { type Filter, kWeighting, Loudness } from "./loudness";
import { matched } from "./matching";

/** What an `IIRFilterNode` makes of a sound: the difference equation (Web Audio API §1.21). */
function filtered(samples: Float32Array, { feedforward, feedback }: Filter): Float32Array {
  const out = new Float32Array(samples.length);
  for (const at of samples.keys()) {
    let y = 0;
    for (const [late, weight] of feedforward.entries()) y += weight * (samples[at - late] ?? 0);
    for (const [late, weight] of feedback.entries()) y -= late === 0 ? 0 : weight * (out[at - late] ?? 0);
    out[at] = y / (feedback[0] ?? 1);
  }
  return out;
}

function loudness(samples: Float32Array, rate = RATE): number | null {
  const [shelf, highPass] = kWeighting(rate);
  const weighed = filtered(filtered(samples, shelf), highPass);
  const heard = new Loudness();
  const hop = rate / 10;
  for (let at = 0; at < weighed.length; at += hop) {
    heard.add(weighed.subarray(at, at + hop).reduce((sum, sample) => sum + sample * sample, 0) / hop);
  }
  return heard.shortTerm();
}

describe("loudness", () => {
  test("a sine of 997 Hz at full scale is −3.01 LUFS in one channel (BS.1770-5 annex 1)", () => {
    expect(loudness(sound(4, sine(997, 1)))).toBeCloseTo(-3.01, 1);
  });

  test("is the same at other rates", () => {
    const slow = Float32Array.from(
      { length: 4 * 16_000 },
      (_, at) => 0.1 * Math.sin((2 * Math.PI * 997 * at) / 16_000),
    );
    expect(loudness(slow, 16_000)).toBeCloseTo(-23.01, 1);
  });

  test("counts no pauses", () => {
    const broken = sound(6, (at) => (Math.floor(at / RATE) % 2 === 0 ? sine(997, 0.1)(at) : 0));
    expect(loudness(broken)).toBeGreaterThan(-24.5);
    expect(loudness(sound(1, () => 0))).toBeNull();
  });

  test("what is too low to be heard is less", () => {
    expect(loudness(sound(4, sine(30, 1)))).toBeLessThan(-8);
  });
});

describe("matching", () => {
  test("moves slowly, to the common loudness, and by 12 dB at most", () => {
    expect(matched(0, -33, 1)).toBe(3);
    expect(matched(9.5, -33, 1)).toBe(10);
    expect(matched(11, -60, 1)).toBe(12);
    expect(matched(0, -11, 0.5)).toBe(-1.5);
  });

  test("holds its gain while nothing is known", () => {
    expect(matched(4, null, 10)).toBe(4);
  });
});

import { expect, test } from "vitest";
import { noise, RATE, sine, sound } from "../../testing/sounds";
import { EAR_LIMITS, Limiter } from "./limiter";

const AHEAD = EAR_LIMITS.ahead * RATE;
const BLOCK = 128;

/** What comes out of the limiter, block by block as a browser asks for it. */
function limited(channels: readonly Float32Array[]): readonly Float32Array[] {
  const limiter = new Limiter({ rate: RATE, ...EAR_LIMITS }, channels.length);
  const outputs = channels.map(({ length }) => new Float32Array(length));
  const length = channels[0]?.length ?? 0;
  for (let at = 0; at < length; at += BLOCK) {
    const part = (samples: Float32Array): Float32Array => samples.subarray(at, at + BLOCK);
    limiter.process(channels.map(part), outputs.map(part));
  }
  return outputs;
}

function peak(samples: Float32Array | undefined): number {
  return (samples ?? new Float32Array()).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

test("what is under the ceiling comes out as it went in, late by the look-ahead", () => {
  const before = sound(0.5, sine(997, EAR_LIMITS.ceiling * 0.99));
  const [after] = limited([before]);
  expect(after?.subarray(AHEAD)).toEqual(before.subarray(0, before.length - AHEAD));
});

test.each([
  ["a burst of +30 dB", burst(0.5, 1)],
  ["noise", noise(0.9)],
  ["single samples", (at: number) => (at % 331 === 0 ? 1 : 0)],
  ["a step", (at: number) => (at > RATE / 3 ? 1 : 0)],
  ["far over full scale", sine(3000, 40)],
])("nothing comes out above the ceiling: %s", (_, formula) => {
  const [after] = limited([sound(2, formula)]);
  expect(peak(after)).toBeLessThanOrEqual(EAR_LIMITS.ceiling * (1 + 1e-6));
});

/** A tone that is 30 dB louder from a time to a time, in seconds. */
function burst(from: number, to: number): (at: number) => number {
  return (at) => sine(440, 0.03)(at) * (at >= from * RATE && at < to * RATE ? 31.6 : 1);
}

test("after a burst of +30 dB the sound is back at its level within half a second", () => {
  const [after] = limited([sound(1.5, burst(0, 0.5))]);
  expect(peak(after?.subarray(RATE + AHEAD))).toBeCloseTo(0.03, 4);
});

test("both ears are turned down together", () => {
  const [loud, soft] = limited([sound(0.5, sine(440, 1)), sound(0.5, sine(440, 0.1))]);
  const settled = RATE / 10;
  expect(peak(soft?.subarray(settled)) / peak(loud?.subarray(settled))).toBeCloseTo(0.1, 5);
});

test("what is no number is silence, and hurts nothing after it", () => {
  const [after] = limited([sound(0.1, (at) => (at === 10 ? Number.NaN : 0.2))]);
  expect(after?.[AHEAD + 10]).toBe(0);
  expect(after?.[AHEAD + 11]).toBeCloseTo(0.2, 6);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeContext, FakeNode, fakeSound } from "../testing/audio";
import { aMediaTrack } from "../testing/sfu";
import { Inlets } from "./inlets";

beforeEach(() => {
  fakeSound();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const node = (name: string): AudioNode => new FakeNode(name) as unknown as AudioNode;

function scene() {
  const context = new AudioContext();
  const opened = vi.spyOn(context as unknown as FakeContext, "createMediaStreamSource");
  const inlets = new Inlets(context);
  /** Where the sound of each node goes that was made, besides the drain. */
  const goes = (): readonly (readonly string[])[] =>
    opened.mock.results.map(({ value }) => value.to.slice(1).map(({ name }: FakeNode) => name));
  /** Which of them are drawn from by nobody's ears. */
  const drained = (): readonly boolean[] =>
    opened.mock.results.map(({ value }) => value.to[0]?.gain.value === 0 && value.to[0].to[0]?.name === "speakers");
  return { inlets, goes, drained };
}

test("a track has one node, whoever listens; it is drawn from though nobody does", () => {
  const { inlets, goes, drained } = scene();
  const track = aMediaTrack("audio");
  const [ear, mix] = [node("ear"), node("mix")];
  inlets.wire(track, ear);
  inlets.wire(track, mix);
  inlets.wire(track, mix);
  expect(goes()).toEqual([["ear", "mix"]]);
  inlets.unwire(track, mix);
  inlets.unwire(track, mix);
  expect(goes()).toEqual([["ear"]]);
  inlets.unwire(track, ear);
  expect([goes(), drained()]).toEqual([[[]], [true]]);
  inlets.wire(track, mix);
  expect([goes(), drained()]).toEqual([[["mix"]], [true]]);
});

test("what begins anew goes where it went before, and nothing is left of the nodes before", () => {
  const { inlets, goes, drained } = scene();
  const [one, other] = [aMediaTrack("audio"), aMediaTrack("audio")];
  inlets.wire(one, node("ear"));
  inlets.wire(one, node("mix"));
  const left = node("mix");
  inlets.wire(other, left);
  inlets.unwire(other, left);
  inlets.renew();
  expect(goes()).toEqual([[], [], ["ear", "mix"], []]);
  expect(drained()).toEqual([false, false, true, true]);
});

test("a track that has ended is drawn from no more", () => {
  const { inlets, drained } = scene();
  const [one, other] = [aMediaTrack("audio"), aMediaTrack("audio")];
  inlets.wire(one, node("mix"));
  one.stop();
  inlets.wire(other, node("mix"));
  expect(drained()).toEqual([false, true]);
  inlets.renew();
  expect(drained()).toEqual([false, false, true]);
});

test("a track that has ended before it is wired opens no node", () => {
  const { inlets, goes } = scene();
  const [track, mix] = [aMediaTrack("audio"), node("mix")];
  track.stop();
  inlets.wire(track, mix);
  inlets.unwire(track, mix);
  expect(goes()).toEqual([]);
});

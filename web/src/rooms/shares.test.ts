import { expect, test } from "vitest";
import type { Identity } from "../kernel/ids";
import { sharesOf } from "./shares";

const VEY = "VEY" as Identity;
const MAREN = "MAREN" as Identity;
const SENT = [
  ["int:en", "TR1"],
  ["whisper:VEY", "TR2"],
] as const;

test("while nothing is whispered all hearers may have everything, and whoever is no hearer nothing", () => {
  expect(sharesOf([], null, SENT)).toEqual([]);
  expect(sharesOf([VEY], null, [])).toEqual([{ participantIdentity: VEY, allowAll: true }]);
});

test("what is whispered is for whom it names, and for nobody if they are no hearer", () => {
  expect(sharesOf([VEY, MAREN], "whisper:VEY", SENT)).toEqual([
    { participantIdentity: VEY, allowAll: true },
    { participantIdentity: MAREN, allowedTrackSids: ["TR1"] },
  ]);
  expect(sharesOf([MAREN], "whisper:VEY", SENT)).toEqual([{ participantIdentity: MAREN, allowedTrackSids: ["TR1"] }]);
});

// @vitest-environment node
import { expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { FakeLog } from "../testing/log";
import { TestSummit } from "../testing/summit";
import { Roll } from "./roll";

async function scene() {
  const summit = await TestSummit.open();
  const log = new FakeLog();
  const roll = new Roll(log);
  const seat = summit.seatOf(await summit.kept("Ilse Maren", "principal"));
  return { log, roll, seat, summit };
}

test("nobody is known before they were checked, and nobody without a descriptor", async () => {
  const { roll, seat, summit } = await scene();
  expect(await roll.check([seat])).toBe(false);
  expect([roll.agreed, roll.known([seat])]).toEqual([null, []]);
  roll.pin(await summit.pinned(), seat.identity);
  expect(roll.known([seat])).toEqual([]);
  expect(await roll.check([seat])).toBe(true);
  expect([roll.agreed?.dh, roll.known([seat])]).toEqual([summit.dh, [seat]]);
  expect(await roll.check([seat])).toBe(false);
});

test("a seat that says one word more than its chain is not shown", async () => {
  const { log, roll, seat, summit } = await scene();
  roll.pin(await summit.pinned(), seat.identity);
  await roll.check([seat]);
  const lies = [
    { ...seat, name: "President Ilse Maren" },
    { ...seat, role: "chair" as const },
    { ...seat, chair: true },
    { ...seat, languages: ["fr" as Language] },
    { ...seat, identity: "A".repeat(26) as typeof seat.identity },
    { ...seat, device_signature: seat.invitation_signature },
  ];
  expect(roll.known(lies)).toEqual([]);
  await roll.check(lies);
  expect(roll.known([...lies, seat])).toEqual([seat]);
  expect(log.events).toHaveLength(lies.length);
});

test("where somebody sits is no part of who they are", async () => {
  const { roll, seat, summit } = await scene();
  roll.pin(await summit.pinned(), seat.identity);
  await roll.check([seat]);
  const moved = { ...seat, present: "caucus" as const };
  expect(roll.known([moved])).toEqual([moved]);
});

test("under another descriptor everybody is checked again", async () => {
  const { roll, seat, summit } = await scene();
  roll.pin(await summit.pinned(), seat.identity);
  await roll.check([seat]);
  roll.pin(await (await TestSummit.open()).pinned(), seat.identity);
  expect(roll.known([seat])).toEqual([]);
  await roll.check([seat]);
  expect(roll.known([seat])).toEqual([]);
});

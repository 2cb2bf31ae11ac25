// @vitest-environment node
import { expect, test } from "vitest";
import { RefusedError } from "../kernel/errors";
import { FakeClock } from "../testing/clock";
import { aKey, FakeServer, TestSummit } from "../testing/summit";
import { checkChain } from "./accreditation";
import { enrol, makeSeat } from "./enrolment";

test("the seat that is made passes every other client's check", async () => {
  const summit = await TestSummit.open();
  const kept = await summit.kept("Ilse Maren", "principal");
  const { identity, invitation } = await checkChain(kept, await summit.pinned());
  expect([identity, invitation.name]).toEqual([kept.identity, "Ilse Maren"]);
  expect(kept.privateKey.extractable).toBe(false);
});

test("a link whose secret is another's makes no seat", async () => {
  const summit = await TestSummit.open();
  const invited = await summit.invited("Ilse Maren", "principal");
  const { seed } = await aKey();
  await expect(makeSeat({ ...invited, seed }, new FakeClock())).rejects.toMatchObject({ code: "invitation_bad" });
});

test("only the chain is sent, and an answer about somebody else is refused", async () => {
  const summit = await TestSummit.open();
  const server = new FakeServer(summit);
  const kept = await summit.kept("Ilse Maren", "principal");
  await enrol(kept, server);
  expect(server.asked).toEqual(["POST enrolments"]);
  const other = await summit.kept("Tove Brandt", "chair");
  server.lies.set("enrolments", { summit: "s", member: "m", identity: other.identity });
  await expect(enrol(kept, server)).rejects.toBeInstanceOf(RefusedError);
});

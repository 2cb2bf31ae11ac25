// @vitest-environment node
import { expect, test } from "vitest";
import { OutageError } from "../kernel/errors";
import { FakeServer, TestSummit } from "../testing/summit";
import { SessionBearer } from "./session";

async function scene() {
  const summit = await TestSummit.open();
  const kept = await summit.kept("Ilse Maren", "principal");
  const server = new FakeServer(summit);
  server.knows(kept);
  return { bearer: new SessionBearer(server, "https://host"), kept, server, summit };
}

test("a session is opened by signing the challenge, and kept in memory", async () => {
  const { bearer, kept } = await scene();
  expect(bearer.token()).toBeNull();
  expect(await bearer.renew()).toBe(false);
  const opened = await bearer.openFor(kept);
  expect(bearer.token()).toBe(opened.session);
});

test("a challenge for another place or person is not signed", async () => {
  const { bearer, kept, server, summit } = await scene();
  server.origin = "https://elsewhere";
  await expect(bearer.openFor(kept)).rejects.toMatchObject({ code: "challenge_unknown" });
  server.origin = "https://host";
  server.knows(await summit.kept("Tove Brandt", "chair"));
  await expect(bearer.openFor(kept)).rejects.toMatchObject({ code: "challenge_unknown" });
  expect(server.asked).not.toContain("POST sessions");
  expect(bearer.token()).toBeNull();
});

test("whoever finds the session gone at once shares one new one", async () => {
  const { bearer, kept, server } = await scene();
  await bearer.openFor(kept);
  server.asked.length = 0;
  expect(await Promise.all([bearer.renew(), bearer.renew(), bearer.renew()])).toEqual([true, true, true]);
  expect(server.asked).toEqual(["POST challenges", "POST sessions"]);
});

test("a renewal that fails leaves no old token behind, and the next one tries again", async () => {
  const { bearer, kept, server } = await scene();
  await bearer.openFor(kept);
  server.failures.push(new OutageError("internal"));
  await expect(bearer.renew()).rejects.toBeInstanceOf(OutageError);
  expect(bearer.token()).toBeNull();
  expect(await bearer.renew()).toBe(true);
  expect(bearer.token()).not.toBeNull();
});

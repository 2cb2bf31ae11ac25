import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { checkDescriptor } from "../identity/accreditation";
import { OutageError, RefusedError } from "../kernel/errors";
import { Table } from "../testing/agents";
import { FakeClock } from "../testing/clock";
import { layTables } from "../testing/tables";
import { FakeLog } from "../testing/log";
import { Revocations, revokedBy } from "./revocations";

const clock = new FakeClock(Date.parse("2026-12-07T14:09:00.000Z"));
let table: Table;
layTables(clock, (laid) => {
  table = laid;
});

/** Revocations that Python made. */
const Vectors = v.object({
  descriptor: v.object({ bytes: v.string(), signatures: v.record(v.string(), v.string()), dh: v.string() }),
  person: v.string(),
  cases: v.array(v.object({ name: v.string(), expect: v.string(), revocation: v.string(), signature: v.string() })),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/revocations.json", import.meta.url), "utf8")),
);
const { bytes, signatures, dh } = vectors.descriptor;
const pinned = await checkDescriptor({ descriptor: bytes, signatures }, dh);

describe("a revocation", () => {
  test.each(vectors.cases)("$name: $expect", ({ revocation, signature, expect: verdict }) => {
    let found = "";
    try {
      found = revokedBy({ revocation, signature }, pinned);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      found = error.code;
    }
    expect(found).toBe(verdict === "ok" ? vectors.person : verdict);
  });

  test("once known stays, whatever the server leaves out, and is asked for again after an outage", async () => {
    const answers = [vectors.cases.slice(0, 2), null, []];
    const asked = async () => {
      const answer = answers.shift();
      if (answer === null || answer === undefined) throw new OutageError("no_answer");
      return answer;
    };
    const known = new Revocations({ pinned, log: new FakeLog(), delivery: { revocations: asked } });
    expect(await known.heed()).toEqual(new Set([vectors.person]));
    expect(await known.heed()).toEqual(new Set([vectors.person]));
    known.ask();
    await expect(known.heed()).rejects.toThrow(OutageError);
    expect(await known.heed()).toEqual(new Set([vectors.person]));
    expect(answers).toHaveLength(0);
  });
});

test("nobody is put out by a word that their own party has not signed", async () => {
  const ada = await table.seated("arven", "chair");
  const boris = await table.seated("tolmar", "principal");
  for (const { agent } of [ada, boris]) agent.enter();
  await table.together(ada, boris);
  table.service.revocations.push(await table.summit.revocation(boris.seat, "arven"));
  table.service.revocations.push(await table.summit.revocation(boris.seat, "host"));
  ada.agent.revoked();
  await table.until(() => JSON.stringify(ada.log.events).includes("revocation refused"));
  const dan = await table.seated("tolmar", "adviser");
  dan.agent.enter();
  await table.together(ada, boris, dan);
  expect(ada.inside?.roster).toHaveLength(3);
  await table.revoke(boris, ada, dan);
  await table.together(ada, dan);
  expect(ada.inside?.roster).toHaveLength(2);
});

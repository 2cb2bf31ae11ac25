import { readFileSync } from "node:fs";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesOf, verifies } from "../identity";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import { ARRANGEMENT, readArrangement, statementOf } from "./arrangement";

/** Statements that Python signed. */
const Vectors = v.object({
  place: v.object({ descriptor: v.string(), meeting: v.string() }),
  device: v.string(),
  said: v.looseObject({ number: v.number() }),
  cases: v.array(v.object({ name: v.string(), expect: v.string(), statement: v.string(), signature: v.string() })),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/arrangement.json", import.meta.url), "utf8")),
);
const place = { summit: { dh: vectors.place.descriptor }, meeting: { id: vectors.place.meeting as MeetingId } };

async function verdictOf(statement: string, signature: string): Promise<string> {
  try {
    const said = readArrangement(statement, place);
    expect(toB64u(statementOf(place, said).bytes)).toBe(statement);
    const signed = { type: ARRANGEMENT, bytes: bytesOf(statement) };
    return (await verifies(bytesOf(vectors.device), bytesOf(signature), signed)) ? "ok" : "signature_bad";
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.code;
  }
}

test.each(vectors.cases)("an arrangement $name gets its verdict", async ({ expect: wanted, statement, signature }) => {
  expect(await verdictOf(statement, signature)).toBe(wanted);
});

test("what is read is what was signed", () => {
  const [first] = vectors.cases;
  expect(readArrangement(first?.statement ?? "", place)).toEqual(vectors.said);
});

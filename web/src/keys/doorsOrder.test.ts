import { readFileSync } from "node:fs";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesOf } from "../identity/statements";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import { checkDoors } from "./doorsOrder";

/** Words that Python signed. */
const Vectors = v.object({
  place: v.object({ descriptor: v.string(), meeting: v.string() }),
  device: v.string(),
  said: v.object({ opening: v.number(), order: v.string(), at: v.string() }),
  cases: v.array(v.object({ name: v.string(), expect: v.string(), order: v.string(), signature: v.string() })),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/doors.json", import.meta.url), "utf8")),
);
const place = { ...vectors.place, meeting: vectors.place.meeting as MeetingId };

async function verdictOf(sent: { readonly order: string; readonly signature: string }): Promise<unknown> {
  try {
    return await checkDoors(sent, bytesOf(vectors.device), place);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.code;
  }
}

test.each(vectors.cases)(
  "a word about the doors $name gets its verdict",
  async ({ expect: wanted, order, signature }) => {
    const verdict = await verdictOf({ order, signature });
    if (wanted === "ok") expect(verdict).toMatchObject({ at: vectors.said.at });
    else expect(verdict).toBe(wanted);
  },
);

test("what is read is what was signed", async () => {
  const [first] = vectors.cases;
  expect(first === undefined ? null : await verdictOf(first)).toEqual(vectors.said);
});

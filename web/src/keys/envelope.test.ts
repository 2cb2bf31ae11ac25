// @vitest-environment node
import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { parseSaid } from "../contract/parse";
import { keyOfSeed, verifies } from "../identity/statements";
import { fromB64u, toB64u } from "../kernel/b64u";
import { type Closed, envelopeKey, open, read, seal } from "./envelope";

/** Envelopes that Python sealed with a library of its own; `tests/contract/test_envelopes.py` opens them there. */
const Vectors = v.object({
  envelopes: v.array(
    v.object({
      name: v.string(),
      group: v.string(),
      epoch: v.number(),
      leaf: v.number(),
      sequence: v.number(),
      secret: v.string(),
      session_seed: v.string(),
      session_key: v.string(),
      nonce: v.string(),
      said: v.unknown(),
      envelope: v.string(),
    }),
  ),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/envelopes.json", import.meta.url), "utf8")),
).envelopes;
type Vector = (typeof vectors)[number];

const TYPE = "visavis envelope 1";

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return fromB64u(text) ?? new Uint8Array();
}

/** Signs nothing: nobody looks. */
const sign = async () => Promise.resolve(new Uint8Array(64));

function headOf({ group, epoch, leaf, sequence }: Vector): Closed["head"] {
  return { group, epoch, leaf, sequence };
}

function closedOf({ envelope }: Vector): Closed {
  const closed = read(bytes(envelope));
  if (closed === undefined) throw new Error("no envelope");
  return closed;
}

describe.each(vectors)("$name", (vector) => {
  test("opens as it was before Python sealed it", async () => {
    const closed = closedOf(vector);
    expect(closed.head).toEqual(headOf(vector));
    const statement = { type: TYPE, bytes: closed.signed.slice(TYPE.length + 1) };
    expect(await verifies(bytes(vector.session_key), closed.signature, statement)).toBe(true);
    expect(await open(closed, await envelopeKey(bytes(vector.secret)))).toEqual(vector.said);
  });

  test("is sealed to the same bytes as by Python", async () => {
    const session = await keyOfSeed(bytes(vector.session_seed));
    const bySession = async (signed: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", session, signed));
    const key = await envelopeKey(bytes(vector.secret));
    const sealed = await seal(headOf(vector), parseSaid(vector.said), key, bytes(vector.nonce), bySession);
    expect(toB64u(sealed)).toBe(vector.envelope);
  });

  test.each(["group", "epoch", "leaf", "sequence"] as const)("does not open with another %s", async (name) => {
    const closed = closedOf(vector);
    const head = { ...closed.head, [name]: name === "group" ? `${closed.head.group}x` : closed.head[name] + 1 };
    expect(await open({ ...closed, head }, await envelopeKey(bytes(vector.secret)))).toBe("forged");
  });

  test("does not open under another key", async () => {
    expect(await open(closedOf(vector), await envelopeKey(new Uint8Array(16).fill(9)))).toBe("forged");
  });
});

test("the secret of a key is overwritten, and the key cannot be read out", async () => {
  const secret = new Uint8Array(16).fill(7);
  const key = await envelopeKey(secret);
  expect(secret).toEqual(new Uint8Array(16));
  expect(key.extractable).toBe(false);
});

test("what is sealed and is no word that one knows is told so", async () => {
  const [vector] = vectors as [Vector];
  for (const said of [{ kind: "vote", at: "2026-12-07T14:09:00.000Z" }, { kind: "chat", text: "no time" }, 7]) {
    const key = await envelopeKey(bytes(vector.secret));
    const sealed = await seal(headOf(vector), said as never, key, bytes(vector.nonce), sign);
    const closed = read(sealed);
    expect(closed === undefined ? "" : await open(closed, key)).toBe("unknown");
  }
});

test("bytes that somebody made up or changed are no envelope, or do not open", async () => {
  const key = await envelopeKey(bytes((vectors[0] as Vector).secret));
  const [{ envelope }] = vectors as [Vector];
  const whole = bytes(envelope);
  const arbitrary = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.tuple(fc.nat(whole.length - 65), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
      const changed = new Uint8Array(whole);
      changed[64 + at] = (changed[64 + at] ?? 0) ^ by;
      return changed;
    }),
  );
  const property = fc.asyncProperty(arbitrary, async (some) => {
    const closed = read(new Uint8Array(some));
    return closed === undefined || (await open(closed, key)) === "forged";
  });
  expect(await fc.check(property, { numRuns: 2000 })).toMatchObject({ failed: false });
});

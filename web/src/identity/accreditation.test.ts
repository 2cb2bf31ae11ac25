// @vitest-environment node
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { canonical } from "../kernel/canonical";
import { RefusedError } from "../kernel/errors";
import { fromB64u, toB64u } from "../kernel/b64u";
import { checkChain, checkDescriptor, identityOf, type Pinned } from "./accreditation";
import { bytesOf } from "./statements";

/** The bytes both languages agree on, printed by the server. */
const Vectors = v.object({
  descriptor: v.object({ bytes: v.string(), signatures: v.record(v.string(), v.string()), dh: v.string() }),
  cases: v.array(
    v.object({
      name: v.string(),
      expect: v.string(),
      invitation: v.string(),
      invitation_signature: v.string(),
      device: v.string(),
      device_signature: v.string(),
      identity: v.optional(v.nullable(v.string())),
    }),
  ),
  descriptors: v.array(
    v.object({
      name: v.string(),
      expect: v.string(),
      bytes: v.string(),
      signatures: v.record(v.string(), v.string()),
      dh: v.string(),
    }),
  ),
  canonical: v.array(v.object({ value: v.unknown(), bytes: v.string() })),
  identity: v.array(v.object({ key: v.string(), identity: v.string() })),
});

const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/identity.json", import.meta.url), "utf8")),
);
const { bytes, signatures, dh } = vectors.descriptor;

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "ok";
  } catch (error) {
    if (error instanceof RefusedError) return error.code;
    throw error;
  }
}

describe("a chain", () => {
  let pinned: Pinned;

  beforeAll(async () => {
    pinned = await checkDescriptor({ descriptor: bytes, signatures }, dh);
  });

  test.each(vectors.cases)("$name: $expect", async (vector) => {
    expect(await codeOf(checkChain(vector, pinned))).toBe(vector.expect);
  });

  test.each(vectors.cases.filter((vector) => vector.expect === "ok"))("$name is $identity", async (vector) => {
    expect((await checkChain(vector, pinned)).identity).toBe(vector.identity);
  });
});

describe("a descriptor", () => {
  test("of another fingerprint is refused, whoever signed it", async () => {
    const other = toB64u(new Uint8Array(32));
    expect(await codeOf(checkDescriptor({ descriptor: bytes, signatures }, other))).toBe("descriptor_bad");
  });

  test("that one delegation did not sign is refused", async () => {
    const { arven } = signatures;
    if (arven === undefined) throw new Error("arven signs in the vectors");
    expect(await codeOf(checkDescriptor({ descriptor: bytes, signatures: { arven } }, dh))).toBe("descriptor_unsigned");
    const swapped = { arven, tolmar: arven };
    expect(await codeOf(checkDescriptor({ descriptor: bytes, signatures: swapped }, dh))).toBe("signature_bad");
    const more = { ...signatures, host: arven };
    expect(await codeOf(checkDescriptor({ descriptor: bytes, signatures: more }, dh))).toBe("descriptor_bad");
  });
});

test.each(vectors.descriptors)("a descriptor: $name: $expect", async (vector) => {
  const sent = { descriptor: vector.bytes, signatures: vector.signatures };
  expect(await codeOf(checkDescriptor(sent, vector.dh))).toBe(vector.expect);
});

test.each(vectors.canonical)("canonical bytes $bytes", ({ value, bytes: expected }) => {
  expect(toB64u(canonical(value))).toBe(expected);
});

test.each(vectors.identity)("identity $identity", async ({ key, identity }) => {
  expect(fromB64u(key)).toBeDefined();
  expect(await identityOf(bytesOf(key))).toBe(identity);
});

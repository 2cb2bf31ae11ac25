// @vitest-environment node
/** What travels beside the groups' own messages, with something changed in it: none counts, and none stops whoever reads it. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { beforeAll, expect, test } from "vitest";
import { bytesOf, type Bytes } from "../identity";
import { checkDescriptor } from "../identity/accreditation";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import { chanceFrom, mutated } from "../testing/chance";
import { FakeFrame, pair } from "../testing/frames";
import { startCrate } from "../testing/mls";
import { envelopeKey, open, read } from "./envelope";
import { verify } from "./group";
import { revokedBy } from "./revocations";
import { checkVoid } from "./voids";

const MUTATIONS = 10_000;
const SIGNATURE_LENGTH = 64;

beforeAll(startCrate);

function vectorsOf<Form extends v.GenericSchema>(name: string, form: Form): v.InferOutput<Form> {
  const file = new URL(`../../../contract/vectors/${name}.json`, import.meta.url);
  return v.parse(form, JSON.parse(readFileSync(file, "utf8")));
}

/** Something sent, as bytes, and whether somebody who is sent other bytes takes them for it. */
interface Sent {
  readonly bytes: Uint8Array;
  counts(bytes: Bytes): Promise<boolean> | boolean;
}

/** Whether nothing was refused; anything but a refusal is a fault of ours. */
function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}

function signed(statement: string, signature: string): Uint8Array {
  return new Uint8Array([...bytesOf(signature), ...bytesOf(statement)]);
}

/** The signature, and what is signed. */
function parted(bytes: Bytes): readonly [Bytes, Bytes] {
  return [bytes.slice(0, SIGNATURE_LENGTH), bytes.slice(SIGNATURE_LENGTH)];
}

/** Only what is signed is changed: signature and sealing must each hold for itself. */
async function envelope(): Promise<Sent> {
  const one = v.object({ envelope: v.string(), secret: v.string(), session_key: v.string() });
  const [vector] = vectorsOf("envelopes", v.object({ envelopes: v.tupleWithRest([one], one) })).envelopes;
  const key = await envelopeKey(bytesOf(vector.secret));
  const session = bytesOf(vector.session_key);
  const [signature, statement] = parted(bytesOf(vector.envelope));
  return {
    bytes: statement,
    async counts(bytes) {
      const closed = read(new Uint8Array([...signature, ...bytes]));
      if (closed === undefined) return false;
      return verify(session, closed.signature, closed.signed) || (await open(closed, key)) !== "forged";
    },
  };
}

function voided(): Sent {
  const one = v.object({ void: v.string(), signature: v.string() });
  const place = v.object({ descriptor: v.string(), meeting: v.string(), group: v.string() });
  const vectors = vectorsOf("voids", v.object({ place, device: v.string(), cases: v.tupleWithRest([one], one) }));
  const here = { ...vectors.place, meeting: vectors.place.meeting as MeetingId };
  return {
    bytes: signed(vectors.cases[0].void, vectors.cases[0].signature),
    counts(bytes) {
      const [signature, said] = parted(bytes);
      return passes(() => checkVoid({ void: said, signature }, [bytesOf(vectors.device)], here));
    },
  };
}

async function revocation(): Promise<Sent> {
  const one = v.object({ revocation: v.string(), signature: v.string() });
  const descriptor = v.object({ bytes: v.string(), signatures: v.record(v.string(), v.string()), dh: v.string() });
  const vectors = vectorsOf("revocations", v.object({ descriptor, cases: v.tupleWithRest([one], one) }));
  const { bytes: raw, signatures, dh } = vectors.descriptor;
  const pinned = await checkDescriptor({ descriptor: raw, signatures }, dh);
  return {
    bytes: signed(vectors.cases[0].revocation, vectors.cases[0].signature),
    counts(bytes) {
      const [signature, said] = parted(bytes).map((part) => toB64u(part));
      return passes(() => revokedBy({ revocation: said ?? "", signature: signature ?? "" }, pinned));
    },
  };
}

async function frame(): Promise<Sent> {
  const { anna, boris } = await pair();
  const [said] = await anna.says();
  return {
    bytes: (said as FakeFrame).bytes(),
    counts: async (bytes) => (await boris.hears([new FakeFrame(bytes, "audio/opus")])).length > 0,
  };
}

const KINDS: Readonly<Record<string, () => Promise<Sent> | Sent>> = { envelope, void: voided, revocation, frame };

test.each(Object.keys(KINDS))(
  "no mutation of a signed or sealed %s counts",
  async (kind) => {
    const sent = await KINDS[kind]?.();
    if (sent === undefined) throw new Error(kind);
    const chance = chanceFrom(kind.length);
    for (let count = 0; count < MUTATIONS; count += 1) {
      const bytes = new Uint8Array(mutated(sent.bytes, chance));
      if (toB64u(bytes) !== toB64u(new Uint8Array(sent.bytes)) && (await sent.counts(bytes))) {
        expect.fail(`mutation ${count} counts`);
      }
    }
    expect(await sent.counts(new Uint8Array(sent.bytes))).toBe(true);
  },
  300_000,
);

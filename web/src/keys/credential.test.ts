import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { checkDescriptor } from "../identity/accreditation";
import { bytesOf } from "../identity/statements";
import { AccreditedSummit } from "../testing/accredited";
import { FakeClock } from "../testing/clock";
import { startCrate } from "../testing/mls";
import { codeOf } from "./code";
import { checkCredential, claimedBy, LONGEST, type Proofs, sealCredential } from "./credential";
import { newSession, sha256, verify } from "./group";

/** Credentials and codes that Python made. */
const Vectors = v.object({
  now: v.string(),
  descriptor: v.object({ bytes: v.string(), signatures: v.record(v.string(), v.string()), dh: v.string() }),
  cases: v.array(
    v.object({
      name: v.string(),
      key: v.string(),
      credential: v.string(),
      expect: v.string(),
      member: v.optional(v.record(v.string(), v.union([v.string(), v.boolean()]))),
    }),
  ),
  codes: v.array(v.object({ authenticator: v.string(), group: v.string(), epoch: v.number(), code: v.string() })),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../contract/vectors/credentials.json", import.meta.url), "utf8")),
);
const { bytes, signatures, dh } = vectors.descriptor;
const pinned = await checkDescriptor({ descriptor: bytes, signatures }, dh);
const now = Date.parse(vectors.now);
const proofs: Proofs = { verify, fingerprint: sha256 };
const [first] = vectors.cases;
if (first === undefined) throw new Error("no cases");

const { credential: firstCredential, key: firstKey } = first;

function firstAt(instant: number) {
  return checkCredential(bytesOf(firstCredential), bytesOf(firstKey), proofs, pinned, instant);
}

beforeAll(startCrate);

describe("a credential", () => {
  test.each(vectors.cases)("$name: $expect", ({ credential, key, expect: verdict, member }) => {
    const checked = checkCredential(bytesOf(credential), bytesOf(key), proofs, pinned, now);
    expect("fault" in checked ? checked.fault : "ok").toBe(verdict);
    if (member !== undefined && "member" in checked) {
      const expires = new Date(checked.member.expires).toISOString();
      expect({ ...checked.member, expires }).toEqual(member);
    }
  });

  test("counts until the instant at which it ends, and not at it", () => {
    expect(firstAt(now + LONGEST - 1)).toHaveProperty("member");
    expect(firstAt(now + LONGEST)).toEqual({ fault: "expired" });
  });

  test("with one bit changed, anywhere, is refused and throws nothing", () => {
    const whole = bytesOf(first.credential);
    const key = bytesOf(first.key);
    for (let at = 0; at < whole.length; at += 7) {
      const bent = Uint8Array.from(whole, (byte, place) => (place === at ? byte ^ (1 << (at % 8)) : byte));
      expect(checkCredential(bent, key, proofs, pinned, now), String(at)).toHaveProperty("fault");
    }
  });

  test("says who it claims to be before it is checked, and nothing when it is none", () => {
    expect(claimedBy(bytesOf(first.credential))).toMatchObject({ party: "arven", role: "principal", chair: true });
    expect(claimedBy(new Uint8Array([123, 125]))).toBeUndefined();
  });

  test("made by a device holds for its own session alone, for twelve hours", async () => {
    const clock = new FakeClock(now);
    const summit = await AccreditedSummit.agreed(clock);
    const seat = await summit.seat("tolmar", "adviser");
    const [mine, other] = [newSession(), newSession()];
    const made = await sealCredential(seat, { key: mine.key, red: false, now });
    const checked = (key: Uint8Array, at = now) => checkCredential(made, key, proofs, summit.pinned, at);
    expect(checked(mine.key)).toMatchObject({
      member: { party: "tolmar", role: "adviser", identity: seat.identity, serial: seat.serial },
    });
    expect(checked(other.key)).toEqual({ fault: "leaf_key" });
    expect(checked(mine.key, now + LONGEST)).toEqual({ fault: "expired" });
    expect(checkCredential(made, mine.key, proofs, pinned, now)).toEqual({ fault: "descriptor" });
  });
});

test("what is hashed at once is SHA-256", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 89) & 255);
    expect(sha256(some)).toEqual(new Uint8Array(createHash("sha256").update(some).digest()));
  }
});

describe("a code", () => {
  test.each(vectors.codes)(
    "of epoch $epoch is $code, as Python has it",
    async ({ authenticator, group, epoch, code }) => {
      const sight = {
        authenticator: bytesOf(authenticator),
        group: new TextEncoder().encode(group),
        epoch: BigInt(epoch),
      };
      expect(await codeOf(sight)).toBe(code);
    },
  );
});

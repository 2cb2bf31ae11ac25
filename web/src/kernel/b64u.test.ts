import { assert, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { fromB64u, toB64u, toBase32 } from "./b64u";

describe("base64url", () => {
  test("every run of bytes has one text, and comes back from it", () => {
    assert(
      property(uint8Array({ maxLength: 80 }), (bytes) => {
        const text = toB64u(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromB64u(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  test("so has a run longer than an engine takes arguments", () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, at) => at % 251);
    expect(toB64u(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    expect(fromB64u(toB64u(bytes))).toEqual(bytes);
  });

  test.each(["a", "ab=", "a+b/", "AB", "QUJDAB", "AAA\n", "QQ==", " QQ", "Ä"])("%j is refused", (text) => {
    expect(fromB64u(text)).toBeUndefined();
  });
});

describe("base32", () => {
  // RFC 4648 §10.
  test.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("%j is %j", (text, expected) => {
    expect(toBase32(new TextEncoder().encode(text))).toBe(expected);
  });
});

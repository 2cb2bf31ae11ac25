// @vitest-environment node
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { fromB64u } from "../../kernel/b64u";
import { Tally } from "./counts";
import { Ring } from "./keys";
import { channelTag, headerLength, isPurpose, type Bytes } from "./layout";
import { Numbering } from "./numbering";
import { Opener } from "./opening";
import { Sealer } from "./sealing";

/** Frames that Python sealed with a library of its own; `tests/contract/test_media_frames.py` opens them there. */
const Vectors = v.object({
  start: v.number(),
  frames: v.array(
    v.object({
      name: v.string(),
      purpose: v.custom<`int:${string}`>(isPurpose),
      tag: v.number(),
      medium: v.picklist(["audio", "video"]),
      type: v.string(),
      key_id: v.number(),
      count: v.number(),
      secret: v.string(),
      clear: v.string(),
      sealed: v.string(),
    }),
  ),
});
const vectors = v.parse(
  Vectors,
  JSON.parse(readFileSync(new URL("../../../../contract/vectors/media_frames.json", import.meta.url), "utf8")),
);

function bytes(text: string): Bytes {
  return fromB64u(text) ?? new Uint8Array();
}

describe.each(vectors.frames)("$name", (frame) => {
  const header = headerLength(frame.medium === "audio" ? "opus" : "vp8", frame.type === "key");

  test("has the tag of its purpose", async () => {
    expect(await channelTag(frame.purpose)).toBe(frame.tag);
  });

  test("opens as it was before Python sealed it", async () => {
    const ring = new Ring();
    await ring.install("floor.1", "ANNA", frame.key_id, bytes(frame.secret));
    const opener = new Opener(
      ring,
      new Tally(),
      () => 0,
      () => undefined,
    );
    opener.doors(true);
    const clear = await opener.open({ frame: bytes(frame.sealed), header, sender: "ANNA", tag: frame.tag });
    expect(new Uint8Array(clear ?? new ArrayBuffer())).toEqual(bytes(frame.clear));
  });

  test("is sealed to the same bytes as by Python, which opens them", async () => {
    const sealer = new Sealer(new Numbering(vectors.start, frame.count), new Tally());
    sealer.sealUnder("floor.1");
    await sealer.use("floor.1", frame.key_id, bytes(frame.secret));
    const sealed = await sealer.seal(bytes(frame.clear), header, frame.tag);
    expect(new Uint8Array(sealed ?? new ArrayBuffer())).toEqual(bytes(frame.sealed));
  });
});

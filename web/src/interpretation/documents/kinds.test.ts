import { expect, test } from "vitest";
import { MOST_TEXT, opened, textOf, typeOf } from "./kinds";

type Bytes = Uint8Array<ArrayBuffer>;

const PAGE = "<!doctype html><script>alert(1)</script>";
const DRAWING = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';

function written(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Text of which each letter is one byte. */
function bytes(text: string): Bytes {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}

function utf16(text: string): Bytes {
  return new Uint8Array(Uint16Array.from(`\uFEFF${text}`, (letter) => letter.codePointAt(0) ?? 0).buffer);
}

test.each([
  ["%PDF-1.7\n%\u00E2\u00E3", "application/pdf"],
  ["\u0089PNG\r\n\u001A\n\0\0\0\rIHDR", "image/png"],
  ["\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF", "image/jpeg"],
  ["GIF87a\u0001\0", "image/gif"],
  ["GIF89a\u0001\0", "image/gif"],
  ["RIFF\u0024\0\0\0WEBPVP8 ", "image/webp"],
  ["RIFF\u0024\0\0\0WAVEfmt ", null],
  ["\u0089PNG", null],
  [" %PDF-1.7", null],
  ["BM\u0036\0", null],
  ["PK\u0003\u0004", null],
  ["", null],
  [PAGE, null],
  [DRAWING, null],
])("what begins with %j is %s", (first, type) => {
  expect(typeOf(bytes(first))).toBe(type);
});

test("a paper and a picture are given to the browser as what their first bytes tell, and as nothing else", () => {
  // Whatever follows: a page after the mark is still opened as a paper.
  const paper = opened(written(`%PDF-1.7\n${PAGE}`));
  expect(paper).toMatchObject({ as: "paper", blob: { type: "application/pdf" } });
  const picture = opened(bytes("GIF89a\u0001\0"));
  expect(picture).toMatchObject({ as: "picture", blob: { type: "image/gif" } });
});

test.each([
  ["a speech", "We have come a long way.\n", "We have come a long way.\n"],
  ["one with a mark of its encoding", "\uFEFFГраница", "Граница"],
  ["a page, whatever it is called", PAGE, PAGE],
  ["a drawing that can run scripts, whatever it is called", DRAWING, DRAWING],
  ["XML", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", null],
])("%s is text, and its blob is none", (_, text, read) => {
  expect(opened(written(text))).toEqual({ as: "text", text: read ?? text, whole: true });
});

test.each([
  ["text in UTF-16", utf16("Ceasefire line")],
  ["the same from right to left", utf16("خط وقف إطلاق النار")],
  ["text in Latin 1", bytes("ligne d'armistice: fronti\u00E8re")],
  ["text with a NUL in it", written("one\0two")],
  ["a spreadsheet", bytes("PK\u0003\u0004\u0014\0\u0006\0")],
])("%s can only be saved", (_, content) => {
  expect(textOf(content)).toBeNull();
  expect(opened(content)).toBeNull();
});

test("of a very long text the beginning is shown", () => {
  const shown = opened(written("x".repeat(MOST_TEXT + 1)));
  expect(shown).toEqual({ as: "text", text: "x".repeat(MOST_TEXT), whole: false });
});

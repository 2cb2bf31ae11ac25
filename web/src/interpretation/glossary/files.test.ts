// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import type { Language } from "../../kernel/ids";
import { RefusedError } from "../../kernel/errors";
import { readCsv, writeCsv } from "./csv";
import { readFile, textOf } from "./files";
import type { Languages } from "./reading";
import { readTbx } from "./tbx";

const LANGUAGES = ["en", "fr", "es"] as Language[] as unknown as Languages;
const short = (text: string) => {
  const { terms, bad } = readCsv(text, LANGUAGES);
  return [
    ...terms.map(
      ({ from, to, term, means, note }) => `${from}>${to} ${term} = ${means}${note === "" ? "" : ` (${note})`}`,
    ),
    ...bad.map(({ line, why }) => `${line}: ${why}`),
  ];
};

describe("a table", () => {
  test.each([
    [
      "without a header, in the booth's languages",
      "border,frontière\nbank,rive,of a river\n",
      ["en>fr border = frontière", "en>fr bank = rive (of a river)"],
    ],
    ["with languages for a header", "fr;en-GB;note\nfrontière;border;\n", ["fr>en frontière = border"]],
    [
      "between tabs, with a mark of its encoding",
      "\uFEFFborder\tfrontière\r\nonly",
      ["en>fr border = frontière", "2: fields"],
    ],
    [
      "with commas, quotes and line ends in fields",
      '"one, two","un ""deux""","a\nb"\nx,y',
      ['en>fr one, two = un "deux" (a\nb)', "en>fr x = y"],
    ],
    [
      "with bad lines among good ones",
      "a,b\nonly\n\nc,\nd,e,f,g\nh,i",
      ["en>fr a = b", "en>fr h = i", "2: fields", "4: empty", "5: fields"],
    ],
    ["with a quotation that nothing closes", 'a,b\n"c,d\ne,f', ["en>fr a = b", "2: quote"]],
    ["whose lines are counted across fields of several", '"a\n\nb",c\nonly', ["en>fr a\n\nb = c", "4: fields"]],
    ["with a line that is too long", `${"x".repeat(201)},y`, ["1: long"]],
    ["of nothing", "", []],
    [
      "between semicolons, with more bad lines than good ones",
      "a;b\nonly\nalone\n",
      ["en>fr a = b", "2: fields", "3: fields"],
    ],
    [
      "whose lines end in each of three ways",
      "a,b\r\nonly\rc,d\n\nalone",
      ["en>fr a = b", "en>fr c = d", "2: fields", "5: fields"],
    ],
    ["with a mark in the middle of a field", 'a,a 5" pipe\nb,c', ['en>fr a = a 5" pipe', "en>fr b = c"]],
    ["with a quotation that ends amid a field", 'a,b\n"c"d,e\nf,g', ["en>fr a = b", "2: quote"]],
  ])("%s", (_, text, told) => {
    expect(short(text)).toEqual(told);
  });

  test("that was written is read again as it was, and no field is a formula", () => {
    const terms = [
      { from: "en", to: "fr", term: 'so-called "line"', means: "ligne, dite", note: "" },
      { from: "fr", to: "es", term: "-isme", means: "=1+1", note: "@x" },
      { from: "en", to: "es", term: "+more\nlines", means: "a; b", note: " kept " },
    ].map((each) => ({ ...each, from: each.from as Language, to: each.to as Language }));
    const table = writeCsv(terms);
    expect(table).toContain("'=1+1");
    expect(table).toContain("'+more");
    expect(readCsv(table, LANGUAGES)).toEqual({ terms, bad: [] });
  });

  test("in a language that the summit does not have is told", () => {
    expect(short("source language,target language,term,translation,note\nen,de,border,Grenze,")).toEqual([
      "2: languages",
    ]);
  });
});

const V2 = `<?xml version="1.0"?>
<martif type="TBX-Basic" xml:lang="en"><text><body>
<!-- <termEntry> nobody's -->
<termEntry id="1">
 <descrip type="definition">the line between two states</descrip>
 <langSet xml:lang="en"><tig><term>border</term></tig><tig><term>frontier</term></tig></langSet>
 <langSet xml:lang="fr-FR"><ntig><termGrp><term>frontière</term></termGrp></ntig></langSet>
</termEntry>
<termEntry id="2"><langSet xml:lang="de"><tig><term>Grenze</term></tig></langSet></termEntry>
</body></text></martif>`;
const V3 = `<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="1"><langSec xml:lang="fr"><termSec><term>trêve</term></termSec></langSec>
<langSec xml:lang="es"><termSec><term>tregua</term></termSec></langSec></conceptEntry></body></text></tbx>`;

describe("a termbase", () => {
  test("in the older shape, with the line of what cannot be taken", () => {
    const { terms, bad } = readTbx(V2, LANGUAGES);
    expect(terms.map(({ from, to, term, means, note }) => [from, to, term, means, note])).toEqual([
      ["en", "fr", "border", "frontière", "the line between two states"],
      ["en", "fr", "frontier", "frontière", "the line between two states"],
    ]);
    expect(bad).toEqual([{ line: 9, why: "languages" }]);
  });

  test("in the newer shape, from the first language that there is", () => {
    expect(readTbx(V3, LANGUAGES).terms).toMatchObject([{ from: "fr", to: "es", term: "trêve", means: "tregua" }]);
  });

  test.each(["", "border,frontière", "<tbx><conceptEntry>", "<html/>"])("that is none (%j)", (text) => {
    expect(readTbx(text, LANGUAGES)).toEqual({ terms: [], bad: [{ line: 1, why: "form" }] });
  });
});

/** As UTF-16 has it: of each two bytes the lower first, or the higher. */
function utf16(text: string, order: "lower" | "higher" = "lower"): readonly number[] {
  const units = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) units.setUint16(at * 2, text.codePointAt(at) ?? 0, order === "lower");
  return [...new Uint8Array(units.buffer)];
}
const utf8 = (text: string) => [...new TextEncoder().encode(text)];

describe("the bytes of a file", () => {
  const line = "délégation\tвстреча\r\n";
  test.each([
    ["UTF-8", utf8(line)],
    ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, ...utf8(line)]],
    ["UTF-16, the lower byte first", [0xff, 0xfe, ...utf16(line)]],
    ["UTF-16, the higher byte first", [0xfe, 0xff, ...utf16(line, "higher")]],
  ])("are read in %s", (_, bytes) => {
    expect(textOf(Uint8Array.from(bytes))).toBe(line);
  });

  test.each([
    ["letters of a country's own", [...utf8("d"), 0xe9, ...utf8("l;x")]],
    ["UTF-16 without a mark", utf16("a\tb")],
    ["UTF-16 with half a letter", [0xff, 0xfe, ...utf16("a\tb"), 0x41]],
    ["UTF-16 with a half of a pair alone", [0xff, 0xfe, ...utf16("\uD83D")]],
    ["UTF-32", [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
  ])("are refused in %s", (_, bytes) => {
    expect(textOf(Uint8Array.from(bytes))).toBeNull();
  });

  test("may be none", () => {
    expect(textOf(new Uint8Array())).toBe("");
  });
});

test("a file is a termbase if it begins as one, else a table; and neither without two languages", () => {
  expect(readFile(`\n ${V3}`, LANGUAGES).terms).toMatchObject([{ term: "trêve" }]);
  expect(readFile("a,b", LANGUAGES).terms).toMatchObject([{ term: "a", means: "b" }]);
  expect(() => readFile("a,b", LANGUAGES.slice(0, 1))).toThrow(RefusedError);
});

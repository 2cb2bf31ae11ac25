import { expect, test } from "vitest";
import {
  afterDocuments,
  type BoothDocument,
  faultOf,
  LARGEST,
  MOST_DOCUMENTS,
  named,
  NO_DOCUMENTS,
  ROOM,
  standing,
} from "./documents";

function aDocument(part: Partial<BoothDocument> = {}): BoothDocument {
  return { id: "1", name: "speech.pdf", size: 10, key: "k", gone: false, ...part };
}

test("in whichever order words come, all have the same documents", () => {
  const words = [aDocument(), aDocument({ gone: true }), aDocument({ id: "2" }), aDocument({ id: "2", name: "other" })];
  const orders = [words, words.toReversed(), [...words, ...words]];
  const kept = orders.map((order) => standing(afterDocuments(NO_DOCUMENTS, order)));
  for (const each of kept) expect(each).toEqual([aDocument({ id: "2", name: "speech.pdf" })]);
});

test("what is more than there can be is left out; what is known is still taken away", () => {
  const many = Array.from({ length: MOST_DOCUMENTS }, (_, id) => aDocument({ id: String(id) }));
  const full = afterDocuments(NO_DOCUMENTS, many);
  expect(afterDocuments(full, [aDocument({ id: "more" })]).size).toBe(MOST_DOCUMENTS);
  expect(standing(afterDocuments(full, [aDocument({ id: "1", gone: true })]))).toHaveLength(MOST_DOCUMENTS - 1);
});

test.each([
  [0, NO_DOCUMENTS, "empty"],
  [LARGEST, NO_DOCUMENTS, null],
  [LARGEST + 1, NO_DOCUMENTS, "big"],
  [2, afterDocuments(NO_DOCUMENTS, [aDocument({ size: ROOM - 1 })]), "full"],
  [2, afterDocuments(NO_DOCUMENTS, [aDocument({ size: ROOM - 1, gone: true })]), null],
])("a file of %i bytes", (size, documents, fault) => {
  expect(faultOf(documents, size)).toBe(fault);
});

test("a name is one line, leads nowhere, and keeps its ending when it is cut", () => {
  expect(named("a/b\\c\u202Efdp.exe\n")).toBe("a b cfdp.exe");
  expect(named("\u0000")).toBe("?");
  expect(named(`${"x".repeat(300)}.docx`)).toMatch(/^x+\.docx$/u);
  expect(named(`${"x".repeat(300)}.docx`)).toHaveLength(200);
});

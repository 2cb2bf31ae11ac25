/**
 * A booth's documents, as its interpreters say them to each other: a pure reducer.
 *
 * A document never changes, it is only taken away; and should two say other things of one, that counts which reads later in order.
 * So whoever has heard the same words has the same documents, in whichever order they came.
 */
import { canonical } from "../../kernel/canonical";
import { oneLine } from "../../kernel/oneLine";
import type { CommonPut } from "../boothGroup";

type DocumentsPut = Extract<CommonPut, { kind: "documents" }>;

/** A document as it is said. One that was taken away stays as such, so that nobody brings it back who has not heard. */
export type BoothDocument = DocumentsPut["documents"][number];

/** The documents by their ids. */
export type Documents = ReadonlyMap<string, BoothDocument>;

export const NO_DOCUMENTS: Documents = new Map();

/** How many there can be, those that were taken away among them. */
export const MOST_DOCUMENTS = 100;
/** The largest, in bytes: the server keeps 64 parts of 384 KiB of each at most. */
export const LARGEST = 20_000_000;
/** How many bytes all may have: the server keeps 128 MiB for a booth. */
export const ROOM = 128_000_000;
/** The longest name, in UTF-16 units. */
const LONGEST_NAME = 200;

/** The documents after some were said. What is more than there can be is left out. */
export function afterDocuments(before: Documents, said: readonly BoothDocument[]): Documents {
  const after = new Map(before);
  for (const document of said) {
    const known = after.get(document.id);
    if (known === undefined ? after.size < MOST_DOCUMENTS : order(document) > order(known))
      after.set(document.id, document);
  }
  return after;
}

/** What was taken away is later than what was not: "true" is later than "false". */
function order({ gone, name, size, key }: BoothDocument): string {
  return JSON.stringify([gone, name, size, key]);
}

/** What is shown: all that was not taken away, in the order in which it was heard of. */
export function standing(documents: Documents): readonly BoothDocument[] {
  return [...documents.values()].filter(({ gone }) => !gone);
}

/** Why a file cannot be put in; null: it can. */
export function faultOf(documents: Documents, size: number): "empty" | "big" | "full" | null {
  if (size === 0) return "empty";
  if (size > LARGEST) return "big";
  const taken = standing(documents).reduce((sum, document) => sum + document.size, 0);
  return documents.size >= MOST_DOCUMENTS || taken + size > ROOM ? "full" : null;
}

/** A file's name as it is said: one line, without what parts folders, its ending kept. */
export function named(text: string): string {
  const tidy = oneLine(text.replaceAll(/[/\\]+/gu, " "));
  if (tidy.length <= LONGEST_NAME) return tidy === "" ? "?" : tidy;
  const ending = /\.[A-Za-z0-9]{1,10}$/u.exec(tidy)?.[0] ?? "";
  return (
    tidy
      .slice(0, LONGEST_NAME - ending.length)
      .toWellFormed()
      .trim() + ending
  );
}

/** What the box of a document is bound to: nothing else opens in its place. */
export function boundTo(id: string): Uint8Array<ArrayBuffer> {
  return canonical({ type: "visavis document 1", id });
}

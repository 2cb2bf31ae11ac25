/**
 * What of a document can be read in the page, told by its first bytes alone: never by its name, nor by whoever put it in.
 *
 * A `blob:` address is of our own origin. So of all that a browser opens there are these few kinds, none of which runs anything of
 * its own in it: no HTML, no SVG, no XML. Whatever looks like one of those is text, and is shown as text.
 */
type Bytes = Uint8Array<ArrayBuffer>;

/** What a picture or a paper is given to the browser as. */
export type PictureType = "image/png" | "image/jpeg" | "image/gif" | "image/webp";
type PaperType = "application/pdf";

/** A document as it can be read; text may be only the beginning of it. */
export type Opened =
  | { readonly as: "picture"; readonly blob: Blob }
  | { readonly as: "paper"; readonly blob: Blob }
  | { readonly as: "text"; readonly text: string; readonly whole: boolean };

/** Marks by which a type is known, each at its place (WHATWG MIME Sniffing §6.1, §6.2; ISO 32000-2 §7.5.2). */
const MARKS: readonly (readonly [PictureType | PaperType, ...(readonly [at: number, mark: string])[]])[] = [
  ["application/pdf", [0, "%PDF-"]],
  ["image/png", [0, "\u0089PNG\r\n\u001A\n"]],
  ["image/jpeg", [0, "\u00FF\u00D8\u00FF"]],
  ["image/gif", [0, "GIF87a"]],
  ["image/gif", [0, "GIF89a"]],
  ["image/webp", [0, "RIFF"], [8, "WEBPVP"]],
];
/** As many bytes as all marks need. */
const FIRST = 16;
/** As much of a text as is shown, in UTF-16 units: some hundred pages. A page that lays out more stands still meanwhile. */
export const MOST_TEXT = 400_000;

/** The type that the first bytes tell; null: of those that are shown, none. */
export function typeOf(bytes: Bytes): PictureType | PaperType | null {
  const first = String.fromCharCode(...bytes.subarray(0, FIRST));
  const known = MARKS.find(([, ...marks]) => marks.every(([at, mark]) => first.startsWith(mark, at)));
  return known?.[0] ?? null;
}

/** The text that bytes are in UTF-8; null: they are none. No text has a NUL, and what is not text mostly has. */
export function textOf(bytes: Bytes): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A document as it can be read; null: it can only be saved. */
export function opened(bytes: Bytes): Opened | null {
  const type = typeOf(bytes);
  if (type !== null) {
    const blob = new Blob([bytes], { type });
    return { as: type === "application/pdf" ? "paper" : "picture", blob };
  }
  const text = textOf(bytes);
  return text === null ? null : { as: "text", text: text.slice(0, MOST_TEXT), whole: text.length <= MOST_TEXT };
}

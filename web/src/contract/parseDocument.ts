/** A part of a booth's document, parsed. Fetched with what interpreters have in common. */
import * as v from "valibot";
import { b64u } from "./atoms";
import { parser } from "./parse";

export const parseDocumentPart = parser(v.strictObject({ box: b64u }));

import type { MessageTable } from "./translator";

/**
 * English names of the sign languages that summits have most, by their tags (IANA Language Subtag Registry). Browsers
 * name no sign language, Chromium not even one.
 */
export const enSignLanguages = {
  "sign.ase": "American Sign Language",
  "sign.asf": "Australian Sign Language",
  "sign.bfi": "British Sign Language",
  "sign.bzs": "Brazilian Sign Language",
  "sign.csl": "Chinese Sign Language",
  "sign.fsl": "French Sign Language",
  "sign.gsg": "German Sign Language",
  "sign.ils": "International Sign",
  "sign.ins": "Indian Sign Language",
  "sign.ise": "Italian Sign Language",
  "sign.jsl": "Japanese Sign Language",
  "sign.mfs": "Mexican Sign Language",
  "sign.rsl": "Russian Sign Language",
  "sign.ssp": "Spanish Sign Language",
  "sign.ukl": "Ukrainian Sign Language",
} as const satisfies MessageTable;

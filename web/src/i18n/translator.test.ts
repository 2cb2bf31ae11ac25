import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../contract/codes";
import { en } from "./en";
import { enErrors } from "./enErrors";
import { directionOf, wordsIn } from "./translator";

const words = wordsIn("en-GB", en, enErrors, "UTC");

describe("words", () => {
  test("numbers and plurals follow the language", () => {
    expect(words.t("hearers", { count: 1 })).toBe("1 device can hear you");
    expect(words.t("hearers", { count: 1200 })).toBe("1,200 devices can hear you");
  });

  test("what is filled in is never read as a message again", () => {
    expect(words.t("floor.holder", { name: "{count} devices" })).toBe("Has the floor: {count} devices");
  });

  test("a name written the other way turns nothing around it", () => {
    expect(words.t("floor.holder", { name: "אילנה 7" })).toBe("Has the floor: \u2068אילנה 7\u2069");
    expect(words.list(["Ilse", "علي"])).toBe("Ilse and \u2068علي\u2069");
    const arabic = wordsIn("ar", en, enErrors, "UTC");
    expect(arabic.t("floor.holder", { name: "Ilse" })).toBe("Has the floor: \u2068Ilse\u2069");
  });

  test("spans grow an hour only when there is one", () => {
    expect([words.span(0), words.span(192), words.span(4032), words.span(-5)]).toEqual([
      "0:00",
      "3:12",
      "1:07:12",
      "0:00",
    ]);
  });

  test("instants are told in the zone that was passed in", () => {
    expect(words.clock("2026-12-07T14:09:00.000Z")).toBe("14:09");
    expect(wordsIn("en-GB", en, enErrors, "Asia/Tokyo").clock("2026-12-07T14:09:00.000Z")).toBe("23:09");
  });

  test("every code says what happened, what is still safe, and what to do", () => {
    for (const code of ERROR_CODES) {
      const { happened, safe, next } = words.error(code);
      for (const sentence of [happened, safe, next]) expect(sentence, code).toMatch(/^[A-Z].*\.$/u);
    }
  });

  test("a language without a name is told by its tag", () => {
    expect(words.languageName("fr")).toBe("French");
    for (const tag of ["zh-yue", "sgn-BE-FR", "en-abc", "qaa"]) expect(words.languageName(tag)).toBe(tag);
  });

  test("a sign language, which browsers do not name, is told by the catalogue's name", () => {
    expect(["ase", "bfi", "ils"].map((tag) => words.languageName(tag))).toEqual([
      "American Sign Language",
      "British Sign Language",
      "International Sign",
    ]);
  });

  test("what can happen after an hour of talk does not say that nothing was said", () => {
    const late = ["not_signed_in", "descriptor_expired", "descriptor_bad", "ticket_refused"] as const;
    for (const code of late) expect(words.error(code).safe, code).not.toContain("Nothing you said");
    expect(words.error("descriptor_bad").happened).toContain("another summit");
    expect(words.error("descriptor_bad").next).toContain("Do not go on");
  });

  test("Arabic is written from right to left, English is not", () => {
    expect([directionOf("ar-EG"), directionOf("en-GB")]).toEqual(["rtl", "ltr"]);
  });
});

// @vitest-environment node
import { expect, test } from "vitest";
import { agreesOnRed, takesRed } from "./redundancy";

test("a browser takes RED when it names it, however it writes it", () => {
  expect(takesRed([{ mimeType: "audio/opus" }, { mimeType: "audio/RED" }])).toBe(true);
  expect(takesRed([{ mimeType: "audio/opus" }, { mimeType: "video/red" }])).toBe(false);
  expect(takesRed([])).toBe(false);
});

test("all send RED when all take it; one who does not is enough for plain Opus", () => {
  expect(agreesOnRed([true, true, true])).toBe(true);
  expect(agreesOnRed([true, false, true])).toBe(false);
  expect(agreesOnRed([])).toBe(true);
});

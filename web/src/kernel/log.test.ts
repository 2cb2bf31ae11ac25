import { expect, test } from "vitest";
import { masked } from "./log";

test("tokens and anything as long as a key are masked, words are not", () => {
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
  const key = "5VV7vlAwjx9AhH-Bd8Lvfq2eiELUqm2hldZ-HsLPQv4";
  expect(masked(`ticket ${jwt} key ${key} room chamber`)).toBe("ticket **** key **** room chamber");
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aPage } from "../../testing/page";
import { DoorsLine, type DoorsLineProps } from "./DoorsLine";

const page = aPage();

async function line(part: Partial<DoorsLineProps>): Promise<readonly [string, string | undefined]> {
  const props = { phase: "closed", unknown: false, seenFrom: "chamber", hearers: 3, press: 0 } as const;
  await page.draw(<DoorsLine {...props} {...part} />);
  const said = [...document.querySelectorAll(".doors li")].map((each) => each.textContent);
  return [said.join(" | "), document.querySelector<HTMLElement>("[data-colour]")?.dataset["colour"]];
}

test("doors are not called closed before every device has closed", async () => {
  expect(await line({ closing: { done: 11, all: 12 } })).toEqual([
    "The doors are closing | 11 of 12 devices have closed | 3 devices can hear you",
    "open",
  ]);
  expect(await line({ closing: null })).toEqual(["The doors are closed | 3 devices can hear you", "sealed"]);
});

test("what is counted for closing says nothing of doors that stand open", async () => {
  const [said] = await line({ phase: "open", closing: { done: 0, all: 12 } });
  expect(said).toBe("The doors are open | The press sees and hears you | 3 devices can hear you");
});

test("whose word is missing for opening is said until they are open", async () => {
  const awaited = ["Kingdom of Tolmar", "Free Cantons of Osk"];
  const [said] = await line({ awaited });
  expect(said).toContain("Opening waits for Kingdom of Tolmar and Free Cantons of Osk");
  const [open] = await line({ awaited, phase: "open" });
  expect(open).not.toContain("Opening waits");
});

test("an alarm of the keys is red, whatever the doors are", async () => {
  expect(await line({ alarm: true, lock: "The codes differ" })).toEqual([
    "The doors are closed | 3 devices can hear you | The codes differ",
    "alarm",
  ]);
});

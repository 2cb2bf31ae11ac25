// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { BoothHeard } from "../../interpretation/listening";
import type { Party } from "../../kernel/ids";
import { aDossier, aSnapshot } from "../../testing/builders";
import { fakeServices } from "../../testing/fakes";
import { onAirIn } from "../../testing/listening";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const TOLMAR = "tolmar" as Party;

/** What the menu says of each language while these booths, in the listener's order, are on air in French. */
async function said(...parties: readonly (Party | null)[]): Promise<readonly string[]> {
  keepPlace({ meeting: "meeting", seated: true });
  const heard = onAirIn("fr");
  const french = heard.booths.find(({ onAir }) => onAir !== null);
  const booths = parties.flatMap((party): readonly BoothHeard[] =>
    french === undefined ? [] : [{ ...french, booth: { ...french.booth, id: `${party ?? "joint"}.fr`, party } }],
  );
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier() },
    feed: { at: "live", snapshot: aSnapshot() },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    listening: { channel: null, carries: heard.carries, booths },
  });
  await page.draw(<Shell services={services} />);
  await page.press("Listening to the floor");
  return [...document.querySelectorAll("[role=menuitemradio]")].map((line) => line.textContent);
}

test("the menu says whose interpreter is heard: the first in the order of one's own preference", async () => {
  const [, english, french] = await said(TOLMAR, "arven" as Party);
  expect(french).toContain("Interpreted now · Kingdom of Tolmar");
  expect(english).not.toContain("·");
});

test("of a joint booth it names every delegation", async () => {
  expect((await said(null, TOLMAR)).at(-1)).toContain("Interpreted now · Republic of Arven and Kingdom of Tolmar");
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import { english } from "../../i18n/translator";
import { WordsProvider } from "../../i18n/ui/Words";
import type { CallState, Sending } from "../../rooms/model";
import { fakeServices } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Returning } from "./Returning";

const page = aPage();
const NOTHING: Sending = { microphone: false, camera: false, screen: false };

async function lost(sending: Sending): Promise<string> {
  const call: CallState = { ...fakeServices().cells.call.get(), sending };
  await page.draw(
    <WordsProvider words={english}>
      <Returning call={call} stale />
    </WordsProvider>,
  );
  return page.text;
}

test("while the server is lost whoever is heard or seen is told that they may be so still", async () => {
  expect(await lost({ ...NOTHING, microphone: true, camera: true })).toContain("You may still be heard and seen;");
  expect(await lost({ ...NOTHING, microphone: true })).toContain("You may still be heard;");
  expect(await lost({ ...NOTHING, screen: true })).toContain("You may still be seen;");
});

test("who was neither is not", async () => {
  const told = await lost(NOTHING);
  expect(told).toContain("The connection to the server was lost");
  expect(told).not.toContain("You may still be");
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier } from "../../testing/builders";
import { fakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();

async function strike(key: string): Promise<void> {
  await settled(() => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
}

test("the keys can be switched off, and stay off after a reload", async () => {
  history.replaceState(null, "");
  keepPlace({ meeting: "meeting", seated: true });
  const signIn = { at: "signed-in", dossier: aDossier() } as const;
  const seating = { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } as const;
  const services = fakeServices({ signIn, call: { seating } });
  await page.draw(<Shell services={services} />);
  await strike("m");
  expect(services.asked.filter((each) => each.startsWith("send"))).toEqual(["send microphone on"]);
  await page.press("Keys");
  const box = document.querySelector<HTMLInputElement>('[role="dialog"] input[type="checkbox"]');
  await settled(() => {
    box?.click();
  });
  await page.press("Close");
  await strike("m");
  await page.close();
  page.open();
  await page.draw(<Shell services={services} />);
  await strike("m");
  expect(services.asked.filter((each) => each.startsWith("send"))).toEqual(["send microphone on"]);
  history.replaceState(null, "");
});

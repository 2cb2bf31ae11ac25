// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { fakeServices } from "../testing/fakes";
import { aPage } from "../testing/page";
import { Shell } from "./Shell";

const page = aPage();

test("a page that stops hangs up and lets go of the devices before it says that they are off", async () => {
  // React reports what broke to the console, which is right and would fill the test's.
  vi.spyOn(console, "error").mockReturnValue();
  const services = fakeServices();
  const state = {
    get: () => {
      throw new Error("a screen that cannot be drawn");
    },
    subscribe: () => () => undefined,
  };
  await page.draw(<Shell services={{ ...services, meeting: { ...services.meeting, state } }} />);
  expect(page.text).toContain("your microphone and camera are off here");
  expect(services.asked).toContain("leave");
  expect(services.asked).toContain("stop the devices");
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Source } from "../../rooms/model";
import { aMeeting, aSnapshot, SEATS } from "../../testing/builders";
import { type FakeServices, fakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { aStanding, sealedUnder } from "../../testing/standings";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const SEALED = sealedUnder(aStanding("chamber", ["maren", "vey"]));
const SENDING = { microphone: true, camera: false, screen: false };
const PUBLISH: readonly Source[] = ["microphone", "camera"];

async function show(): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    feed: { at: "live", snapshot: aSnapshot({ you: "maren", meeting: aMeeting({ phase: "closed", openings: 1 }) }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: PUBLISH, hear: true } }, sending: SENDING },
    keys: SEALED,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

function line(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".doors");
}

function alarm(): string {
  return document.querySelector('.notice[role="alert"]')?.textContent ?? "";
}

test("who may still be heard outside is said in the doors' line and at once, with what to do", async () => {
  const services = await show();
  expect(line()?.dataset["colour"]).toBe("sealed");
  await settled(() => {
    services.cells.keys.set({ ...SEALED, overheard: [SEATS.vey.identity] });
  });
  expect(line()?.dataset["colour"]).toBe("alarm");
  expect(line()?.textContent).toContain(`May still be heard outside: ${SEATS.vey.name}`);
  expect(alarm()).toContain(SEATS.vey.name);
  expect(alarm()).toContain("Say nothing that matters");
  expect(services.asked.filter((each) => each.startsWith("send"))).toEqual([]);
  await settled(() => {
    services.cells.keys.set(SEALED);
  });
  expect([line()?.dataset["colour"], alarm()]).toEqual(["sealed", ""]);
});

test("who may be heard outside themselves is muted, and told so", async () => {
  const services = await show();
  await settled(() => {
    services.cells.keys.set({ ...SEALED, overheard: [SEATS.maren.identity] });
  });
  expect(line()?.textContent).toContain("May still be heard outside: you");
  expect(alarm()).toContain("Your microphone and camera were turned off");
  expect(services.asked.filter((each) => each.startsWith("send"))).toHaveLength(1);
  expect(services.asked).toContain("send microphone off");
});

test("doors that fell shut say who held them no more", async () => {
  const services = await show();
  await settled(() => {
    services.cells.keys.set({ ...SEALED, fallen: [SEATS.vey.party] });
  });
  expect(document.querySelector('.unseen[role="alert"]')?.textContent).toBe(
    "They fell shut: no chair of Kingdom of Tolmar held them open",
  );
  expect(line()?.textContent).toContain("They fell shut: no chair of Kingdom of Tolmar held them open");
  await settled(() => {
    services.cells.keys.set(SEALED);
  });
  expect(line()?.textContent).not.toContain("fell shut");
});

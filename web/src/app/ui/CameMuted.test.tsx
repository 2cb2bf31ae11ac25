// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Meeting } from "../../contract/parse";
import type { CallState, Source } from "../../rooms/model";
import { aSnapshot, type MemberName } from "../../testing/builders";
import { type FakeServices, fakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();

function inChamber(publish: readonly Source[], part: Partial<CallState>): Partial<CallState> {
  return { seating: { at: "seated", room: "chamber", grant: { publish, hear: true } }, ...part };
}

async function show(you: MemberName, call: Partial<CallState>, meeting: Partial<Meeting> = {}): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({ feed: { at: "live", snapshot: aSnapshot({ you, meeting }) }, call });
  await page.draw(<Shell services={services} />);
  return services;
}

/** What a screen reader hears of it, once it is free. */
function said(): string | undefined {
  return document.querySelector('.came-muted[role="status"]')?.textContent;
}

test("whoever came back muted reads and hears which key lets them be heard, until they are", async () => {
  const services = await show("maren", inChamber(["microphone"], {}));
  expect(said()).toBe("");
  const comes = async (cameMuted: boolean): Promise<void> =>
    settled(() => {
      services.cells.call.set({ ...services.cells.call.get(), cameMuted });
    });
  await comes(true);
  expect(said()).toBe("You are muted. Press Microphone, or the key M, to be heard.");
  expect(page.button("Microphone")?.disabled).toBe(false);
  await comes(false);
  expect(said()).toBe("");
});

test("an interpreter is told of the microphone", async () => {
  await show("amsel", inChamber(["microphone"], { cameMuted: true }));
  expect(said()).toBe("You came back off air. Press Microphone to be heard.");
});

test("an interpreter who speaks on the floor is not told of a channel, nor of a key that the console has not", async () => {
  await show("amsel", inChamber(["microphone"], { cameMuted: true }), { mode: "liaison" });
  expect(said()).toBe("You are muted. Press Microphone to be heard.");
});

test("nobody is told in a phase in which nobody is heard", async () => {
  await show("maren", inChamber([], { cameMuted: true }));
  expect(said()).toBe("");
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import { RefusedError } from "../kernel/errors";
import { aDossier, aSnapshot, type MemberName, type SnapshotPart } from "../testing/builders";
import { strike } from "../testing/console";
import { fakeServices, type FakeServices, type Scene } from "../testing/fakes";
import { aPage } from "../testing/page";
import { Shell } from "./Shell";
import { keepPlace } from "./ui/place";

const page = aPage();
let shown = 0;

async function show(
  you: MemberName,
  part: SnapshotPart,
  scene: Scene & { readonly seated?: boolean },
): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: scene.seated ?? false });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ ...part, you }) },
    ...scene,
  });
  shown += 1;
  await page.draw(<Shell key={shown} services={services} />);
  return services;
}

const seatedInChamber: Scene = {
  call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
};

test("every screen says where the doors stand", async () => {
  await show("maren", { meeting: { phase: "open" } }, {});
  expect(document.querySelector("[data-doors]")?.getAttribute("data-doors")).toBe("open");
});

test("nobody enters before they take their seat; after a reload one is back at once", async () => {
  const arriving = await show("maren", {}, {});
  expect(arriving.asked).not.toContain("enter chamber");
  await page.press("Take your seat");
  expect(arriving.asked).toContain("enter chamber");
});

test("a seat taken before a reload is taken again", async () => {
  const services = await show("maren", {}, { seated: true });
  expect(services.asked).toContain("enter chamber");
});

test("the press is never asked for a microphone and waits before closed doors", async () => {
  const arriving = await show("reuter", { agenda: [] }, {});
  expect(page.button("Enter the gallery")).toBeDefined();
  expect(arriving.asked.filter((each) => each.startsWith("preview"))).toEqual([]);
  const services = await show("reuter", { agenda: [] }, { seated: true });
  expect(services.asked).not.toContain("enter chamber");
  expect(document.body.textContent).toContain("The doors have closed");
});

test("whom the format keeps outside is told why and is given no microphone", async () => {
  await show("sorel", {}, { seated: true });
  expect(document.body.textContent).toContain("You are outside the room");
  expect(page.button("Microphone")).toBeUndefined();
});

test("a key does what its button does, and nothing where the button is disabled", async () => {
  const services = await show("maren", {}, { ...seatedInChamber, seated: true });
  await strike("m");
  await strike("v");
  expect(services.asked).toContain("send microphone on");
  expect(services.asked).not.toContain("send camera on");
});

test("no key presses what is drawn already but not shown yet", async () => {
  const arriving = await show("maren", {}, {});
  await strike("m");
  await strike("f");
  expect(arriving.asked.filter((each) => !each.startsWith("open") && !each.startsWith("preview"))).toEqual([]);
});

test("a refused order is told in words", async () => {
  const refuses = new RefusedError("floor_taken");
  await show(
    "maren",
    { floor: { holder: null, since: null, interprets: null, asks: [] } },
    { ...seatedInChamber, seated: true, refuses },
  );
  await strike("f");
  expect(document.querySelector('.told[role="alert"]')?.textContent).toContain("Somebody else has the floor.");
});

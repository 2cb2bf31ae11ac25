// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier, ago, aSnapshot, type MemberName, SEATS, type SnapshotPart } from "../../testing/builders";
import { fakeServices, type FakeServices } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();

async function show(you: MemberName, part: SnapshotPart): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ meeting: { format: "plenary" }, ...part, you }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
  });
  await page.draw(<Shell services={services} />);
  return services;
}

function floor(holder: MemberName | null, ...asks: readonly MemberName[]): Pick<SnapshotPart, "floor"> {
  const since = ago(41);
  const waiting = asks.map((name) => ({ member: SEATS[name].member, since }));
  return {
    floor: {
      holder: holder === null ? null : SEATS[holder].member,
      since: holder === null ? null : since,
      interprets: null,
      asks: waiting,
    },
  };
}

const give = (name: MemberName) => page.button(`Give the floor to ${SEATS[name].name}`);

test("everybody sees who has the floor and for whom they speak, principal or not", async () => {
  await show("maren", floor("dorn"));
  const holder = document.querySelector("[data-holder]");
  expect(holder?.textContent).toContain("Anselm Dorn");
  expect(holder?.textContent).toContain("Kingdom of Tolmar");
  expect(page.button("Take the floor back")).toBeUndefined();
});

test("a chair gives the floor to their own delegation, and while it is free", async () => {
  const services = await show("maren", floor(null, "dorn", "sorel"));
  expect(give("dorn")).toBeUndefined();
  await page.press("Give the floor to Mikko Sorel");
  expect(services.asked).toContain("give the floor sorel");
  await show("brandt", floor("vey", "sorel"));
  expect(give("sorel")).toBeUndefined();
});

test("a chair takes the floor back from their own delegation alone", async () => {
  const services = await show("maren", floor("sorel"));
  await page.press("Take the floor back");
  expect(services.asked).toContain("yield the floor");
});

test("whoever gives no orders takes nothing back from anybody", async () => {
  await show("sorel", floor("brandt"));
  expect(page.button("Take the floor back")).toBeUndefined();
});

test("the officer gives the free floor to anybody, and takes it back from anybody", async () => {
  await show("keller", floor(null, "dorn"));
  expect(give("dorn")).toBeDefined();
  await show("keller", floor("vey", "dorn"));
  expect(give("dorn")).toBeUndefined();
  expect(page.button("Take the floor back")).toBeDefined();
});

test("a chair changes the agenda from their seat", async () => {
  const services = await show("maren", {});
  await page.press("Change the agenda");
  await page.press("Remove item 5");
  await page.press("Save the agenda");
  expect(services.asked.at(-1)).toBe("agenda Opening 5, Border region 40, Strategic stability 30, Mission staff 20");
  await show("sorel", {});
  expect(page.button("Change the agenda")).toBeUndefined();
});

// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { KeysState } from "../../keys";
import type { Source } from "../../rooms/model";
import { aDossier, aSnapshot, type MemberName, NOW, SEATS, type SnapshotPart } from "../../testing/builders";
import { fakeServices, type FakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { aHolder, aStanding, sealedUnder } from "../../testing/standings";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const PAIR = ["maren", "vey"] as const;
const publish: readonly Source[] = ["microphone", "camera"];

async function show(keys: KeysState, part: SnapshotPart = {}, you: MemberName = "maren"): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ ...part, you }) },
    call: {
      seating: { at: "seated", room: "chamber", grant: { publish, hear: true } },
      sending: { microphone: true, camera: true, screen: false },
      hearers: 9,
    },
    keys,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

async function stand(services: FakeServices, keys: KeysState): Promise<void> {
  await settled(() => {
    services.cells.keys.set(keys);
  });
}

const state = () => document.querySelector(".doors [data-lock]")?.textContent;
const colour = () => document.querySelector("[data-colour]")?.getAttribute("data-colour");
const chamber = (names: readonly MemberName[], epoch: number) => sealedUnder(aStanding("chamber", names, { epoch }));

test("each delegation sees the same code, which half it reads itself, and in which epoch", async () => {
  await show(chamber(PAIR, 7));
  await page.press("Code not compared yet");
  const turns = [...document.querySelectorAll(".code li")].map((each) => each.textContent);
  expect(turns).toEqual([
    expect.stringMatching(/^Republic of Arven reads aloudYour delegation4096 0183 77254 0 9 6, 0 1 8 3, 7 7 2 5$/u),
    expect.stringMatching(/^Kingdom of Tolmar reads aloud3301 9948 26043 3 0 1, 9 9 4 8, 2 6 0 4$/u),
  ]);
  expect(document.querySelector(".code")?.getAttribute("aria-label")).toBe("Code 7");
});

test("a match is told everywhere with its time, outlives the next epoch, and shows who has come since", async () => {
  const services = await show(chamber(PAIR, 7));
  await page.press("Code not compared yet");
  await page.press("It matches");
  await page.press("Close");
  expect(state()).toMatch(/^Code compared at \d\d:\d\d$/u);
  await stand(services, chamber([...PAIR, "fane"], 8));
  expect(state()).toMatch(/^Code compared at \d\d:\d\d, 1 newcomer since$/u);
  await page.press("Who can hear me");
  const marked = [...document.querySelectorAll(".who-group li")].filter((each) =>
    each.textContent.includes("New since"),
  );
  expect(marked.map((each) => each.querySelector("strong")?.textContent)).toEqual(["Lena Fane"]);
  await page.press("Close");
  await stand(services, chamber(PAIR, 12));
  expect(state()).toBe("Code not compared yet");
});

test("a difference is an alarm that turns microphone and camera off, and stays", async () => {
  const services = await show(chamber(PAIR, 7));
  await page.press("Code not compared yet");
  await page.press("It does not match");
  await page.press("Close");
  expect(services.asked).toContain("found mismatch of 7");
  const sent = services.asked.filter((each) => each.startsWith("send"));
  expect(sent).toEqual(["send microphone off", "send camera off"]);
  expect([state(), colour()]).toEqual(["The codes differ", "alarm"]);
  expect(document.querySelector('.notice[role="alert"]')?.textContent).toContain("Say nothing more that matters");
  await stand(services, chamber(PAIR, 9));
  expect(state()).toBe("The codes differ");
});

const aFinding = (name: MemberName, finding: "match" | "mismatch") =>
  ({ from: aHolder(name, 0).member, finding, epoch: 7, at: NOW }) as const;

async function hear(services: FakeServices, ...findings: readonly ReturnType<typeof aFinding>[]): Promise<void> {
  await settled(() => {
    services.cells.gestures.set({ hands: [], slowing: [], findings });
  });
}

test("what the others found is told, and is shown as theirs: one's own code stays uncompared", async () => {
  const services = await show(chamber(PAIR, 7));
  await hear(services, aFinding("vey", "match"));
  expect(state()).toBe("Code not compared yet");
  await page.press("Code not compared yet");
  expect(document.querySelector(".code-found")?.textContent).toMatch(
    /^What the others foundPrime Minister Odran Vey, Kingdom of Tolmar: code 7 matches, \d\d:\d\d$/u,
  );
  await page.press("It matches");
  expect(services.asked).toContain("found match of 7");
});

test("another's difference is everybody's alarm, with their name and what to do, and turns nobody's microphone off", async () => {
  const services = await show(chamber(PAIR, 7));
  await page.press("Code not compared yet");
  await page.press("It matches");
  await page.press("Close");
  await hear(services, aFinding("vey", "mismatch"));
  expect([state(), colour()]).toEqual(["The codes may differ", "alarm"]);
  expect(document.querySelector('.notice[role="alert"]')?.textContent).toMatch(
    /Prime Minister Odran Vey, Kingdom of Tolmar, says that the codes differ.*Compare the code again/u,
  );
  expect(services.asked.filter((each) => each.startsWith("send"))).toEqual([]);
  await page.press("The codes may differ");
  expect(document.querySelector(".code-found")?.textContent).toMatch(
    /code 7 does not match.*Compare the code again.*when Prime Minister Odran Vey finds that it matches/u,
  );
  await page.press("Close");
  await hear(services);
  expect(state()).toMatch(/^Code compared at/u);
});

test("whoever reads while the code changes is told to begin again", async () => {
  const services = await show(chamber(PAIR, 7));
  await page.press("Code not compared yet");
  expect(page.text).not.toContain("The code has changed");
  await stand(services, chamber([...PAIR, "fane"], 8));
  expect(page.text).toContain("The code has changed");
  await page.press("It matches");
  expect(page.text).not.toContain("The code has changed");
  expect(page.text).toContain("with code 8");
});

test("there is nothing to answer without another delegation, and none while the code is worked out", async () => {
  const services = await show(chamber(["maren", "fane"], 7));
  await page.press("Code not compared yet");
  expect(page.text).toContain("No other delegation is here yet");
  expect(page.button("It matches")).toBeUndefined();
  await stand(services, sealedUnder(aStanding("chamber", PAIR, { code: null })));
  expect(page.text).toContain("being worked out");
  expect(page.button("It matches")).toBeUndefined();
});

test("who can hear one is who holds the keys, whatever the SFU counts and the server says of them", async () => {
  const { roster } = aStanding("chamber", PAIR);
  const liar = aHolder("amsel", 2);
  const named = { ...liar, member: { ...liar.member, name: "Another Name" } };
  await show(sealedUnder(aStanding("chamber", PAIR, { roster: [...roster, named, aHolder("dorn", 3)] })));
  expect(page.text).toContain("3 devices can hear you");
  await page.press("Who can hear me");
  const listed = [...document.querySelectorAll(".who-name")].map((each) => each.textContent);
  expect(listed).toEqual([
    "Prime Minister Odran VeyPrincipal · chair",
    "Another NameInterpreter",
    "Anselm DornAdviser · could hear, is not in the room now",
  ]);
  expect(page.text).toContain("Sound and picture are sealed");
});

test("whoever holds the keys and is not connected is told apart; of whom nothing is told nothing is said", async () => {
  const { roster } = aStanding("chamber", PAIR);
  const standing = aStanding("chamber", PAIR, { roster: [...roster, aHolder("dorn", 3), aHolder("sorel", 4)] });
  const connected = [SEATS.maren.member, SEATS.vey.member];
  const seats = Object.values(SEATS).filter(({ name }) => name !== SEATS.dorn.name);
  await show(sealedUnder(standing), { connected, seats });
  await page.press("Who can hear me");
  const listed = [...document.querySelectorAll(".who-name small")].map((each) => each.textContent);
  expect(listed).toEqual([
    "Adviser · can hear, not connected",
    "Principal · chair",
    "Adviser · could hear, is not in the room now",
  ]);
});

test("while the doors are open it is the floor's keys, with the press by name", async () => {
  const floor = aStanding("floor", [...PAIR, "reuter"]);
  await show(sealedUnder(aStanding("chamber", PAIR), floor), { meeting: { phase: "open" } });
  expect(page.text).toContain("2 devices can hear you, 1 of them press");
  expect(state()).toBeUndefined();
  await page.press("Who can hear me");
  expect(document.querySelector('[aria-label="Press"]')?.textContent).toContain("Joan Reuter");
  expect(document.querySelector(".who-lock")?.textContent).toBe("Open to the press: everybody can hear");
});

test.each([
  ["refused", "No keys for this device", "ask your delegation"],
  ["removed", "You were put out", "Ask your chair"],
  ["stuck", "Somebody may have been added", "without a delegation's word"],
  ["ended", "Sealing failed: nothing leaves", "begins anew by itself"],
] as const)("%s is an alarm, in words, and what is on waits", async (at, line, notice) => {
  await show(sealedUnder(aStanding("chamber", PAIR, { at })));
  expect([state(), colour()]).toEqual([line, "alarm"]);
  expect(document.querySelector('.notice[role="alert"]')?.textContent).toContain(notice);
  expect(page.text).toContain("No device can hear you");
  expect(page.button("Microphone")?.title).toContain("nothing leaves it until then");
});

test("that sealing failed is said until one is inside again, whatever comes between", async () => {
  const services = await show(chamber(PAIR, 7));
  await stand(services, sealedUnder(aStanding("chamber", [], { at: "ended" })));
  await stand(services, sealedUnder());
  await stand(services, sealedUnder(aStanding("chamber", [], { at: "joining" })));
  expect([state(), colour()]).toEqual(["Sealing failed: nothing leaves", "alarm"]);
  await stand(services, chamber(PAIR, 8));
  expect(state()).toBe("Code not compared yet");
  await stand(services, sealedUnder(aStanding("chamber", [], { at: "joining" })));
  expect(state()).toBe("Your place is being restored");
});

test("a chair who is stuck can undo the step, and nobody else", async () => {
  const stuck = sealedUnder(aStanding("chamber", PAIR, { at: "stuck" }));
  const services = await show(stuck);
  expect(page.text).toContain("The record will say that you did it.");
  await page.press("Undo that step");
  expect(services.asked.at(-1)).toBe("take the step back");
  await page.close();
  page.open();
  await show(stuck, {}, "fane");
  expect(page.text).toContain("Somebody may have been added");
  expect(page.button("Undo that step")).toBeUndefined();
});

test("while a chair reads the code it does not change for the sake of time, for some minutes at most", async () => {
  const services = await show(chamber(PAIR, 7));
  const paused = () => services.asked.filter((each) => each.startsWith("pause"));
  await page.press("Code not compared yet");
  expect(paused()).toEqual(["pause for 300 s"]);
  await page.press("Close");
  expect(paused()).toEqual(["pause for 300 s", "pause for 0 s"]);
  await page.close();
  page.open();
  const others = await show(chamber([...PAIR, "fane"], 7), {}, "fane");
  await page.press("Code not compared yet");
  expect(others.asked.filter((each) => each.startsWith("pause"))).toEqual([]);
});

test("a microphone that is heard waits for nothing", async () => {
  await show(chamber(PAIR, 7));
  expect(page.button("Microphone")?.title).toBe("");
});

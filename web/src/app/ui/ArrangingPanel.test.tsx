// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { fromJsonBytes } from "../../contract/parse";
import { bytesOf } from "../../identity";
import type { Language, Party } from "../../kernel/ids";
import { aDossier, aProposal, aSnapshot, type MemberName, SEATS, type SnapshotPart } from "../../testing/builders";
import { fakeServices, type FakeServices } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const EN = "en" as Language;
const FR = "fr" as Language;
const ARVEN = "arven" as Party;
const TOLMAR = "tolmar" as Party;

async function show(you: MemberName, part: SnapshotPart = {}): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ meeting: { format: "plenary" }, ...part, you }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
  });
  await page.draw(<Shell services={services} />);
  return services;
}

function waiting(...parties: readonly Party[]): SnapshotPart {
  const channels = [
    { language: EN, kind: "spoken" as const },
    { language: FR, kind: "signed" as const },
  ];
  const booths = [{ id: "joint.fr", languages: [FR] as [Language], members: [SEATS.amsel.identity] }];
  return { arrangement: aProposal({ channels, booths }, parties) };
}

/** The last that was asked, and the statement that was sent with it. */
function said({ asked }: FakeServices): Record<string, unknown> {
  const [method, rest, body] = asked.at(-1)?.split(" ") ?? [];
  const { statement } = JSON.parse(body ?? "{}") as { statement: string };
  return { asked: `${method} ${rest}`, ...(fromJsonBytes(bytesOf(statement)) as object) };
}

test("chairs alone are shown what they may arrange", async () => {
  await show("sorel");
  expect(page.button("Change the interpretation")).toBeUndefined();
  await show("sorel", waiting(TOLMAR));
  expect(page.text).not.toContain("proposes other channels");
  await show("maren");
  expect(page.button("Change the interpretation")).toBeDefined();
});

test("a channel that no booth works into is named", async () => {
  const seats = Object.values(SEATS).filter(({ name }) => name !== SEATS.fane.name && name !== SEATS.amsel.name);
  await show("maren", { seats });
  await page.press("Change the interpretation");
  expect(page.text.match(/No booth works into it/gu)).toHaveLength(2);
});

test("a chair proposes a signed channel, and a joint booth, to the others", async () => {
  const services = await show("maren");
  await page.press("Change the interpretation");
  await page.fill("French", "signed");
  await page.fill(`Joint booth of ${SEATS.amsel.name}`, "fr");
  await page.press("Propose to Kingdom of Tolmar");
  const booths = [{ id: "joint.fr", languages: [FR, EN], members: [SEATS.amsel.identity] }];
  const channels = [
    { language: EN, kind: "spoken" },
    { language: FR, kind: "signed" },
  ];
  expect(said(services)).toMatchObject({ asked: "PUT channels", party: null, channels, booths });
});

test("what another delegation proposes is read, and agreed to by what it is", async () => {
  const services = await show("maren", waiting(TOLMAR));
  expect(page.text).toContain("Kingdom of Tolmar proposes other channels or joint booths.");
  await page.press("Look at the proposal");
  expect(page.text).toContain("Channels: English and French (signed).");
  expect(page.text).toContain(`Joint booths: French with ${SEATS.amsel.name}.`);
  expect(page.button("Withdraw it")).toBeUndefined();
  await page.press("Agree to this");
  // Of what was read, and not what the server calls it.
  await vi.waitFor(() => {
    expect(services.asked.at(-1)).toMatch(/^POST channels\/consents \{"digest":"[\w-]{43}"\}$/u);
  });
});

test("one's own proposal says for whom it waits, and is taken back", async () => {
  const services = await show("maren", waiting(ARVEN));
  expect(page.text).toContain("Your proposal waits for Kingdom of Tolmar.");
  await page.press("Look at the proposal");
  expect(page.button("Agree to this")).toBeUndefined();
  await page.press("Withdraw it");
  expect(services.asked.at(-1)).toBe("DELETE channels null");
});

test("a delegation's own booths are its chair's affair", async () => {
  const services = await show("maren");
  await page.press("Change the interpretation");
  await page.press("Save our booths");
  const booths = [{ id: "arven.en", languages: [EN, FR], members: [SEATS.fane.identity] }];
  expect(said(services)).toMatchObject({ asked: "PUT booths/arven", party: ARVEN, booths });
  await page.press("Change the interpretation");
  await page.press("Arrange by first language");
  expect(said(services)).toMatchObject({ asked: "PUT booths/arven", booths: [] });
});

test("interpreters and chairs are told that what the server shows is not signed by both sides", async () => {
  const unsigned = "The arrangement shown by the server is not signed by both sides";
  for (const you of ["maren", "fane"] as const) {
    await show(you, { isDoubtful: true });
    expect(page.text).toContain(unsigned);
    await show(you);
    expect(page.text).not.toContain(unsigned);
  }
  await show("sorel", { isDoubtful: true });
  expect(page.text).not.toContain(unsigned);
});

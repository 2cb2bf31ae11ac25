// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier, aSnapshot, type MemberName, NOW } from "../../testing/builders";
import { aChat } from "../../testing/chats";
import { fakeServices, type FakeServices, type Scene } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { aHolder } from "../../testing/standings";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const AT = new Date(NOW).toISOString();

async function show(part: Partial<Scene> = {}, you: MemberName = "maren", room: "chamber" | "caucus" = "chamber") {
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you, meeting: { phase: you === "reuter" ? "open" : "closed" } }) },
    call: { seating: { at: "seated", room, grant: { publish: [], hear: true } } },
    ...part,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

async function strike(key: string, part: KeyboardEventInit = {}): Promise<void> {
  await settled(() => {
    document.querySelector("textarea")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...part }));
  });
}

const log = () => [...document.querySelectorAll('[role="log"] li')].map((each) => each.textContent);
const told = () => [...document.querySelectorAll('[role="status"]')].map((each) => each.textContent);
const said = ({ asked }: FakeServices) => asked.filter((each) => each.startsWith("say"));

test("each line says by whom it is as their keys prove it, and what is missing or not to be believed says so", async () => {
  const liar = { ...aHolder("vey", 0).member, name: "Another Name", role: "interpreter" as const, chair: false };
  const lines = [
    { is: "text", number: 1, from: liar, isOwn: false, at: AT, text: "Shall we?" },
    { is: "gap", number: 4, from: liar, missing: 2 },
    { is: "unheard", number: 4, why: "forged", from: null },
  ] as const;
  await show({ chats: { chamber: aChat(lines, []) } });
  await page.press("Messages 2 unread");
  expect(log()).toEqual([
    expect.stringMatching(/^Another Name\d\d:\d\dInterpreter · Kingdom of TolmarShall we\?$/u),
    "2 messages of Another Name have not come",
    "A message came that was changed on its way, or is by somebody else than it says. It is not shown.",
  ]);
  expect(page.text).toContain("What was said before you came cannot be shown.");
});

test("Enter sends, Shift and Enter do not, nor does nothing; what was half written is there again", async () => {
  const services = await show();
  await page.press("Messages");
  expect(document.activeElement?.tagName).toBe("TEXTAREA");
  await strike("Enter");
  expect(page.button("Send")?.disabled).toBe(true);
  await page.fill("Your message", "Shall we?");
  await strike("Enter", { shiftKey: true });
  await strike("Enter", { isComposing: true });
  expect(said(services)).toEqual([]);
  await page.press("Close");
  await page.press("Messages");
  expect(document.querySelector("textarea")?.value).toBe("Shall we?");
  await strike("Enter");
  expect(said(services)).toEqual(["say in the chamber: Shall we?"]);
  await page.fill("Your message", "Once more");
  await page.press("Send");
  expect(said(services)).toEqual(["say in the chamber: Shall we?", "say in the chamber: Once more"]);
});

test("what was not sent says why, and is sent again or changed", async () => {
  const text = { text: "We can live with either.", said: AT };
  const pending = [
    { ...text, ticket: 1, at: "unsent", code: "no_answer" },
    { ...text, ticket: 2, at: "sent", code: null },
    { ...text, ticket: 3, at: "sending", code: null },
  ] as const;
  const services = await show({ chats: { chamber: aChat([], pending) } });
  await page.press("Messages 2 unread");
  expect([...document.querySelectorAll("[data-at]")].map((each) => each.getAttribute("data-at"))).toEqual([
    "unsent",
    "sent",
    "sending",
  ]);
  expect(document.querySelector('.chat-unsent [role="alert"]')?.textContent).toMatch(/^Not sent\. No answer came/u);
  await page.press("Send again");
  await page.press("Change it");
  expect(services.asked.slice(-2)).toEqual(["say 1 again in the chamber", "take 1 back in the chamber"]);
});

test("new messages are counted on the button and told by their number alone, until they are read", async () => {
  await show({ chats: { chamber: aChat() } });
  expect(told()).toContain("2 unread messages");
  expect(page.text).not.toContain("Thank you, noted.");
  await page.press("Messages 2 unread");
  await page.press("Close");
  expect(page.button("Messages")).toBeDefined();
  expect(told()).not.toContain("2 unread messages");
});

test("a delegation has messages of its own in its room; the press has none anywhere", async () => {
  const services = await show({}, "maren", "caucus");
  await page.press("Messages");
  expect(page.text).toContain("No other delegation can read them.");
  await page.fill("Your message", "Not yet");
  await strike("Enter");
  expect(said(services)).toEqual(["say in the caucus: Not yet"]);
  await page.close();
  page.open();
  await show({}, "reuter");
  expect(page.button("Leave")).toBeDefined();
  expect(page.button("Messages")).toBeUndefined();
  expect(page.button("Raise your hand")).toBeUndefined();
});

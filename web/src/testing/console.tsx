/** An interpreter's console to draw and to work in tests, by its keys. */
import { Shell } from "../app/Shell";
import { keepPlace } from "../app/ui/place";
import { aDossier, aSnapshot, SEATS } from "./builders";
import { fakeServices, type FakeServices, type Scene } from "./fakes";
import { type Page, settled } from "./page";

// jsdom has pointers, and lets nothing capture one.
Object.defineProperty(Element.prototype, "setPointerCapture", { configurable: true, value: () => undefined });

/** Draws the console of somebody in this booth, as the meeting stands. */
export async function showConsole(page: Page, booth: Scene["booth"], part: Partial<Scene> = {}): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const floor = { holder: SEATS.vey.member, since: null, interprets: null, asks: [] };
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier("fane") },
    feed: { at: "live", snapshot: aSnapshot({ you: "fane", floor }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    ...(booth === undefined ? {} : { booth }),
    ...part,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

const KEYS: Readonly<Record<string, string>> = {
  space: " ",
  enter: "Enter",
  arrowup: "ArrowUp",
  arrowdown: "ArrowDown",
  arrowleft: "ArrowLeft",
  arrowright: "ArrowRight",
  backspace: "Backspace",
};

/** A key that goes down or up. */
export function event(type: "keydown" | "keyup", key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const code = /^[a-z]$/u.test(key) ? `Key${key.toUpperCase()}` : key;
  return new KeyboardEvent(type, { key: KEYS[key] ?? key, code, bubbles: true, cancelable: true, ...more });
}

/** Presses a key and lets it go; says whether the console took it. */
export async function strike(key: string, more: KeyboardEventInit = {}, at: Element = document.body): Promise<boolean> {
  const down = event("keydown", key, more);
  await settled(() => {
    at.dispatchEvent(down);
  });
  await settled(() => {
    at.dispatchEvent(event("keyup", key, more));
  });
  return down.defaultPrevented;
}

/** Which of these keys the console takes. */
export async function taken(keys: readonly string[]): Promise<readonly string[]> {
  const done: string[] = [];
  for (const key of keys) if (await strike(key)) done.push(key);
  return done;
}

/** The buttons of the console, in their order. */
export const drawn = (): readonly (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>("[data-function]")].map((each) => each.dataset["function"]);

/** What there is to do wherever one speaks on the floor, in the order of the buttons. */
export const ON_FLOOR = [
  "microphone",
  "cough",
  "slow",
  "room.talk",
  "room.show",
  "speaker",
  "messages",
  "glossary",
  "documents",
  "read",
  "hand",
  "technician",
] as const;

/** What of it there is for whoever works in no booth. */
export const ON_FLOOR_ALONE: readonly string[] = ON_FLOOR.filter(
  (id) => !["room.talk", "room.show", "messages", "glossary", "documents"].includes(id),
);

/** Holds the cough key down, and lets it go when `meanwhile` is over; nothing is sent for as long as the booth says so. */
export async function coughing({ cells }: FakeServices, meanwhile: () => Promise<void>): Promise<void> {
  const { booth, call } = cells;
  const { sending } = call.get();
  const calledOff = booth.subscribe(() => {
    const microphone = sending.microphone && booth.get()?.coughing !== true;
    call.set({ ...call.get(), sending: { ...sending, microphone } });
  });
  await settled(() => document.body.dispatchEvent(event("keydown", "c")));
  await meanwhile();
  await settled(() => document.body.dispatchEvent(event("keyup", "c")));
  calledOff();
}

/** What is said to whoever asks for the whole state. */
export async function readAloud(): Promise<string | undefined> {
  await strike("r");
  return document.querySelector("[data-read-aloud]")?.textContent ?? undefined;
}

/** What is said to whoever does not look. */
export const spoken = (role: "alert" | "status"): string =>
  [...document.querySelectorAll(`.unseen[role=${role}]`)].map((each) => each.textContent).join(" | ");

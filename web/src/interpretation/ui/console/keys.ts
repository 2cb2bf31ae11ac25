/** Which key does what at the console: how a key is called, the standard keys, and those that a person chose instead. Pure. */
import type { ConsoleWords } from "../../../i18n/consoleWords";

/** What of a key press says which key it was. */
export type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The keys by what they do; what is not in it has its standard key. */
export type Chosen = ReadonlyMap<string, string>;

/** Anything that has a name and a standard key. */
export interface Keyed {
  readonly id: string;
  readonly key: string;
}

/** What the page's own keys do at the console. They are the same for everybody, and kept for that. */
export const FIXED = [
  [";", "lines"],
  ["0", "whisper"],
  ["backspace", "notNow"],
  ["y", "captions"],
  ["+", "signs"],
  ["f", "floor"],
  ["j", "messages"],
  ["o", "rota"],
  ["d", "devices"],
  ["w", "who"],
  ["k", "code"],
  ["?", "help"],
] as const;

/** Besides these, one moves about and closes. */
const RESERVED: ReadonlySet<string> = new Set([...FIXED.map(([key]) => key), "tab", "escape"]);
const PLACES = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/u;
const PLAIN = /^[a-z0-9]$/u;
const SIGN = /^[!-/:-@[-`{-~]$/u;

/**
 * How a pressed key is called, or null for one that is nobody's: with a modifier it belongs to the browser or the reader.
 *
 * A letter is what is printed on it; where that is of another script, or a digit needs Shift, its place on the keyboard
 * counts (UI Events, §`code`), so that fingers find it whatever language one writes in.
 */
export function keyOf(press: Press): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const named = namedBy(press);
  // With Shift a letter is a capital, which belongs to who writes or reads; a digit may need it.
  return press.shiftKey && /^(?:[a-z]|space)$/u.test(named) ? null : named;
}

function namedBy({ key, code, shiftKey }: Press): string {
  if (key === " ") return "space";
  const plain = key.toLowerCase();
  if (PLAIN.test(plain) || isMeant(plain, code, shiftKey)) return plain;
  const [, letter, digit] = PLACES.exec(code) ?? [];
  return digit ?? letter?.toLowerCase() ?? plain;
}

/**
 * Whether a sign is the key, and not its place: what needs Shift, for some keyboards print it over a digit; and the signs that some
 * print where others have a letter. Greek's Q is none of those.
 */
function isMeant(plain: string, code: string, shiftKey: boolean): boolean {
  return (shiftKey && SIGN.test(plain)) || /^[,.]$/u.test(plain) || (plain === ";" && code !== "KeyQ");
}

/** The key of a function: the chosen one, else its standard. */
export function keyFor({ id, key }: Keyed, chosen: Chosen): string {
  return chosen.get(id) ?? key;
}

/** Why a key cannot be chosen. */
export type Clash = { readonly why: "reserved" } | { readonly why: "taken"; readonly by: string };

/** What stands against a key for a function; null: nothing. */
export function clashOf(all: readonly Keyed[], chosen: Chosen, id: string, key: string): Clash | null {
  if (RESERVED.has(key)) return { why: "reserved" };
  const other = all.find((each) => each.id !== id && keyFor(each, chosen) === key);
  return other === undefined ? null : { why: "taken", by: other.id };
}

/** Keys with one function's changed; its standard key is not written down. */
export function withKey(chosen: Chosen, { id, key: standard }: Keyed, key: string): Chosen {
  const next = new Map(chosen);
  if (key === standard) next.delete(id);
  else next.set(id, key);
  return next;
}

const KEPT = "visavis console keys";

/** Where choices are kept on a device. */
export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The keys as they were kept; whatever cannot be read, clashes or is of no function any more is left out. */
export function recalled(memory: Memory, all: readonly Keyed[]): Chosen {
  let chosen: Chosen = new Map();
  for (const [id, key] of keptIn(memory.getItem(KEPT))) {
    const keyed = all.find((each) => each.id === id);
    if (keyed !== undefined) chosen = withKey(chosen, keyed, key);
  }
  return withoutClashes(chosen, all);
}

/** Looked at as a whole: where two functions have changed keys, neither clashes. Of two with one key the first keeps it. */
function withoutClashes(chosen: Chosen, all: readonly Keyed[]): Chosen {
  const clashing = [...chosen].findLast(([id, key]) => clashOf(all, chosen, id, key) !== null);
  if (clashing === undefined) return chosen;
  // Back at its standard key it may clash with another.
  return withoutClashes(new Map([...chosen].filter(([id]) => id !== clashing[0])), all);
}

function keptIn(text: string | null): readonly (readonly [string, string])[] {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    if (typeof kept !== "object" || kept === null) return [];
    return Object.entries(kept).filter((each): each is [string, string] => typeof each[1] === "string");
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export function keep(memory: Memory, chosen: Chosen): void {
  if (chosen.size === 0) memory.removeItem(KEPT);
  else memory.setItem(KEPT, JSON.stringify(Object.fromEntries(chosen)));
}

const NAMED = ["space", "enter", "backspace", "arrowup", "arrowdown", "arrowleft", "arrowright"] as const;

/** How a key is written on the screen. */
export function written(key: string, { t }: ConsoleWords): string {
  const named = NAMED.find((each) => each === key);
  return named === undefined ? key.toUpperCase() : t(`key.${named}`);
}

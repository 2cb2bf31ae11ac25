/**
 * Messages by key, with their numbers, dates and plurals as the language writes them. Knows no React; `ui/` does.
 * Another language is another `Catalogue`; components do not change.
 */
import type { ErrorCode } from "../contract/codes";
import { en } from "./en";
import { enErrors } from "./enErrors";

/** What happened, what is still safe, what to do. */
export interface ErrorWords {
  readonly happened: string;
  readonly safe: string;
  readonly next: string;
}

/** Plural forms by CLDR category; `count` picks one. */
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
type Message = string | Plural;

/** A part of a catalogue, as it is written down. */
export type MessageTable = Readonly<Record<string, Message>>;

type Source = typeof en;
export type MessageKey = keyof Source;
export type Catalogue = { readonly [Key in MessageKey]: Message };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesIn<Written> = Written extends string ? Names<Written> : Names<Written[keyof Written]>;
type ParamsIn<Written> = { readonly [Name in NamesIn<Written>]: string | number };
type ParamsIfAnyIn<Written> = [NamesIn<Written>] extends [never] ? [] : [params: ParamsIn<Written>];
export type ParamsIfAny<Key extends MessageKey> = ParamsIfAnyIn<Source[Key]>;
/** The messages of one part of a catalogue, that is fetched by itself. */
export type PartOf<Part> = <Key extends keyof Part>(key: Key, ...params: ParamsIfAnyIn<Part[Key]>) => string;

export interface Words {
  /** BCP 47 tag of the interface's language. */
  readonly language: string;
  readonly dir: "ltr" | "rtl";
  t<Key extends MessageKey>(key: Key, ...params: ParamsIfAny<Key>): string;
  /** The same for a part of a catalogue that few people need, and fetch when they do. */
  part<Part extends MessageTable>(part: Part): PartOf<Part>;
  error(code: ErrorCode): ErrorWords;
  number(value: number): string;
  percent(share: number): string;
  /** Time of day of an instant, in this device's time zone. */
  clock(instant: number | string): string;
  /** Day and time of an instant. */
  day(instant: number | string): string;
  /** A span as h:mm:ss or m:ss. */
  span(seconds: number): string;
  /** A language's name in the interface's language, the tag itself where it has none. */
  languageName(tag: string): string;
  /** "a, b and c" */
  list(parts: readonly string[]): string;
}

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** Which way a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(language.split("-")[0] ?? language) ? "rtl" : "ltr";
}

/** Words of one language. `zone` is an IANA time zone, the device's own by default. */
export function wordsIn(
  language: string,
  catalogue: Catalogue,
  errors: Record<ErrorCode, ErrorWords>,
  zone?: string,
): Words {
  const dir = directionOf(language);
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: "percent" });
  const clocks = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  const days = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  const names = new Intl.DisplayNames(language, { type: "language" });
  const lists = new Intl.ListFormat(language, { type: "conjunction" });
  const say = (message: Message, params: Readonly<Record<string, string | number>> = {}): string =>
    filled(message, params, plural, (value) =>
      typeof value === "number" ? numbers.format(value) : isolated(value, dir),
    );
  return {
    language,
    dir,
    t: (key, ...[params]) => say(catalogue[key], params),
    part:
      (table) =>
      (key, ...[params]) =>
        say(table[key] ?? "", params),
    error: (code) => errors[code],
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    clock: (instant) => clocks.format(new Date(instant)),
    day: (instant) => days.format(new Date(instant)),
    span: spanOf,
    languageName: (tag) => {
      const name = nameOf(names, tag);
      // The name of a sign language is the catalogue's.
      const signed: Message | undefined = (catalogue as MessageTable)[`sign.${tag}`];
      return name === tag && signed !== undefined ? say(signed) : name;
    },
    list: (parts) => lists.format(parts.map((part) => isolated(part, dir))),
  };
}

/** The blocks that are kept for what is written from right to left (Unicode's DerivedBidiClass, defaults R and AL). */
const TURNS = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A name that may be written the other way stands for itself: it does not reorder what is around it (UAX #9, isolates). */
function isolated(text: string, dir: "ltr" | "rtl"): string {
  return dir === "rtl" || TURNS.test(text) ? `\u2068${text}\u2069` : text;
}

function filled(
  message: Message,
  params: Readonly<Record<string, string | number>>,
  plural: Intl.PluralRules,
  written: (value: string | number) => string,
): string {
  const text =
    typeof message === "string" ? message : (message[plural.select(Number(params["count"]))] ?? message.other);
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return written(value);
  });
}

/** ECMA-402 knows fewer forms of a tag than RFC 5646: `zh-yue` is signed in good faith and has no name there. */
function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function spanOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** English, the language every other is translated from. British, for the 24-hour clock and day before month. */
export const english = wordsIn("en-GB", en, enErrors);

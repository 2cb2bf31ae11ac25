/** What chairs arrange: which channels there are, and who works in which booth. Pure; drawn in `ui/ArrangingSheet`. */
import type { Channel, Seat, Snapshot } from "../contract/parse";
import { MOST_IN_A_BOOTH } from "../contract/parseArrangement";
import { bytesOf, fingerprint } from "../identity";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { Identity, Language, Party } from "../kernel/ids";
import type { Arranging } from "../summits";
import { ARRANGEMENT, type Arrangement, countedAs, readArrangement, statementOf } from "./arrangement";
import type { Booth } from "./model";

export type Interpreter = Pick<Seat, "identity" | "name" | "party" | "languages">;

/** How a language comes: not at all, as sound, or as a picture of somebody who signs. */
export type ChannelChoice = "none" | Channel["kind"];

/** The first language of the booth that somebody is to work in; null is none. */
export type Places = ReadonlyMap<Identity, Language | null>;

export function choiceOf(channels: readonly Channel[], language: Language): ChannelChoice {
  return channels.find((channel) => channel.language === language)?.kind ?? "none";
}

/** The channels that these choices make, in the order of the summit's languages. */
export function channelsOf(
  languages: readonly Language[],
  choices: ReadonlyMap<Language, ChannelChoice>,
): readonly Channel[] {
  return languages.flatMap((language) => {
    const kind = choices.get(language) ?? "none";
    return kind === "none" ? [] : [{ language, kind }];
  });
}

/** Where each of these works among the booths of one party; null: all delegations' together. */
export function placesIn(booths: readonly Booth[], party: Party | null, people: readonly Interpreter[]): Places {
  const those = booths.filter((booth) => booth.party === party);
  return new Map(
    people.map(({ identity }) => [
      identity,
      those.find(({ members }) => members.includes(identity))?.languages[0] ?? null,
    ]),
  );
}

/** The booths that these places make: one for each first language, with what else its members are accredited for. */
export function boothsFrom(places: Places, party: Party | null, people: readonly Interpreter[]): readonly Booth[] {
  const firsts = new Set([...places.values()].filter((first) => first !== null));
  return [...firsts].map((first) => {
    const within = people.filter(({ identity }) => places.get(identity) === first);
    const others = within.flatMap(({ languages }) => languages).filter((language) => language !== first);
    return {
      id: `${party ?? "joint"}.${first}`,
      party,
      languages: [first, ...new Set(others)],
      members: within.map(({ identity }) => identity),
    };
  });
}

export function isOverfull(booths: readonly Booth[]): boolean {
  return booths.some(({ members }) => members.length > MOST_IN_A_BOOTH);
}

/** For how long an arrangement can come into force, in ms: the ten minutes that it waits for delegations, and one in which all hear of it. */
const LASTS = 660_000;
/** For how long another's may, in ms: clocks are not one. */
const LONGEST = LASTS + 60_000;

/** Where something is arranged, and what was before it. */
export type Ground = Pick<Snapshot, "summit" | "meeting" | "numbers">;

/** Proposes channels and joint booths to the other delegations, at an instant in ms. */
export function proposing(
  ground: Ground,
  now: number,
  channels: readonly Channel[],
  joint: readonly Booth[],
): Arranging {
  return saying("channels", ground, now, { party: null, channels, booths: joint });
}

/** What waits for delegations; null: nothing that one could agree to. A signature under what does not end could be used whenever. */
export function proposalIn(snapshot: Ground & Pick<Snapshot, "arrangement" | "now">): Arrangement | null {
  if (snapshot.arrangement === null) return null;
  try {
    const said = readArrangement(snapshot.arrangement.statement, snapshot);
    const lasts = Date.parse(said.until) - Date.parse(snapshot.now);
    const isInTime = lasts > 0 && lasts <= LONGEST;
    return isInTime && said.party === null && said.number === nextNumber(snapshot, said) ? said : null;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

/** Agrees to exactly these bytes, which were read, by a signature under them. */
export async function agreeing(statement: string): Promise<Arranging> {
  const bytes = bytesOf(statement);
  const digest = toB64u(await fingerprint(bytes));
  return { method: "POST", rest: "channels/consents", body: { digest }, signs: { type: ARRANGEMENT, bytes } };
}

/** Takes the own delegation's proposal or consent back. */
export function withdrawing(): Arranging {
  return { method: "DELETE", rest: "channels" };
}

/** Puts up the own delegation's booths; none: by the first languages of its interpreters. */
export function puttingUp(ground: Ground, now: number, party: Party, booths: readonly Booth[]): Arranging {
  return saying(`booths/${party}`, ground, now, { party, channels: [], booths });
}

function saying(
  rest: string,
  ground: Ground,
  now: number,
  { booths, ...wanted }: Omit<Arrangement, "number" | "until">,
): Arranging {
  const said = booths.map(({ id, languages, members }) => ({ id, languages, members }));
  const until = new Date(now + LASTS).toISOString();
  const signs = statementOf(ground, { ...wanted, number: nextNumber(ground, wanted), booths: said, until });
  return { method: "PUT", rest, body: { statement: toB64u(signs.bytes) }, signs };
}

/** One more than the newest that was seen: of an older one nobody would believe the signature. */
function nextNumber({ numbers }: Pick<Ground, "numbers">, of: Pick<Arrangement, "party">): number {
  return (numbers[countedAs(of)] ?? 0) + 1;
}

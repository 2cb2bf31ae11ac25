/** What a technician sees: how each device of their own delegation does, by its own sealed words. Pure. */
import type { Said, Seat } from "../../contract/parse";
import type { Identity } from "../../kernel/ids";
import type { KeysState } from "../../keys";

export type LineWord = Extract<Said, { kind: "line" }>;
export type TechnicianWord = Extract<Said, { kind: "technician" }>;

/** What a device said last. */
export interface Told {
  readonly word: LineWord;
  /** When it was heard, and since when the same was amiss; in ms by the server's clock. */
  readonly heard: number;
  readonly since: number;
}

export interface Watched {
  readonly lines: ReadonlyMap<Identity, Told>;
  /** Which technician is on the way to whom. */
  readonly coming: ReadonlyMap<Identity, Identity>;
}

/** What can be amiss, the worst first. */
const TROUBLES = ["lost", "telephone", "clipped", "far", "late", "quiet", "wide", "loud", "soft", "noisy"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** From so much on, in percent, words are missed; and in ms, people begin to talk at the same time. */
const LOST = 3;
const FAR = 400;
const LATE = 250;
const WAYS: readonly (readonly [Trouble, (way: NonNullable<LineWord["way"]>) => boolean])[] = [
  ["lost", ({ lost, lost_sent: sent }) => Math.max(lost ?? 0, sent ?? 0) >= LOST],
  ["far", ({ round_trip: trip }) => trip !== null && trip >= FAR],
  ["late", ({ delay }) => delay !== null && delay >= LATE],
];
/** A device speaks of itself every ten seconds; after so many ms something is wrong with it, or its line. */
const QUIET = 35_000;

/** Somebody whom a technician looks after, and how they do. */
export interface Row {
  readonly seat: Seat;
  readonly told: Told | null;
  readonly troubles: readonly Trouble[];
  readonly calls: boolean;
  /** Who is on the way; null: nobody. */
  readonly coming: Identity | null;
}

/** Whether a technician of one's own delegation can read what one says, oneself left out. */
export function isWatched({ groups }: KeysState, own: Identity): boolean {
  const caucus = groups.find(({ group, at }) => group === "caucus" && at === "inside");
  return caucus?.roster.some(({ member }) => member.role === "technician" && member.identity !== own) === true;
}

/** What a device's word makes of it. */
export function afterLine(before: Watched, from: Identity, word: LineWord, now: number): Watched {
  const was = before.lines.get(from);
  const isSame = was !== undefined && String(amissIn(was.word)) === String(amissIn(word));
  const told = { word, heard: now, since: isSame ? was.since : now };
  const lines = new Map([...before.lines, [from, told]]);
  return { lines, coming: word.calls ? before.coming : without(before.coming, from) };
}

/** What a technician's answer makes of it. */
export function afterAnswer(before: Watched, from: Identity, { does, to }: TechnicianWord): Watched {
  const coming = does === "comes" ? new Map([...before.coming, [to, from]]) : without(before.coming, to);
  return { ...before, coming };
}

/** What is left when nobody but these has stayed in the group: a technician who has gone is on the way to nobody. */
export function amongThese(before: Watched, stayed: ReadonlySet<Identity>): Watched {
  const lines = new Map([...before.lines].filter(([who]) => stayed.has(who)));
  const coming = new Map([...before.coming].filter((each) => each.every((who) => stayed.has(who))));
  const isSame = lines.size === before.lines.size && coming.size === before.coming.size;
  return isSame ? before : { lines, coming };
}

/** The devices of a delegation, the most troubled first; of the same trouble, in the order of the seats. */
export function rowsOf(watched: Watched, seats: readonly Seat[], now: number): readonly Row[] {
  const rows = seats
    .filter(({ role }) => role !== "technician")
    .map((seat): Row => {
      const told = watched.lines.get(seat.identity) ?? null;
      return {
        seat,
        told,
        troubles: troublesOf(seat, told, now),
        calls: told?.word.calls ?? false,
        coming: watched.coming.get(seat.identity) ?? null,
      };
    });
  return rows.toSorted((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ troubles: [worst], seat }: Row): number {
  const rank = worst === undefined ? TROUBLES.length : TROUBLES.indexOf(worst);
  return seat.present === null ? TROUBLES.length + 1 : rank;
}

function troublesOf(seat: Seat, told: Told | null, now: number): readonly Trouble[] {
  if (seat.present === null || told === null) return [];
  // What was so when it was heard last is not known to be so now.
  return now - told.heard > QUIET ? ["quiet"] : amissIn(told.word);
}

function amissIn({ sound, way }: LineWord): readonly Trouble[] {
  const onTheWay = way === null ? [] : WAYS.filter(([, holds]) => holds(way)).map(([trouble]) => trouble);
  const found = new Set<Trouble>([...(sound?.amiss ?? []), ...onTheWay]);
  return TROUBLES.filter((trouble) => found.has(trouble));
}

function without<Value>(all: ReadonlyMap<Identity, Value>, identity: Identity): ReadonlyMap<Identity, Value> {
  return new Map([...all].filter(([each]) => each !== identity));
}

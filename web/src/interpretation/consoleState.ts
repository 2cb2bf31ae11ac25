/** What an interpreter's console shows, from what is known. Pure. */
import type { ModeName, Seat } from "../contract/parse";
import type { Identity, Language, Party } from "../kernel/ids";
import { dependentsOf, listenersOf } from "./audience";
import { QUIET } from "./booth";
import { boothOf } from "./booths";
import type { BoothHeard } from "./listening";
import type { Booth, BoothsNow, Carries, ConsoleState, Incoming, Source } from "./model";
import { closesCircle, dependants } from "./relays";

/** What is chosen on this device alone. */
export interface Chosen {
  readonly into: Language;
  readonly hears: Source;
  readonly next: Source;
  readonly coughing: boolean;
}

/** What is so, for whoever looks at a console. */
export interface Known {
  readonly own: Identity;
  readonly mode: ModeName;
  readonly seats: readonly Seat[];
  readonly booths: readonly Booth[];
  /** In protocol order. */
  readonly delegations: readonly Party[];
  readonly now: BoothsNow;
  readonly carries: ReadonlyMap<Language, Carries>;
  readonly heard: readonly Pick<BoothHeard, "booth" | "lost">[];
}

/** What there is to see of booths for whoever works in none. */
const IN_NONE = {
  booth: null,
  now: QUIET,
  partners: [],
  incoming: [],
  listeners: 0,
  dependants: 0,
  uncertain: false,
} as const satisfies Partial<ConsoleState>;

/** An interpreter's console: of their booth; or, where everybody speaks on the floor, of none. Null for whoever needs a booth and is in none. */
export function consoleOf(known: Known, chosen: Chosen): ConsoleState | null {
  const { own, mode, booths, now } = known;
  const booth = boothOf(booths, own);
  if (booth === undefined && mode === "simultaneous") return null;
  const seen = booth === undefined ? IN_NONE : seenOf(booth, known, chosen.into);
  return { ...seen, own, ...chosen, technicianCalled: now.calling.has(own) };
}

/** One's own booth and the others, for whoever interprets into a language. */
function seenOf(
  booth: Booth,
  known: Known,
  into: Language,
): Omit<ConsoleState, keyof Chosen | "own" | "technicianCalled"> {
  const { own, seats, now, heard } = known;
  const partners = booth.members.filter((member) => member !== own);
  const works = now.booths.get(booth.id) ?? QUIET;
  // On air, and nothing of it comes: their seat may outlast them by a quarter of a minute.
  const isLost = heard.some((each) => each.booth.id === booth.id && each.lost);
  const gone = isLost ? works.holder : null;
  // What a partner has on air may be another direction than one's own.
  const reached = works.onAir ?? into;
  return {
    booth,
    now: works,
    partners: partners.flatMap((identity) => {
      const seat = seats.find((each) => each.identity === identity);
      return seat === undefined
        ? []
        : [{ identity, name: seat.name, present: seat.present === "chamber" && identity !== gone }];
    }),
    incoming: incomingOf(known, booth, into),
    listeners: listenersOf(known, booth, reached),
    dependants: dependentsOf(known, booth, reached),
    uncertain: now.uncertain.has(booth.id),
  };
}

/** The floor, and every channel of another booth. */
function incomingOf({ booths, now, carries }: Known, own: Booth, into: Language): readonly Incoming[] {
  const others = booths.filter(({ id }) => id !== own.id);
  const channels = [...new Set(others.flatMap(({ languages }) => languages))];
  return [
    { source: null, carries: "spoken", from: undefined, dependants: 0, circle: false },
    ...channels.map((source): Incoming => {
      const from = others
        .flatMap(({ id, languages }) => (languages.includes(source) ? [now.booths.get(id) ?? QUIET] : []))
        .toSorted((one, other) => Number(other.onAir === source) - Number(one.onAir === source))[0];
      return {
        source,
        carries: carries.get(source) ?? "no_booth",
        from: from?.sources.get(source) ?? null,
        dependants: dependants(now.booths, source, own.id),
        circle: source === into || closesCircle(now.booths, own.id, into, source),
      };
    }),
  ];
}

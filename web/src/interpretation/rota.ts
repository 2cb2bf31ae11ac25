/** All booths at a glance, for whoever sees that each channel is served: who works where, since when, and from whom. Pure. */
import type { Seat, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { audienceOf, QUIET } from "./booth";
import type { BoothHeard } from "./listening";
import type { Booth, BoothNow, BoothsNow, Carries } from "./model";

/** Somebody in a booth. */
export interface RotaMember {
  readonly identity: Identity;
  readonly name: string;
  readonly present: boolean;
  /** They have the booth's microphone. */
  readonly holds: boolean;
}

/** A booth, and how it works now. */
export interface RotaBooth {
  readonly booth: Booth;
  readonly members: readonly RotaMember[];
  /** Into which channel it is on air; null: in none. */
  readonly onAir: Language | null;
  /** Since when its holder has the microphone, in ms by the server's clock; null: nobody has it, or it is not known. */
  readonly since: number | null;
  /** Who asks to hand over, and waits for a yes; null: nobody. */
  readonly asked: string | null;
  readonly notInterpretable: boolean;
  /** Some word of it has not come: all this may have changed. */
  readonly uncertain: boolean;
}

/** A booth that interprets from another's channel. */
export interface Relay {
  readonly booth: Booth;
  readonly into: Language;
  readonly from: Language;
  /** Nothing comes on the channel that it interprets from. */
  readonly broken: boolean;
}

/** A channel of the meeting. */
export interface RotaChannel {
  readonly language: Language;
  readonly kind: Snapshot["channels"][number]["kind"];
  /** What it carries; null where that is not known. */
  readonly carries: Carries | null;
  /** How many have said that they listen to it. */
  readonly listeners: number;
}

export interface Rota {
  readonly booths: readonly RotaBooth[];
  readonly relays: readonly Relay[];
  readonly channels: readonly RotaChannel[];
}

/** What a rota is made of. */
export interface Known {
  readonly seats: readonly Seat[];
  readonly channels: Snapshot["channels"];
  readonly now: BoothsNow;
  readonly heard: readonly BoothHeard[];
  readonly carries: ReadonlyMap<Language, Carries>;
}

/** On a channel of these nothing is to be heard but the floor. */
const MUTE: ReadonlySet<Carries> = new Set(["silent", "gone", "not_interpretable", "no_booth"]);

/** The rota, always in the same order: lines that jump cannot be read. */
export function rotaOf(known: Known): Rota {
  const { heard, now } = known;
  return {
    booths: heard.map((each) => boothLine(each, known)),
    relays: heard.flatMap(({ booth }) => relaysOf(booth, now.booths.get(booth.id), known)),
    channels: known.channels.map(({ language, kind }) => ({
      language,
      kind,
      carries: carriedIn(language, known),
      listeners: audienceOf(now, language),
    })),
  };
}

function boothLine(heard: BoothHeard, { seats, now }: Known): RotaBooth {
  const { booth } = heard;
  const { holder, onAir, since, asked, notInterpretable } = worksAs(heard, now.booths.get(booth.id));
  return {
    booth,
    members: booth.members.flatMap((identity) => {
      const seat = seats.find((each) => each.identity === identity);
      if (seat === undefined) return [];
      return [{ identity, name: seat.name, present: seat.present === "chamber", holds: identity === holder }];
    }),
    onAir,
    since,
    asked: seats.find(({ identity }) => identity === asked?.by)?.name ?? null,
    notInterpretable,
    uncertain: now.uncertain.has(booth.id),
  };
}

/** How a booth works: by its own words, where there are any; else by who is heard. */
function worksAs({ onAir }: BoothHeard, word: BoothNow | undefined): BoothNow {
  return word ?? { ...QUIET, holder: onAir?.who ?? null, onAir: onAir?.into ?? null };
}

function relaysOf(booth: Booth, word: BoothNow | undefined, { carries }: Known): readonly Relay[] {
  return [...(word?.sources ?? [])].flatMap(([into, from]) => {
    if (from === null) return [];
    return [{ booth, into, from, broken: MUTE.has(carries.get(from) ?? "no_booth") }];
  });
}

function carriedIn(language: Language, { carries, heard }: Known): Carries | null {
  const known = carries.get(language);
  if (known !== undefined) return known;
  return heard.some(({ booth }) => booth.languages.includes(language)) ? null : "no_booth";
}

/** The interpreter's console in each of its states, for the gallery. */
import type { Language } from "../kernel/ids";
import { QUIET } from "../interpretation/booth";
import { type BoothsNow, NO_BOOTHS } from "../interpretation/model";
import type { Presence } from "../rooms/model";
import { aConsole, anIncoming, ENGLISH, onAirFor, ORU } from "./booth";
import { ago, NOW, SEATS, type SnapshotPart } from "./builders";
import { CLEAR } from "./ear";
import { ALL, type GalleryScene, live, presence, SEATED, seated } from "./galleryParts";
import { portrait } from "./portraits";
import { arabic, long } from "./writings";

const FR = "fr" as Language;
const FANE = SEATS.fane.identity;

function at(booth: GalleryScene["booth"], part: SnapshotPart = {}, more: Partial<GalleryScene> = {}): GalleryScene {
  return {
    ...live({ floor: { holder: SEATS.vey.member, since: ago(65), interprets: null, asks: [] }, ...part, you: "fane" }),
    place: SEATED,
    call: seated(["microphone"]),
    speakers: new Map([[SEATS.vey.identity, CLEAR]]),
    ...(booth === undefined ? {} : { booth }),
    ...more,
  };
}

const nobodyHeard = seated([], {
  presences: [],
  hearers: 0,
  sending: { microphone: false, camera: false, screen: false },
});
const partnerOn = { holder: ORU, since: NOW - 1_300_000, onAir: "en" as Language };

/** The English booth works too long, and from a French one that is silent. */
const busy: BoothsNow = {
  ...NO_BOOTHS,
  booths: new Map([
    [
      "arven.en",
      {
        ...QUIET,
        holder: FANE,
        since: NOW - 1_990_000,
        onAir: "en" as Language,
        asked: { by: FANE, at: NOW },
        sources: new Map([["en" as Language, FR]]),
      },
    ],
  ]),
  uncertain: new Set(["tolmar.fr"]),
  listening: new Map([[SEATS.vey.identity, { to: "en" as Language, signs: [] }]]),
};
const channels = ["en", "fr", "es"].map((language) => ({ language: language as Language, kind: "spoken" as const }));

/** The booths at a glance, opened by their button. */
const rotas: Record<string, () => GalleryScene> = {
  rota: () => ({ ...at(undefined, { channels }), ...live({ channels, you: "maren" }), booths: busy }),
  "rota-console": () => at(onAirFor(1990), { channels }, { booths: busy, light: true }),
  "rota-rtl": () => at(onAirFor(1990), { ...arabic, channels }, { booths: busy, rtl: true }),
  "rota-long": () => at(onAirFor(1990), { ...long, channels }, { booths: busy }),
};

const asked = [{ by: FANE, to: SEATS.maren.identity, into: FR, on: false }];
const whispers = asked.map((each) => ({ ...each, on: true }));
const hears = (part: SnapshotPart = {}): GalleryScene => ({ ...live(part), place: SEATED, call: seated(ALL) });

/** Whispered interpretation, at both ends. */
const ear: Record<string, () => GalleryScene> = {
  whisper: () => hears(),
  "whisper-asked": () => ({ ...hears(), whispers: asked }),
  "whisper-hears": () => ({ ...hears(), whispers, light: true }),
  "whisper-hears-rtl": () => ({ ...hears(arabic), whispers, rtl: true }),
  "whisper-hears-long": () => ({ ...hears(long), whispers }),
  "whisper-wanted": () => at(onAirFor(1102), {}, { whispers: asked }),
  "whisper-whispers": () => at(aConsole(), {}, { whispers }),
};

/** Two others of the booth: one shows themselves, and one talks unseen. */
const others = (): readonly Presence[] => [presence("sorel", { camera: null, speaking: true }), presence("amsel")];

/** The own room of a booth of three. */
const booths: Record<string, () => GalleryScene> = {
  "console-booth": () =>
    at(
      aConsole(),
      {},
      { room: { partners: others().toReversed(), shown: true, own: presence("fane", { speaking: true }) } },
    ),
  "console-booth-unseen": () =>
    at(onAirFor(1102), {}, { room: { partners: others().slice(0, 1), isShut: true }, light: true }),
  "console-booth-rtl": () => at(aConsole(), arabic, { room: { partners: others() }, rtl: true }),
  "console-booth-long": () => at(aConsole(), long, { room: { partners: others() } }),
};

const signed = ["ase", "bfi"].map((language) => ({ language: language as Language, kind: "signed" as const }));

/** Pinned beside the speaker: these of the sign channels, of which somebody signs in the first. */
function pins(count: 1 | 2): NonNullable<GalleryScene["listening"]> {
  const [ase, bfi] = signed.map(({ language }) => language);
  if (ase === undefined || bfi === undefined) return {};
  const picture = { id: "sign", of: SEATS.amsel.identity, track: portrait("amsel") };
  return {
    signs: [
      { language: ase, carries: "interpreted", picture },
      { language: bfi, carries: "silent", picture: null },
    ],
    pinned: [ase, bfi].slice(0, count),
  };
}

/** Sign channels beside the speaker. */
const seen: Record<string, () => GalleryScene> = {
  "console-signs": () => at(onAirFor(1102), { channels: [...channels, ...signed] }, { listening: pins(1) }),
  "console-signs-two": () =>
    at(
      aConsole(),
      { channels: [...channels, ...signed] },
      { listening: pins(2), room: { partners: others().toReversed() } },
    ),
  "console-signs-largest": () =>
    at(onAirFor(1102), { channels: [...channels, ...signed] }, { listening: { ...pins(1), signSize: 0.6 } }),
  "console-signs-rtl": () =>
    at(
      onAirFor(1102),
      { ...arabic, channels: [...channels, ...signed] },
      { listening: pins(1), rtl: true, light: true },
    ),
  "console-signs-long": () =>
    at(onAirFor(1102), { ...long, channels: [...channels, ...signed] }, { listening: pins(1) }),
  "stage-signs": () => ({
    ...live({ channels: [...channels, ...signed] }),
    place: SEATED,
    call: seated(ALL),
    listening: pins(1),
  }),
};

export const consoles: Record<string, () => GalleryScene> = {
  ...rotas,
  ...ear,
  ...booths,
  ...seen,
  console: () => at(onAirFor(1102)),
  "console-off": () => at(aConsole()),
  "console-light": () => at(onAirFor(1102), {}, { light: true }),
  "console-rtl": () => at(onAirFor(1102), arabic, { rtl: true }),
  "console-long": () => at(onAirFor(1102), long),
  "console-partner": () => at(aConsole({ now: partnerOn })),
  "console-asked": () => at(aConsole({ now: { ...partnerOn, asked: { by: ORU, at: NOW } } })),
  "console-asks": () => at(onAirFor(1790, { dependants: 1, now: { asked: { by: FANE, at: NOW } } })),
  "console-over": () => at(onAirFor(1990)),
  "console-cough": () => at(onAirFor(200, { coughing: true })),
  "console-uninterpretable": () => at(onAirFor(200, { now: { notInterpretable: true } })),
  "console-relay": () =>
    at(onAirFor(200, { hears: FR, next: null, now: { sources: new Map([["en" as Language, FR]]) } })),
  "console-gone": () =>
    at(
      aConsole({
        now: partnerOn,
        partners: [{ identity: ORU, name: "Karel Oru", present: false }],
        incoming: [anIncoming(), anIncoming({ source: FR, carries: "gone", from: null })],
      }),
    ),
  "console-uncertain": () => at(aConsole({ uncertain: true, technicianCalled: true })),
  "console-alone": () => at(aConsole({ partners: [], booth: { ...ENGLISH, members: [FANE] } })),
  "console-before": () =>
    at(
      aConsole(),
      { meeting: { phase: "arrival", began: null }, floor: { holder: null, since: null, interprets: null, asks: [] } },
      { call: nobodyHeard },
    ),
  "console-recess": () =>
    at(
      aConsole(),
      { meeting: { phase: "recess" }, floor: { holder: null, since: null, interprets: null, asks: [] } },
      { call: nobodyHeard },
    ),
  "console-open": () => at(onAirFor(200), { meeting: { phase: "open" } }),
  "console-none": () => at(null),
};

/** Every screen in every state, by name. */
import { ERROR_CODES } from "../contract/codes";
import type { Language } from "../kernel/ids";
import type { DeviceTrouble, ShutOut } from "../rooms/model";
import { RefusedError } from "../kernel/errors";
import type { GroupStanding } from "../keys";
import { aDossier, ago, aProposal, aSnapshot, SEATS, type SnapshotPart } from "./builders";
import { onAirIn } from "./listening";
import {
  ALL,
  CHAMBER,
  type GalleryScene,
  inside,
  keyed,
  live,
  presence,
  preview,
  SEATED,
  seated,
} from "./galleryParts";
import { consoles } from "./galleryConsoles";
import { technicians } from "./galleryTechnician";
import { talks } from "./galleryTalks";
import { inTurn } from "./galleryTurns";
import { sheetOfPaper } from "./portraits";
import { aStanding, sealedUnder } from "./standings";
import { arabic, long, TOLMAR } from "./writings";

const FR = "fr" as Language;

function troubled(kind: "microphone" | "camera", trouble: DeviceTrouble): GalleryScene {
  return {
    ...live({ meeting: { phase: "arrival", began: null } }),
    level: -100,
    devices: {
      ...(kind === "microphone" ? preview() : {}),
      trouble: { microphone: null, camera: null, [kind]: trouble },
    },
  };
}

function shutOut(why: ShutOut): GalleryScene {
  return { ...live({}), place: SEATED, call: { seating: { at: "shut-out", why } } };
}

const three: SnapshotPart = {
  delegations: [
    ...aSnapshot().delegations,
    {
      id: "osk" as never,
      name: "Free Cantons of Osk and the Lower Valleys",
      place: "Sankt Veit am Oberen Tor",
      language: FR,
    },
  ],
  seats: [
    ...Object.values(SEATS),
    {
      ...SEATS.vey,
      member: "hald" as never,
      party: "osk" as never,
      name: "Federal Councillor Annemarie von Hald-Ruegen",
    },
  ],
};

const arrivals: Record<string, () => GalleryScene> = {
  arrival: () => ({ ...live({ meeting: { phase: "closed" } }), devices: preview(), level: -22 }),
  "arrival-before": () => ({ ...live({ meeting: { phase: "arrival", began: null } }), devices: preview(), level: -48 }),
  "arrival-open": () => ({ ...live({ meeting: { phase: "open" } }), devices: preview(), level: -3 }),
  "arrival-entering": () => ({
    ...live({}),
    devices: preview(),
    call: { seating: { at: "entering", room: "chamber" } },
  }),
  "arrival-interpreter": () => ({ ...live({ you: "fane" }), listening: { channel: null } }),
  "arrival-notetaker": () => live({ you: "lund", meeting: { format: "restricted" } }),
  "arrival-press": () => live({ you: "reuter", meeting: { phase: "arrival", began: null }, agenda: [] }),
  "arrival-officer": () => live({ you: "keller" }),
  "arrival-no-devices": () => ({
    ...live({ meeting: { phase: "arrival", began: null } }),
    level: -100,
    devices: { microphones: [], cameras: [], speakers: [], trouble: { microphone: "missing", camera: "missing" } },
  }),
  "microphone-refused": () => troubled("microphone", "refused"),
  "microphone-busy": () => troubled("microphone", "busy"),
  "camera-refused": () => troubled("camera", "refused"),
  "camera-missing": () => troubled("camera", "missing"),
  "camera-unplugged": () => troubled("camera", "unplugged"),
  "camera-unsupported": () => troubled("camera", "unsupported"),
  nobody: () => ({ signIn: { at: "nobody" } }),
  enrolling: () => ({ signIn: { at: "enrolling" } }),
  "signing-in": () => ({ signIn: { at: "signing-in" } }),
  "unfit-browser": () => ({
    signIn: { at: "unfit-browser", lacks: ["ed25519", "webrtc"] },
  }),
  opening: () => ({ feed: { at: "opening" } }),
  "no-meeting": () => ({ signIn: { at: "signed-in", dossier: aDossier("maren", 0) } }),
  meetings: () => ({ signIn: { at: "signed-in", dossier: aDossier("maren", 2) } }),
  "meeting-refused": () => ({ feed: { at: "refused", code: "storage_unavailable" } }),
};

const stages: Record<string, () => GalleryScene> = {
  closed: () => ({ ...live({}), place: SEATED, call: seated(ALL) }),
  "closed-light": () => ({ ...live({}), place: SEATED, call: seated(ALL), light: true }),
  "closed-rtl": () => ({ ...live({}), place: SEATED, call: seated(ALL), rtl: true }),
  open: () => ({
    ...live({ meeting: { phase: "open" } }),
    place: SEATED,
    call: seated(["microphone", "camera"], { hearers: 5 }),
  }),
  before: () => ({
    ...live({
      meeting: { phase: "arrival", began: null },
      floor: { holder: null, since: null, interprets: null, asks: [] },
    }),
    place: SEATED,
    call: seated([], { presences: [], hearers: 0, sending: { microphone: false, camera: false, screen: false } }),
  }),
  "before-alone": () => ({
    ...live({
      meeting: { phase: "arrival", began: null },
      seats: [SEATS.maren],
      agenda: [],
      floor: { holder: null, since: null, interprets: null, asks: [] },
    }),
    place: SEATED,
    call: seated([], { presences: [], hearers: 0, sending: { microphone: false, camera: false, screen: false } }),
  }),
  recess: () => ({
    ...live({ meeting: { phase: "recess" }, floor: { holder: null, since: null, interprets: null, asks: [] } }),
    place: SEATED,
    call: seated([], { presences: [], hearers: 0, sending: { microphone: false, camera: false, screen: false } }),
  }),
  "camera-off": () => ({
    ...live({ floor: { holder: SEATS.vey.member, since: ago(65), interprets: null, asks: [] } }),
    place: SEATED,
    call: seated(ALL, {
      sending: { microphone: false, camera: false, screen: false },
      presences: [presence("maren", { camera: null, microphone: "off" }), presence("vey", { connection: "poor" })],
    }),
  }),
  "other-absent": () => ({
    ...live({
      seats: Object.values(SEATS).map((seat) => (seat.member === SEATS.vey.member ? { ...seat, present: null } : seat)),
    }),
    place: SEATED,
    call: seated(ALL, { presences: [presence("maren")], hearers: 1 }),
  }),
  paper: () => ({
    ...live({}),
    place: SEATED,
    call: seated(ALL, { presences: [presence("maren"), presence("vey", { screen: sheetOfPaper(), speaking: true })] }),
  }),
  "three-delegations": () => ({ ...live(three), place: SEATED, call: seated(ALL) }),
  "asked-to-open": () => ({
    ...live({ consents: [{ move: "open_doors", argument: null, parties: ["tolmar" as never], since: ago(12) }] }),
    place: SEATED,
    call: seated(ALL),
  }),
  "we-asked": () => ({
    ...live({
      consents: [{ move: "change_format", argument: "plenary", parties: ["arven" as never], since: ago(12) }],
    }),
    place: SEATED,
    call: seated(ALL),
  }),
  "listening-to-floor": () => ({
    ...live({}),
    place: SEATED,
    call: seated(ALL),
    listening: { channel: null, ...onAirIn() },
  }),
  returning: () => ({
    ...live({}),
    place: SEATED,
    call: seated(ALL, { seating: { at: "returning", room: "chamber", since: 0 }, presences: [], hearers: 0 }),
  }),
  "came-muted": () => ({
    ...live({}),
    place: SEATED,
    call: seated(ALL, { cameMuted: true, sending: { microphone: false, camera: true, screen: false } }),
  }),
  "came-off-air": () => ({
    ...live({ you: "amsel" }),
    place: SEATED,
    call: seated(["microphone"], { cameMuted: true, sending: { microphone: false, camera: false, screen: false } }),
    listening: { channel: null, ...onAirIn() },
  }),
  "events-lost": () => ({
    ...live({}),
    feed: { at: "returning", snapshot: aSnapshot(), since: 0 },
    place: SEATED,
    call: seated(ALL),
  }),
  "refused-order": () => ({ ...live({}), place: SEATED, call: seated(ALL), refuses: new RefusedError("floor_taken") }),
  interpreter: () => ({
    ...live({ you: "fane" }),
    place: SEATED,
    call: seated(["microphone"]),
    listening: { channel: null, ...onAirIn("en", "fr"), speakingInto: "en" as Language },
  }),
  "interpreter-off": () => ({
    ...live({ you: "amsel" }),
    place: SEATED,
    call: seated(["microphone"]),
    listening: { channel: null, ...onAirIn() },
  }),
  notetaker: () => ({ ...live({ you: "lund", meeting: { format: "restricted" } }), place: SEATED, call: seated([]) }),
  "chair-asked-to-arrange": () => ({
    ...live({
      arrangement: aProposal(
        {
          channels: [
            { language: "en" as Language, kind: "spoken" },
            { language: FR, kind: "signed" },
          ],
          booths: [{ id: "joint.fr", languages: [FR], members: [SEATS.amsel.identity] }],
        },
        [TOLMAR],
      ),
    }),
    place: SEATED,
    call: seated(ALL),
  }),
  "adviser-plenary": () => ({
    ...live({ you: "sorel", meeting: { format: "plenary" } }),
    place: SEATED,
    call: seated(["microphone"]),
  }),
  arabic: () => ({ ...live(arabic), place: SEATED, call: seated(ALL) }),
  "arabic-rtl": () => ({ ...live(arabic), place: SEATED, call: seated(ALL), rtl: true }),
  long: () => ({ ...live(long), place: SEATED, call: seated(ALL) }),
  "long-asked": () => ({
    ...live({
      ...long,
      consents: [{ move: "open_doors", argument: null, parties: [TOLMAR], since: ago(12) }],
    }),
    place: SEATED,
    call: seated(ALL, { cameMuted: true }),
  }),
  "long-interpreter": () => ({
    ...live({ ...long, you: "fane" }),
    place: SEATED,
    call: seated(["microphone"]),
    listening: { channel: null, ...onAirIn("fr"), speakingInto: null },
  }),
  caucus: () => ({
    ...live({ you: "sorel" }),
    call: {
      seating: { at: "seated", room: "caucus", grant: { publish: ["microphone", "camera"], hear: true } },
      sending: { microphone: true, camera: true, screen: false },
      presences: [presence("sorel"), presence("lund", { speaking: true })],
      hearers: 1,
    },
  }),
  "caucus-principal": () => ({
    ...live({
      seats: Object.values(SEATS).map((seat) =>
        seat.member === SEATS.maren.member ? { ...seat, present: "caucus" as const } : seat,
      ),
    }),
    place: SEATED,
    call: {
      seating: { at: "seated", room: "caucus", grant: { publish: ["microphone", "camera"], hear: true } },
      sending: { microphone: true, camera: false, screen: false },
      presences: [presence("maren", { camera: null }), presence("sorel"), presence("lund")],
      hearers: 2,
    },
  }),
};

function outside(at: GroupStanding["at"]): GalleryScene {
  return keyed(sealedUnder(aStanding("chamber", CHAMBER, { at })));
}

const sealed: Record<string, () => GalleryScene> = {
  "sealed-closed": () => keyed(inside),
  "sealed-rtl": () => keyed(inside, { ...live(arabic), rtl: true }),
  "sealed-long": () => keyed(inside, live(long)),
  "sealed-three": () =>
    keyed(sealedUnder(aStanding("chamber", [...CHAMBER, "brandt"])), {
      ...live({ ...three, consents: [{ move: "open_doors", argument: null, parties: [TOLMAR], since: ago(12) }] }),
    }),
  "sealed-alone": () => keyed(sealedUnder(aStanding("chamber", ["maren", "fane"]))),
  "sealed-open": () =>
    keyed(sealedUnder(aStanding("chamber", CHAMBER), aStanding("floor", [...CHAMBER, "reuter", "holm"])), {
      ...live({ meeting: { phase: "open" } }),
    }),
  "sealed-caucus": () =>
    keyed(sealedUnder(aStanding("caucus", ["maren", "sorel", "lund"])), {
      call: seated(ALL, { seating: { at: "seated", room: "caucus", grant: { publish: ALL, hear: true } } }),
    }),
  "sealed-press": () => ({
    ...live({ you: "reuter", meeting: { phase: "open" }, agenda: [] }),
    place: SEATED,
    call: seated([], { sending: { microphone: false, camera: false, screen: false } }),
    keys: sealedUnder(aStanding("floor", CHAMBER, { at: "unfounded" })),
  }),
  "sealed-arrival": () => ({ ...live({}), devices: preview(), level: -22, keys: inside }),
  "keys-joining": () => outside("joining"),
  "keys-refused": () => outside("refused"),
  "keys-removed": () => outside("removed"),
  "keys-stuck": () => outside("stuck"),
  "doors-overheard": () => keyed({ ...inside, overheard: [SEATS.maren.identity, SEATS.vey.identity] }),
  "doors-fallen": () => keyed({ ...inside, fallen: [SEATS.vey.party] }),
  "keys-ended": () => outside("ended"),
};

const others: Record<string, () => GalleryScene> = {
  "outside-adviser": () => live({ you: "sorel" }),
  "outside-long": () => live({ ...long, you: "sorel" }),
  "outside-arabic-rtl": () => ({ ...live({ ...arabic, you: "sorel" }), rtl: true }),
  "arrival-long": () => ({ ...live(long), devices: preview(), level: -22 }),
  "arrival-arabic-rtl": () => ({ ...live(arabic), devices: preview(), level: -22, rtl: true }),
  "arrival-left": () => ({ ...live({}), level: -100, place: { meeting: "meeting", seated: false, left: true } }),
  "officer-long": () => ({ ...live({ ...long, you: "keller" }), place: SEATED }),
  "officer-arabic-rtl": () => ({ ...live({ ...arabic, you: "keller" }), place: SEATED, rtl: true }),
  "press-long": () => ({
    ...live({ ...long, you: "reuter", meeting: { ...long.meeting, phase: "open" }, agenda: [] }),
    place: SEATED,
    call: seated([], { sending: { microphone: false, camera: false, screen: false } }),
  }),
  "adjourned-long": () => ({
    ...live({ ...long, meeting: { ...long.meeting, phase: "adjourned", phase_since: ago(0) } }),
    place: SEATED,
  }),
  "outside-chair": () => ({
    ...live({
      you: "brandt",
      consents: [{ move: "open_doors", argument: null, parties: ["tolmar" as never], since: ago(12) }],
    }),
  }),
  "press-open": () => ({
    ...live({ you: "reuter", meeting: { phase: "open" }, agenda: [] }),
    place: SEATED,
    call: seated([], { sending: { microphone: false, camera: false, screen: false } }),
  }),
  "press-waiting": () => ({
    ...live({ you: "reuter", meeting: { phase: "arrival", began: null }, agenda: [] }),
    place: SEATED,
  }),
  "press-closed": () => ({
    ...live({ you: "reuter", agenda: [] }),
    place: SEATED,
    call: { seating: { at: "shut-out", why: "doors-closed" } },
  }),
  officer: () => ({ ...live({ you: "keller" }), place: SEATED }),
  "officer-open": () => ({ ...live({ you: "keller", meeting: { phase: "open" } }), place: SEATED, light: true }),
  adjourned: () => ({ ...live({ meeting: { phase: "adjourned", phase_since: ago(0) } }), place: SEATED }),
  "shut-out-another-tab": () => shutOut("another-tab"),
  "shut-out-revoked": () => shutOut("revoked"),
  "shut-out-network": () => shutOut("network"),
};

const refusals = Object.fromEntries(
  ERROR_CODES.map((code) => [`refused-${code}`, (): GalleryScene => ({ signIn: { at: "refused", code } })]),
);

export const scenes: Readonly<Record<string, () => GalleryScene>> = {
  ...arrivals,
  ...stages,
  ...sealed,
  ...talks,
  ...consoles,
  ...inTurn,
  ...technicians,
  ...others,
  ...refusals,
};

/** Facts of one small summit, for tests and the gallery. Each builder takes what matters to the scene. */
import type { AgendaItem, Dossier, Meeting, Seat, Snapshot } from "../contract/parse";
import { type Arrangement, statementOf } from "../interpretation/arrangement";
import { toB64u } from "../kernel/b64u";
import type { AgendaItemId, Identity, Language, MeetingId, MemberId, Party, SummitId } from "../kernel/ids";

export const NOW = Date.parse("2026-12-07T14:09:00.000Z");

/** An instant so many seconds before the gallery's now. */
export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An identity that looks real and is the same for the same name at every run. */
function identityOf(name: string): Identity {
  let state = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  const letters = Array.from({ length: 26 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return ALPHABET[state % 32];
  });
  return letters.join("") as Identity;
}

export function aSeat(member: string, part: Partial<Seat> = {}): Seat {
  return {
    member: member as MemberId,
    identity: identityOf(member),
    party: "arven" as Party,
    name: "President Ilse Maren",
    role: "principal",
    chair: false,
    languages: ["en" as Language],
    present: "chamber",
    invitation: "AA",
    invitation_signature: "AA",
    device: "AA",
    device_signature: "AA",
    ...part,
  };
}

const EN = "en" as Language;
const FR = "fr" as Language;
const TOLMAR = "tolmar" as Party;

/** Both delegations, three of the press, and the host. */
export const SEATS = {
  maren: aSeat("maren", { chair: true }),
  vey: aSeat("vey", { party: TOLMAR, name: "Prime Minister Odran Vey", chair: true, languages: [FR] }),
  brandt: aSeat("brandt", { name: "Tove Brandt", role: "chair", chair: true, present: null }),
  sorel: aSeat("sorel", { name: "Mikko Sorel", role: "adviser", present: "caucus" }),
  fane: aSeat("fane", { name: "Lena Fane", role: "interpreter", languages: [EN, FR] }),
  lund: aSeat("lund", { name: "Eva Lund", role: "notetaker", present: "caucus" }),
  amsel: aSeat("amsel", { party: TOLMAR, name: "Ruben Amsel", role: "interpreter", languages: [FR, EN] }),
  dorn: aSeat("dorn", { party: TOLMAR, name: "Anselm Dorn", role: "adviser", present: null, languages: [FR] }),
  kirsch: aSeat("kirsch", { party: TOLMAR, name: "Pia Kirsch", role: "technician", present: null, languages: [FR] }),
  reuter: aSeat("reuter", { party: "press" as Party, name: "Joan Reuter", role: "press" }),
  holm: aSeat("holm", { party: "press" as Party, name: "Aksel Holm", role: "press" }),
  keller: aSeat("keller", { party: "host" as Party, name: "Marta Keller", role: "protocol_officer", present: null }),
} as const;

export type MemberName = keyof typeof SEATS;

export function anItem(title: string, part: Partial<AgendaItem> = {}): AgendaItem {
  return { id: title as AgendaItemId, title, minutes: 20, state: "ahead", seconds: 0, since: null, ...part };
}

export function aMeeting(part: Partial<Meeting> = {}): Meeting {
  return {
    id: "meeting" as MeetingId,
    title: "Arven and Tolmar meet on the border region",
    format: "one-on-one",
    phase: "closed",
    mode: "simultaneous",
    scheduled: "2026-12-07T14:00:00.000Z",
    began: ago(4032),
    phase_since: ago(3600),
    openings: 1,
    follows: null,
    ...part,
  };
}

export interface SnapshotPart extends Partial<Omit<Snapshot, "meeting" | "you">> {
  readonly you?: MemberName;
  readonly meeting?: Partial<Meeting>;
}

export function aSnapshot(part: SnapshotPart = {}): Snapshot {
  const { you = "maren", meeting, ...rest } = part;
  return {
    number: 57,
    now: ago(0),
    summit: { id: "summit" as SummitId, title: "Arven and Tolmar meet on the border region", dh: "A".repeat(43) },
    you: SEATS[you].member,
    delegations: [
      { id: "arven" as Party, name: "Republic of Arven", place: "Port Selby", language: EN },
      { id: TOLMAR, name: "Kingdom of Tolmar", place: "Hesk", language: FR },
    ],
    host: { name: "City of Lenz" },
    languages: [EN, FR],
    meeting: aMeeting(meeting),
    agenda: [
      anItem("Opening", { minutes: 5, state: "done", seconds: 372 }),
      anItem("Border region", { minutes: 40, state: "done", seconds: 2580 }),
      anItem("Strategic stability", { minutes: 30, state: "current", since: ago(1080) }),
      anItem("Mission staff"),
      anItem("Follow-up", { minutes: 10 }),
    ],
    floor: {
      holder: SEATS.maren.member,
      since: ago(192),
      interprets: null,
      asks: [{ member: SEATS.vey.member, since: ago(41) }],
    },
    consents: [],
    seats: Object.values(SEATS),
    press: { accredited: 13, present: 2 },
    doors: [],
    connected: Object.values(SEATS).map(({ member }) => member),
    channels: [EN, FR].map((language) => ({ language, kind: "spoken" as const })),
    booths: [],
    numbers: {},
    isDoubtful: false,
    arranged: [],
    arrangement: null,
    ...rest,
  };
}

export function aDossier(you: MemberName = "maren", meetings = 1): Dossier {
  const { id, title, format, phase, mode, scheduled, follows } = aMeeting();
  const first = { id, title, format, phase, mode, scheduled, follows };
  const second = {
    ...first,
    id: "second" as MeetingId,
    title: "Experts on the crossing at Hesk",
    format: "restricted" as const,
    phase: "arrival" as const,
    scheduled: "2026-12-09T09:30:00.000Z",
    follows: id,
  };
  return {
    summit: { id: "summit" as SummitId, title: "Arven and Tolmar meet on the border region" },
    you: SEATS[you],
    meetings: [first, second].slice(0, meetings),
  };
}

/** What waits for delegations after these have signed it. */
export function aProposal(
  said: Omit<Arrangement, "number" | "party" | "until">,
  parties: readonly Party[],
  number = 1,
): NonNullable<Snapshot["arrangement"]> {
  const until = new Date(Date.parse(aSnapshot().now) + 600_000).toISOString();
  const { bytes } = statementOf(aSnapshot(), { ...said, number, party: null, until });
  return { statement: toB64u(bytes), parties, since: ago(12) };
}

/** The small summit with other people's writing in it: Arabic, and names as long as protocol makes them. */
import type { Seat } from "../contract/parse";
import type { Party } from "../kernel/ids";
import { ago, aMeeting, anItem, aSnapshot, SEATS, type SnapshotPart } from "./builders";

export const TOLMAR = "tolmar" as Party;

function written(names: Readonly<Record<string, string>>): readonly Seat[] {
  return Object.values(SEATS).map((seat) => ({ ...seat, name: names[seat.member] ?? seat.name }));
}

const sides = aSnapshot().delegations;

/** One side writes Arabic, the other Latin letters. */
export const arabic: SnapshotPart = {
  meeting: { title: "قمة أرفن وتولمار حول منطقة الحدود (2026)" },
  delegations: sides.map((each) =>
    each.id === TOLMAR ? { ...each, name: "مملكة تولمار (الشمالية)", place: "حِسك 2" } : each,
  ),
  host: { name: "مدينة لينز" },
  agenda: [
    anItem("الافتتاح", { minutes: 5, state: "done", seconds: 372 }),
    anItem("منطقة الحدود: المادة 4 (ب)", { minutes: 40, state: "current", since: ago(1080) }),
    anItem("Follow-up", { minutes: 10 }),
  ],
  consents: [{ move: "open_doors", argument: null, parties: [TOLMAR], since: ago(12) }],
  seats: written({ vey: "رئيس الوزراء أودران فاي", amsel: "روبن أمسل", dorn: "أنسلم دورن" }),
};

/** Sixty letters and more, some without a place to break. */
export const long: SnapshotPart = {
  meeting: {
    title: aMeeting().title.concat(", its crossings, its waters and the return of the mission staff"),
  },
  delegations: sides.map((each) =>
    each.id === TOLMAR
      ? {
          ...each,
          name: "United Kingdom of Upper and Lower Tolmar and its Dependencies",
          place: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        }
      : { ...each, name: "Federal Democratic Republic of Arven and the Western Islands" },
  ),
  host: { name: "Free and Hanseatic City of Lenz, Office of Protocol, Section 4" },
  agenda: [
    anItem("Opening by the host and words of welcome of both delegations", { minutes: 5, state: "done", seconds: 372 }),
    anItem("Grenzüberschreitungsangelegenheitenkommissionsberichterstattung", { state: "current", since: ago(4080) }),
    anItem("Mission staff, consular questions and the return of property", { minutes: 120 }),
  ],
  seats: written({
    maren: "Her Excellency President Ilse Alexandra von Maren-Wolkenstein",
    vey: "His Excellency Prime Minister Odran Maximilian Vey of Hesk II",
    fane: "Magdalena-Theodora Fane-Wolkensteinschwarzenbergerhausen III",
    brandt: "Ambassador Extraordinary and Plenipotentiary Tove Brandt-Lund",
    sorel: "Under-Secretary of State Mikko Sorel-Lindqvist von Hohenfels",
    reuter: "Joan Reuter-Kowalczyk of the Combined Press Association Pool",
  }),
};

/** A technician's page, with nothing amiss and with much, for the gallery. */
import type { LineWord, Told } from "../interpretation/watch/watched";
import type { Identity } from "../kernel/ids";
import { aSeat, NOW, SEATS, type SnapshotPart } from "./builders";
import { type GalleryScene, live, SEATED } from "./galleryParts";
import { arabic, long } from "./writings";

const WAY = { lost: 0, lost_sent: 0, round_trip: 42, delay: 61 };
const GOOD: LineWord["sound"] = { loudness: -23, bandwidth: "full", amiss: [], rate: 64 };

function told(part: Partial<LineWord> = {}, age = 0): Told {
  const word: LineWord = {
    kind: "line",
    at: new Date(NOW).toISOString(),
    calls: false,
    sound: GOOD,
    way: WAY,
    ...part,
  };
  return { word, heard: NOW - age, since: NOW - 95_000 };
}

const helper = aSeat("helper", { name: "Jonas Reed", role: "technician", present: null });
const seats = [...Object.values(SEATS), helper];

const troubled = new Map<Identity, Told>([
  [SEATS.maren.identity, told({ way: { ...WAY, lost: 4, lost_sent: 12, round_trip: 480 } })],
  [
    SEATS.fane.identity,
    told({ calls: true, sound: { loudness: -12, bandwidth: "telephone", amiss: ["telephone", "clipped"], rate: 61 } }),
  ],
  [SEATS.sorel.identity, told({ sound: null })],
  [SEATS.lund.identity, told({}, 60_000)],
]);

function at(part: SnapshotPart, more: Partial<GalleryScene> = {}): GalleryScene {
  const { feed, signIn } = live({ ...part, seats: part.seats ?? seats });
  // The technician is Arven's; everything else is as it is for whoever the builder knows.
  const own = feed.at === "live" ? { ...feed, snapshot: { ...feed.snapshot, you: helper.member } } : feed;
  return { signIn, feed: own, place: SEATED, ...more };
}

export const technicians: Record<string, () => GalleryScene> = {
  technician: () => at({}, { watched: { lines: troubled } }),
  "technician-coming": () =>
    at({}, { watched: { lines: troubled, coming: new Map([[SEATS.fane.identity, helper.identity]]) }, light: true }),
  "technician-quiet": () => at({}),
  "technician-rtl": () =>
    at({ ...arabic, seats: [...(arabic.seats ?? []), helper] }, { watched: { lines: troubled }, rtl: true }),
  "technician-long": () => at({ ...long, seats: [...(long.seats ?? []), helper] }, { watched: { lines: troubled } }),
};

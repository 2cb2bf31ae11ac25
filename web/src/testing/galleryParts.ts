/** What the gallery's scenes are made of. */
import type { Feed, SignIn } from "../app/faces";
import type { Place } from "../app/ui/place";
import type { CallState, DevicesState, Presence, Source } from "../rooms/model";
import type { KeysState } from "../keys";
import { aDossier, aSnapshot, type MemberName, SEATS, type SnapshotPart } from "./builders";
import type { Scene } from "./fakes";
import { portrait } from "./portraits";
import { aStanding, sealedUnder } from "./standings";

export interface GalleryScene extends Scene {
  readonly place?: Place;
  readonly rtl?: boolean;
  readonly light?: boolean;
}

export const SEATED: Place = { meeting: "meeting", seated: true };
export function presence(name: MemberName, part: Partial<Presence> = {}): Presence {
  return {
    member: SEATS[name].member,
    camera: portrait(name),
    screen: null,
    microphone: "on",
    speaking: false,
    connection: "good",
    ...part,
  };
}

export function live(part: SnapshotPart): { readonly signIn: SignIn; readonly feed: Feed } {
  return {
    signIn: { at: "signed-in", dossier: aDossier(part.you) },
    feed: { at: "live", snapshot: aSnapshot(part) },
  };
}

export function seated(publish: readonly Source[], part: Partial<CallState> = {}): Partial<CallState> {
  return {
    seating: { at: "seated", room: "chamber", grant: { publish, hear: true } },
    sending: { microphone: true, camera: true, screen: false },
    presences: [presence("maren"), presence("vey", { speaking: true })],
    hearers: 3,
    ...part,
  };
}

export const ALL: readonly Source[] = ["microphone", "camera", "screen"];

export function preview(): Partial<DevicesState> {
  return { preview: new MediaStream([portrait("maren")]) };
}

export const CHAMBER = ["maren", "vey", "fane", "amsel"] as const;

/** Behind closed doors, seated, with these keys. */
export function keyed(keys: KeysState, part: Partial<GalleryScene> = {}): GalleryScene {
  return { ...live({}), place: SEATED, call: seated(ALL), keys, ...part };
}

export const inside = sealedUnder(aStanding("chamber", CHAMBER));

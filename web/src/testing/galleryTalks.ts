/** What is said and shown beside sound and picture, for the gallery. The sheet of messages is opened by its button. */
import type { Language } from "../kernel/ids";
import { SEATS } from "./builders";
import { onAirIn } from "./listening";
import { written } from "./captions";
import { aChat, saidArabic } from "./chats";
import { ALL, type GalleryScene, inside, keyed, live, SEATED, seated } from "./galleryParts";
import { aStanding, sealedUnder } from "./standings";
import { arabic } from "./writings";

const HANDS = { hands: [SEATS.vey.identity, SEATS.fane.identity, SEATS.maren.identity] };

export const talks: Record<string, () => GalleryScene> = {
  captions: () => keyed(inside, { captions: { now: written, reads: "en" as Language } }),
  "captions-rtl": () =>
    keyed(inside, { ...live(arabic), captions: { now: written, reads: "ar" as Language }, rtl: true }),
  "captions-none": () => keyed(inside, { captions: { now: written, reads: "fr" as Language }, light: true }),
  messages: () => keyed(inside, { chats: { chamber: aChat() } }),
  "messages-rtl": () => keyed(inside, { ...live(arabic), chats: { chamber: aChat(saidArabic) }, rtl: true }),
  "messages-light": () => keyed(inside, { chats: { chamber: aChat() }, light: true }),
  "messages-caucus": () =>
    keyed(sealedUnder(aStanding("caucus", ["maren", "sorel", "lund"])), {
      call: seated(ALL, { seating: { at: "seated", room: "caucus", grant: { publish: ALL, hear: true } } }),
    }),
  hands: () => keyed(inside, { gestures: HANDS }),
  "hands-rtl": () => keyed(inside, { ...live(arabic), gestures: HANDS, rtl: true }),
  "slow-down": () => keyed(inside, { gestures: { slowing: [SEATS.fane.identity] } }),
  "slow-down-asked": () => ({
    ...live({ you: "fane" }),
    place: SEATED,
    call: seated(["microphone"]),
    gestures: { slowing: [SEATS.fane.identity] },
    listening: { channel: null, ...onAirIn(), speakingInto: "en" as Language },
  }),
};

/** What an interpreter does in the booth's own room: rows of the table of functions. */
import { MessageCircle, ScanFace } from "lucide-react";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { ConsoleFunction } from "./consoleFunction";
import type { Sees } from "./sees";

/** What stands against being heard or seen there; empty: nothing. */
function closed({ room }: Sees, { t }: ConsoleWords): string {
  return room?.isOpen === true ? "" : t("room.closed");
}

export const TALK: ConsoleFunction = {
  id: "room.talk",
  inBooth: true,
  toggles: true,
  key: "q",
  place: "grid",
  icon: MessageCircle,
  name: (_, { t }) => t("room.talk"),
  state: ({ room }) => {
    if (room === null || !room.isOpen || room.isShut) return "unavailable";
    return room.talking ? "on" : "off";
  },
  why: (sees, say) => closed(sees, say) || say.t("room.shut"),
  act: (hands) => {
    hands.talk(true);
  },
  release: (hands) => {
    hands.talk(false);
  },
};

export const SHOW: ConsoleFunction = {
  id: "room.show",
  inBooth: true,
  toggles: true,
  key: "z",
  place: "grid",
  icon: ScanFace,
  name: (_, { t }) => t("room.show"),
  state: ({ room }) => {
    if (room?.isOpen !== true) return "unavailable";
    return room.shown ? "on" : "off";
  },
  why: closed,
  act: (hands, { room }) => {
    hands.showToBooth(room?.shown !== true);
  },
};

/** A step of how loud the partners are, who are from 0 to 1. */
export const LEVEL_STEP = 0.05;

/** How loud the partners are in one's ears, a step at a time. */
function levelling(id: "partner.louder" | "partner.softer", key: string, way: 1 | -1): ConsoleFunction {
  return {
    id,
    inBooth: true,
    key,
    place: "key",
    repeats: true,
    name: (_, { t }) => t(id),
    state: ({ room, desk }) => (room === null || desk.partners.length === 0 ? "unavailable" : "off"),
    why: ({ desk }, { t }) => (desk.partners.length === 0 ? t("handover.alone") : ""),
    act: (hands, { room }) => {
      const level = Math.min(1, Math.max(0, (room?.level ?? 0) + way * LEVEL_STEP));
      hands.setPartnerLevel(Math.round(level * 100) / 100);
    },
  };
}

export const LOUDER = levelling("partner.louder", "arrowright", 1);
export const SOFTER = levelling("partner.softer", "arrowleft", -1);

/** What an interpreter does in the booth's own room: two rows of the table of functions. */
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

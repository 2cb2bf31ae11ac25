/** Who speaks in liaison mode, in words: the same at every stage. Pure. */
import type { enLiaison } from "../../i18n/enLiaison";
import type { PartOf } from "../../i18n/translator";
import { grantFor, isHeld } from "../../summits";
import type { Sitting } from "./sitting";

type LiaisonWords = PartOf<typeof enLiaison>;

/** Whether the phase lets one speak at all, and the mode at this moment. */
export function speaksNow({ snapshot, you }: Sitting): "always" | "held" | "never" {
  const mayEver = grantFor("chamber", you.role, snapshot.meeting)?.publish.includes("microphone") === true;
  if (!mayEver) return "never";
  return isHeld(you, snapshot) ? "held" : "always";
}

/** How one speaks, or how the others do. */
export function mannerOf({ you: { role } }: Sitting, t: LiaisonWords): string {
  return t(role === "principal" || role === "interpreter" ? role : "listener");
}

/** Who is heard besides, and that one's own microphone is held; empty where neither is so. */
export function besidesOf(sitting: Sitting, t: LiaisonWords): string {
  const { snapshot, you } = sitting;
  const holder = snapshot.seats.find(({ member }) => member === snapshot.floor.holder);
  const held = speaksNow(sitting) === "held" ? t("waits") : "";
  if (holder === undefined || holder.role === "principal") return held;
  if (holder.member === you.member) return t("floor.you");
  return [t("floor.other", { name: holder.name }), held].filter((said) => said !== "").join(" ");
}

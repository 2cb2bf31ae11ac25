/** Whose turn it is in consecutive mode, in words, and the ways to hand the floor on: the same at every stage. Pure. */
import type { Seat } from "../../contract/parse";
import type { enTurns } from "../../i18n/enTurns";
import type { PartOf } from "../../i18n/translator";
import type { Way } from "../../interpretation/ui/console/sees";
import type { MemberId } from "../../kernel/ids";
import { isHeld } from "../../summits";
import { interpretersFor, nextAfter, spokenFor } from "../../summits/turns";
import type { Orders } from "../faces";
import type { Sitting } from "./sitting";

type TurnWords = PartOf<typeof enTurns>;

/** To whom one may hand the floor on, and what does it. */
export interface WayOn extends Way {
  readonly go: (orders: Orders) => Promise<void>;
}

/** Who is heard. */
export function sayingOf({ snapshot: { floor, seats }, you }: Sitting, t: TurnWords): string {
  const name = nameOf(seats, floor.holder);
  if (floor.holder === null) return t("free");
  if (floor.interprets === null) return floor.holder === you.member ? t("speaker.you") : t("speaker.other", { name });
  if (floor.holder !== you.member) return t("interprets.other", { name });
  return t("interprets.you", { name: nameOf(seats, floor.interprets) });
}

/** What that means for oneself: whose microphone is held is heard later. Empty where it means nothing. */
export function waitingOf({ snapshot, you }: Sitting, t: TurnWords): string {
  const speaks = ["principal", "chair", "adviser", "interpreter"].includes(you.role);
  return speaks && snapshot.floor.holder !== null && isHeld(you, snapshot) ? t("waits") : "";
}

/** The ways on for whoever has the floor, the one that comes first to mind first; null for everybody else. */
export function waysOf(sitting: Sitting, t: TurnWords): readonly WayOn[] | null {
  const { snapshot, you } = sitting;
  if (snapshot.floor.holder !== you.member) return null;
  return snapshot.floor.interprets === null ? waysToPass(sitting, t) : waysBack(sitting, t);
}

/** Why there are none. */
export function noWay({ snapshot }: Sitting, t: TurnWords): string {
  return t(snapshot.floor.interprets === null ? "pass.nobody" : "back.nobody");
}

/** The speaker ends their statement: by the interpreter who comes first to mind, or by another. */
function waysToPass({ snapshot }: Sitting, t: TurnWords): readonly WayOn[] {
  return interpretersFor(snapshot).map(({ member, name }, at) => {
    const to = t("pass.to", { name });
    const said = at === 0 ? { title: t("pass"), detail: to } : { title: to, detail: "" };
    return { ...said, go: async (orders) => orders.passToInterpreter(member) };
  });
}

/** The interpreter has said it all: the other side speaks next, or the same speaker goes on. */
function waysBack({ snapshot }: Sitting, t: TurnWords): readonly WayOn[] {
  const next = nextAfter(snapshot);
  const same = spokenFor(snapshot);
  const goesOn = same?.present === "chamber" ? same : null;
  if (next === null) return goesOn === null ? [] : [back(goesOn, t("back"), t("back.same", { name: goesOn.name }))];
  const first = back(next, t("back"), t("back.next", { name: next.name }));
  return goesOn === null || goesOn === next ? [first] : [first, back(goesOn, t("back.same", { name: goesOn.name }))];
}

function back({ member }: Seat, title: string, detail = ""): WayOn {
  return { title, detail, go: async (orders) => orders.handFloorBack(member) };
}

function nameOf(seats: readonly Seat[], member: MemberId | null): string {
  return seats.find((seat) => seat.member === member)?.name ?? "";
}

/** What a console says to whoever does not look at it: each change, and the whole state when asked. Pure. */
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { Identity, Language } from "../../../kernel/ids";
import type { Incoming, Source } from "../../model";
import { written } from "./keys";
import {
  isHushed,
  isMineToAnswer,
  isOnAir,
  isSigning,
  nameOf,
  type Sees,
  SHIFT,
  shiftOf,
  sourceFor,
  type TurnSeen,
} from "./sees";

/** At once, or when the listener is free. */
export interface Announcement {
  readonly urgent: string;
  readonly calm: string;
}

/** What has changed for one's ears and hands. `handoverKey` is the key as it is chosen now. */
export function announced(before: Sees, after: Sees, say: ConsoleWords, handoverKey: string): Announcement {
  if (after.turn !== null) return turnAnnounced(before, after, say);
  const urgent = [airSaid(before, after, say), askSaid(before, after, say, handoverKey), lostSaid(before, after, say)];
  const calm = [
    heardSaid(before, after, say),
    partnerSaid(before, after, say),
    roomSaid(before, after, say),
    dependSaid(before, after, say),
    shiftSaid(before, after, say),
    newMessagesSaid(before, after, say),
  ];
  return { urgent: joined(urgent), calm: joined(calm) };
}

/** Where one speaks on the floor: whose turn it is, at once when it is one's own. */
function turnAnnounced(before: Sees, after: Sees, say: ConsoleWords): Announcement {
  const says = turnSaid(before.turn, after.turn);
  const isOwn = after.turn?.isOwn === true;
  const calm = [isOwn ? "" : says, partnerSaid(before, after, say), newMessagesSaid(before, after, say)];
  return { urgent: isOwn ? says : "", calm: joined(calm) };
}

function turnSaid(before: TurnSeen | null, after: TurnSeen | null): string {
  if (after === null) return "";
  const isSame = before !== null && before.says === after.says && before.isHeard === after.isHeard;
  return isSame ? "" : joined([after.says, after.isOwn ? after.means : ""]);
}

function joined(parts: readonly string[]): string {
  // Some are sentences already.
  return parts
    .filter((part) => part !== "")
    .join(". ")
    .replaceAll(".. ", ". ");
}

function airSaid(before: Sees, after: Sees, { t, words }: ConsoleWords): string {
  const [was, is] = [before.desk.now, after.desk.now];
  if (!before.desk.uncertain && after.desk.uncertain) return t("air.uncertain");
  if (isOnAir(before) && !isOnAir(after)) return t("told.offAir");
  if (!isOnAir(after) || (isOnAir(before) && was.onAir === is.onAir)) return "";
  return t("told.onAir", { language: words.languageName(is.onAir ?? "") });
}

function askSaid(before: Sees, after: Sees, say: ConsoleWords, handoverKey: string): string {
  const [was, is] = [before.desk.now.asked, after.desk.now.asked];
  if (is !== null && was?.by !== is.by && isMineToAnswer(after, is)) {
    const gives = after.desk.now.holder === after.desk.own;
    const params = { name: nameOf(after, is.by), key: written(handoverKey, say) };
    return say.t(gives ? "told.asked" : "told.offered", params);
  }
  const isTakenBack = was !== null && is === null && before.desk.now.holder === after.desk.now.holder;
  return isTakenBack && isMineToAnswer(before, was) ? say.t("told.withdrawn", { name: nameOf(after, was.by) }) : "";
}

const LOST: ReadonlySet<Incoming["carries"]> = new Set(["silent", "gone", "not_interpretable", "no_booth"]);

function lineOf({ desk }: Sees, source: Source): Incoming | undefined {
  return desk.incoming.find((line) => line.source === source);
}

function lostSaid(before: Sees, after: Sees, { t, words }: ConsoleWords): string {
  const { hears } = after.desk;
  if (hears === null || before.desk.hears !== hears) return "";
  const [was, is] = [lineOf(before, hears)?.carries, lineOf(after, hears)?.carries];
  if (is === undefined || was === is || !LOST.has(is)) return "";
  return t("told.lost", { language: words.languageName(hears), state: t(`hear.${is}`) });
}

function heardSaid(before: Sees, after: Sees, { t, words }: ConsoleWords): string {
  const [was, is] = [before.desk, after.desk];
  if (was.hears !== is.hears) return relaySaid(after, { t, words });
  if (was.next === is.next || is.next === is.hears) return "";
  return t("told.chosen", { source: spokenName(is.next, { t, words }) });
}

/** The pivot's own source, and who speaks: an interpreter on relay does not hear whose voice it is. */
function relaySaid(sees: Sees, { t, words }: ConsoleWords): string {
  const { hears } = sees.desk;
  if (hears === null) return t("told.floor");
  const from = t("told.from", { source: spokenName(lineOf(sees, hears)?.from ?? null, { t, words }) });
  const language = words.languageName(hears);
  return sees.speaker === null
    ? t("told.relay.nobody", { language, from })
    : t("told.relay", { language, from, name: sees.speaker });
}

function spokenName(source: Source, { t, words }: ConsoleWords): string {
  return source === null ? t("floor.of") : words.languageName(source);
}

function partnerSaid(before: Sees, after: Sees, { t }: ConsoleWords): string {
  const told = after.desk.partners.map((partner) => {
    const was = before.desk.partners.find(({ identity }) => identity === partner.identity);
    if (was?.present && !partner.present) return t("told.gone", { name: partner.name });
    return isPartnerOnAir(after, partner.identity) && !isPartnerOnAir(before, partner.identity)
      ? t("told.partner", { name: partner.name })
      : "";
  });
  return joined(told);
}

/** Whether there is somebody to talk to in one's booth. */
function roomSaid({ room: was }: Sees, { room }: Sees, { t }: ConsoleWords): string {
  const [could, can] = [was?.isOpen === true, room?.isOpen === true];
  return could === can ? "" : t(can ? "told.room" : "told.room.closed");
}

function isPartnerOnAir({ desk }: Sees, partner: Identity): boolean {
  return desk.now.holder === partner && desk.now.onAir !== null;
}

function dependSaid(before: Sees, after: Sees, { t }: ConsoleWords): string {
  const count = after.desk.dependants;
  return count === before.desk.dependants ? "" : t("told.depends", { count });
}

function messagesSaid({ messages }: Sees, { t }: ConsoleWords): string {
  return messages === null || messages === 0 ? "" : t("told.messages", { count: messages });
}

/** New ones alone: that they were read one knows. */
function newMessagesSaid(before: Sees, after: Sees, say: ConsoleWords): string {
  return (after.messages ?? 0) > (before.messages ?? 0) ? messagesSaid(after, say) : "";
}

function shiftSaid(before: Sees, after: Sees, { t }: ConsoleWords): string {
  const [was, is] = [shiftOf(before), shiftOf(after)];
  const isOwn = after.desk.now.holder === after.desk.own;
  return isOwn && was !== null && is !== null && was < SHIFT && is >= SHIFT ? t("told.shift") : "";
}

/** Who is on air, into what, from what, for how long, who listens: in the order in which an interpreter asks. */
export function readOut(sees: Sees, say: ConsoleWords): string {
  const { t, words } = say;
  const { desk, turn } = sees;
  const parts = turn === null ? boothRead(sees, say) : [...turnName(sees, turn, say), clockSaid(turn, say)];
  const partners = desk.partners.map(
    ({ name, present }) => `${words.list([name])}: ${t(present ? "partner.ready" : "partner.away")}`,
  );
  return joined([...parts, messagesSaid(sees, say), ...partners]);
}

/** The light's words where one speaks on the floor: who is heard, and what that means for oneself. */
export function turnName(sees: Sees, { says, means }: TurnSeen, { t }: ConsoleWords): readonly [string, string] {
  return isHushed(sees) ? [t("turn.cough"), ""] : [says, means];
}

function clockSaid({ clock }: TurnSeen, { words }: ConsoleWords): string {
  return clock === null ? "" : `${clock.of}: ${words.span(clock.seconds)}`;
}

function boothRead(sees: Sees, say: ConsoleWords): readonly string[] {
  const { t } = say;
  const { desk } = sees;
  return [
    airName(sees, say),
    fromName(sees, desk.into, say),
    timeSaid(sees, say),
    t(isSigning(sees) ? "told.watchers" : "told.listeners", { count: desk.listeners }),
    desk.dependants === 0 ? "" : t("told.depends", { count: desk.dependants }),
  ];
}

function timeSaid(sees: Sees, { t, words }: ConsoleWords): string {
  const shift = shiftOf(sees);
  return shift === null ? "" : t("air.since", { time: words.span(shift / 1000) });
}

/** The light's words: whether one is on air, or who is. */
export function airName(sees: Sees, { t, words }: ConsoleWords): string {
  const { desk } = sees;
  const { holder, onAir, notInterpretable } = desk.now;
  if (desk.uncertain) return t("air.uncertain");
  if (onAir === null) return t("air.off");
  if (holder !== desk.own) {
    const name = holder === null ? "" : nameOf(sees, holder);
    return t("air.partner", { name, language: words.languageName(onAir) });
  }
  if (desk.coughing) return t("air.cough");
  return notInterpretable ? t("air.uninterpretable") : t("air.on", { language: words.languageName(onAir) });
}

/** What is interpreted from, into a language. */
export function fromName(sees: Sees, into: Language, { t, words }: ConsoleWords): string {
  const source = sourceFor(sees, into);
  if (source !== null) return t("air.from", { source: t("booth", { language: words.languageName(source) }) });
  return sees.spoken === null
    ? t("air.from", { source: t("floor.of") })
    : t("air.from.spoken", { language: words.languageName(sees.spoken), source: t("floor.of") });
}

/** What a console says to whoever does not look at it: each change, and the whole state when asked. Pure. */
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { Identity, Language } from "../../../kernel/ids";
import type { Incoming, Source } from "../../model";
import { functionsIn } from "./functions";
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
  const urgent = [
    airSaid(before, after, say),
    whisperSaid(before, after, say),
    askSaid(before, after, say, handoverKey),
    lostSaid(before, after, say),
  ];
  const calm = [
    intoSaid(before, after, say),
    heardSaid(before, after, say),
    partnerSaid(before, after, say),
    roomSaid(before, after, say),
    dependSaid(before, after, say),
    shiftSaid(before, after, say),
    newMessagesSaid(before, after, say),
    ...switchedSaid(before, after, say),
  ];
  return { urgent: joined(urgent), calm: joined(calm) };
}

/** Where one speaks on the floor: whose turn it is, at once when it is one's own. */
function turnAnnounced(before: Sees, after: Sees, say: ConsoleWords): Announcement {
  const says = turnSaid(before.turn, after.turn);
  const isOwn = after.turn?.isOwn === true;
  const calm = [
    isOwn ? "" : says,
    partnerSaid(before, after, say),
    newMessagesSaid(before, after, say),
    ...switchedSaid(before, after, say),
  ];
  return { urgent: joined([whisperSaid(before, after, say), isOwn ? says : ""]), calm: joined(calm) };
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

/** One is heard by one person alone. On air more hear one, which goes before. */
export function isWhispering(sees: Sees): boolean {
  return sees.turn === null && sees.whispering && !isOnAir(sees);
}

function whisperSaid(before: Sees, after: Sees, { t }: ConsoleWords): string {
  const is = isWhispering(after);
  return isWhispering(before) === is ? "" : t(is ? "air.whisper" : "told.whisper.end");
}

/** On air the channel itself is told. */
function intoSaid(before: Sees, after: Sees, { t, words }: ConsoleWords): string {
  const { into } = after.desk;
  return before.desk.into === into || isOnAir(after) ? "" : t("told.into", { language: words.languageName(into) });
}

/** What a question that waits for one's own yes says; empty: none does. */
function askedNow(sees: Sees, say: ConsoleWords, handoverKey: string): string {
  const { asked, holder } = sees.desk.now;
  if (asked === null || !isMineToAnswer(sees, asked)) return "";
  const params = { name: nameOf(sees, asked.by), key: written(handoverKey, say) };
  return say.t(holder === sees.desk.own ? "told.asked" : "told.offered", params);
}

function askSaid(before: Sees, after: Sees, say: ConsoleWords, handoverKey: string): string {
  const [was, is] = [before.desk.now.asked, after.desk.now.asked];
  if (is !== null) return was?.by === is.by ? "" : askedNow(after, say, handoverKey);
  const isTakenBack = was !== null && before.desk.now.holder === after.desk.now.holder;
  return isTakenBack && isMineToAnswer(before, was) ? say.t("told.withdrawn", { name: nameOf(after, was.by) }) : "";
}

const LOST: ReadonlySet<Incoming["carries"]> = new Set(["silent", "gone", "not_interpretable", "no_booth"]);

function lineOf({ desk }: Sees, source: Source): Incoming | undefined {
  return desk.incoming.find((line) => line.source === source);
}

function lostSaid(before: Sees, after: Sees, say: ConsoleWords): string {
  const { hears } = after.desk;
  if (before.desk.hears !== hears) return "";
  return lineOf(before, hears)?.carries === lineOf(after, hears)?.carries ? "" : lostNow(after, say);
}

/** That nothing can be heard of the booth that one takes relay from, for as long as it is so; empty: something can. */
export function lostNow(sees: Sees, { t, words }: ConsoleWords): string {
  const { hears } = sees.desk;
  const carries = lineOf(sees, hears)?.carries;
  if (sees.turn !== null || hears === null || carries === undefined || !LOST.has(carries)) return "";
  return t("told.lost", { language: words.languageName(hears), state: t(`hear.${carries}`) });
}

function heardSaid(before: Sees, after: Sees, { t, words }: ConsoleWords): string {
  const [was, is] = [before.desk, after.desk];
  if (was.hears !== is.hears) return relaySaid(after, { t, words });
  const isChosen = was.next !== is.next && is.next !== is.hears;
  const chosen = isChosen ? t("told.chosen", { source: spokenName(is.next, { t, words }) }) : "";
  return joined([chosen, speakerSaid(before, after, { t, words })]);
}

/** On relay one does not hear that another voice has come. */
function speakerSaid({ speaker: was }: Sees, { desk, speaker }: Sees, { t }: ConsoleWords): string {
  return desk.hears === null || speaker === null || was === speaker ? "" : t("speaks", { name: speaker });
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

/** What is switched by a key and heard no otherwise. */
const SWITCHES: ReadonlySet<string> = new Set(["uninterpretable", "monitor.own", "monitor.partner", "room.show"]);

/** What has been switched, by its name. What could not be switched before, or cannot be any more, was not switched. */
function switchedSaid(before: Sees, after: Sees, say: ConsoleWords): readonly string[] {
  const switches = functionsIn(after).filter(({ id }) => SWITCHES.has(id));
  const switched = switches.map((what) => {
    const [was, is] = [what.state(before), what.state(after)];
    const isSwitched = (was === "on" && is === "off") || (was === "off" && is === "on");
    return isSwitched ? say.t(`told.${is}`, { name: what.name(after, say) }) : "";
  });
  const isSame = before.desk.technicianCalled === after.desk.technicianCalled;
  return [...switched, isSame ? "" : technicianSaid(after, say) || say.t("told.technician.off")];
}

function technicianSaid({ desk }: Sees, { t }: ConsoleWords): string {
  return desk.technicianCalled ? t("technician.called") : "";
}

/**
 * Who is on air, into what, from what, for how long, who listens: in the order in which an interpreter asks. `handoverKey` is the key as
 * it is chosen now.
 */
export function readOut(sees: Sees, say: ConsoleWords, handoverKey: string): string {
  const { t, words } = say;
  const { desk, turn } = sees;
  const parts =
    turn === null ? boothRead(sees, say, handoverKey) : [...turnName(sees, turn, say), clockSaid(turn, say)];
  const partners = desk.partners.map(
    ({ name, present }) => `${words.list([name])}: ${t(present ? "partner.ready" : "partner.away")}`,
  );
  return joined([...parts, technicianSaid(sees, say), messagesSaid(sees, say), ...partners]);
}

/** The light's words where one speaks on the floor: who is heard, and what that means for oneself. */
export function turnName(sees: Sees, { says, means }: TurnSeen, { t }: ConsoleWords): readonly [string, string] {
  return isHushed(sees) ? [t("turn.cough"), ""] : [says, means];
}

function clockSaid({ clock }: TurnSeen, { words }: ConsoleWords): string {
  return clock === null ? "" : `${clock.of}: ${words.span(clock.seconds)}`;
}

function boothRead(sees: Sees, say: ConsoleWords, handoverKey: string): readonly string[] {
  const { t } = say;
  const { desk } = sees;
  return [
    airName(sees, say),
    isWhispering(sees) ? besideWhisper(sees, say) : "",
    askedNow(sees, say, handoverKey),
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

/** The light's words: whether one is on air, or heard by one person alone, or who is on air. */
export function airName(sees: Sees, say: ConsoleWords): string {
  if (!isWhispering(sees)) return boothAir(sees, say);
  return say.t(sees.desk.coughing ? "air.whisper.cough" : "air.whisper");
}

/** What goes on in the booth while one whispers. */
export function besideWhisper(sees: Sees, say: ConsoleWords): string {
  const { now, uncertain } = sees.desk;
  return uncertain || now.onAir !== null ? boothAir(sees, say) : say.t("air.whisper.off");
}

function boothAir(sees: Sees, { t, words }: ConsoleWords): string {
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

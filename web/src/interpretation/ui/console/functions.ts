/** Everything that can be done at the console: buttons, keys, the sheet of keys and the tests are made from this one table. */
import {
  ArrowLeftRight,
  BookOpenText,
  CircleSlash,
  Ear,
  Eye,
  Files,
  Headphones,
  Languages,
  LogOut,
  type LucideIcon,
  MessagesSquare,
  Mic,
  MicOff,
  Repeat,
  Speech,
  Video,
  VideoOff,
  Wrench,
} from "lucide-react";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { ConsoleFunction, FunctionState } from "./consoleFunction";
import { HAND, SLOW } from "./gestureFunctions";
import { keyFor, type Chosen } from "./keys";
import { LOUDER, SHOW, SOFTER, TALK } from "./roomFunctions";
import {
  asksForAir,
  handoverOf,
  isOnAir,
  isSigning,
  modeOf,
  nameOf,
  otherDirection,
  type Sees,
  type TurnSeen,
} from "./sees";
import { shaping } from "./shaping";

const always = (): FunctionState => "off";

const MICROPHONE: ConsoleFunction = {
  id: "microphone",
  toggles: true,
  key: "space",
  place: "grid",
  icon: Mic,
  signs: Video,
  live: true,
  name: (sees, { t }) => t(isSigning(sees) ? "picture" : "microphone"),
  more: ({ desk, turn }, { t, words }) => {
    if (turn === null) return t("microphone.into", { language: words.languageName(desk.into) });
    return t(turn.mode === "liaison" ? "microphone.liaison" : "microphone.turn");
  },
  state: (sees) => {
    if (sees.turn !== null) return stateInTurn(sees.turn);
    if (isOnAir(sees)) return "on";
    const { holder } = sees.desk.now;
    return sees.mayGoOnAir && (holder === null || holder === sees.desk.own) ? "off" : "unavailable";
  },
  why: (sees, { t }) => {
    const { holder } = sees.desk.now;
    if (!sees.mayGoOnAir) return t("air.notNow");
    return t("why.partner", { name: holder === null ? "" : nameOf(sees, holder) });
  },
  act: async (hands, sees) => (sees.turn === null ? hands.onAir(!isOnAir(sees)) : hands.speak(!sees.turn.microphone)),
};

/** One may have it ready before one may be heard. */
function stateInTurn({ microphone, isHeard }: TurnSeen): FunctionState {
  if (!microphone) return "off";
  return isHeard ? "on" : "waiting";
}

const COUGH: ConsoleFunction = {
  id: "cough",
  toggles: true,
  key: "c",
  place: "grid",
  icon: MicOff,
  signs: VideoOff,
  name: (sees, { t }) => t(isSigning(sees) ? "hide" : "cough"),
  state: (sees) => {
    // Whoever waits for the floor with the microphone on, or for a partner's yes, may be given it in the middle of a cough.
    const isOpen = sees.turn === null ? isOnAir(sees) || sees.whispering || asksForAir(sees) : sees.turn.microphone;
    if (!isOpen) return "unavailable";
    return sees.desk.coughing ? "on" : "off";
  },
  why: ({ turn }, { t }) => t(turn === null ? "why.offAir" : "why.microphoneOff"),
  act: async (hands) => hands.cough(true),
  release: async (hands) => hands.cough(false),
};

const STEPS = {
  none: "unavailable",
  ask: "off",
  withdraw: "waiting",
  accept: "asked",
  take: "asked",
} as const satisfies Record<string, FunctionState>;

const HANDOVER: ConsoleFunction = {
  id: "handover",
  mode: "simultaneous",
  key: "h",
  place: "grid",
  icon: Repeat,
  name: (sees, { t }) => {
    const { step, gives, with: name } = handoverOf(sees);
    if (step === "none") return t("handover.none");
    if (name === "" && gives) return t(step === "ask" ? "handover.none" : "handover.withdraw.any");
    if (step === "ask") return gives ? t("handover.give", { name }) : t("handover.ask", { name });
    if (step === "accept" && gives) return t("handover.accept.give", { name });
    return t(`handover.${step}`, { name });
  },
  state: (sees) => STEPS[handoverOf(sees).step],
  why: (sees, { t }) => {
    const { with: name } = handoverOf(sees);
    if (name !== "") return t("handover.third", { name });
    return t(sees.desk.now.holder === null ? "handover.free" : "handover.alone");
  },
  act: async (hands, sees) => {
    const { step } = handoverOf(sees);
    if (step === "ask") return hands.ask();
    if (step === "withdraw") return hands.withdraw();
    if (step === "accept") return hands.accept();
    return step === "take" ? hands.takeOver() : undefined;
  },
};

/** Its key is no Tab, as on some consoles: Tab moves the focus, and whoever does not see the page needs it for that. */
const SWITCH: ConsoleFunction = {
  id: "switch",
  mode: "simultaneous",
  key: "x",
  place: "direction",
  icon: ArrowLeftRight,
  name: (_, { t }) => t("switch"),
  more: (sees, { t, words }) => {
    const other = otherDirection(sees);
    return other === null ? "" : t("switch.into", { language: words.languageName(other) });
  },
  state: (sees) => (otherDirection(sees) === null ? "unavailable" : "off"),
  why: (_, { t }) => t("to.only"),
  act: async (hands, sees) => {
    const other = otherDirection(sees);
    return other === null ? undefined : hands.turn(other);
  },
};

/** The floor goes on: to whoever comes first to mind, or to another. The key of it is the speakers' too. */
function handing(nth: 1 | 2, key: string): ConsoleFunction {
  const way = ({ turn }: Sees) => turn?.ways[nth - 1];
  return {
    id: nth === 1 ? "turn" : "turn.other",
    mode: "consecutive",
    key,
    place: "turn",
    icon: Languages,
    name: (sees, { t }) => way(sees)?.title ?? t(nth === 1 ? "turn" : "turn.other"),
    more: (sees) => way(sees)?.detail ?? "",
    state: (sees) => {
      if (way(sees) === undefined) return "unavailable";
      return nth === 1 ? "asked" : "off";
    },
    why: ({ turn }, { t }) => t(turn?.isOwn === true ? "turn.nobody" : "turn.notYours"),
    act: async (hands) => hands.handOn(nth),
  };
}

const UNINTERPRETABLE: ConsoleFunction = {
  id: "uninterpretable",
  mode: "simultaneous",
  toggles: true,
  key: "n",
  place: "grid",
  icon: CircleSlash,
  name: (_, { t }) => t("uninterpretable"),
  state: (sees) => {
    if (sees.desk.now.holder !== sees.desk.own) return "unavailable";
    return sees.desk.now.notInterpretable ? "on" : "off";
  },
  why: whoHolds,
  act: async (hands, { desk }) => hands.notInterpretable(!desk.now.notInterpretable),
};

function whoHolds({ desk, ...rest }: Sees, { t }: ConsoleWords): string {
  const { holder } = desk.now;
  return holder === null ? t("air.nobody") : t("why.partner", { name: nameOf({ desk, ...rest }, holder) });
}

/** One's own output, or the partner's, in one's own ears. */
function monitoring(what: "own" | "partner", key: string, icon: LucideIcon): ConsoleFunction {
  return {
    id: `monitor.${what}`,
    mode: "simultaneous",
    toggles: true,
    key,
    place: "grid",
    icon,
    name: (_, { t }) => t(`monitor.${what}`),
    state: ({ monitors }) => {
      if (monitors === null) return "unavailable";
      return monitors[what] ? "on" : "off";
    },
    act: async (hands, { monitors }) => hands.monitor(what, monitors?.[what] !== true),
  };
}

const SPEAKER: ConsoleFunction = {
  id: "speaker",
  toggles: true,
  key: "v",
  place: "grid",
  icon: Eye,
  name: (_, { t }) => t("speaker"),
  state: ({ speakerAlone }) => (speakerAlone ? "on" : "off"),
  act: (hands, { speakerAlone }) => {
    hands.showSpeakerAlone(!speakerAlone);
  },
};

const TECHNICIAN: ConsoleFunction = {
  id: "technician",
  key: "t",
  place: "bar",
  icon: Wrench,
  name: ({ desk }, { t }) => t(desk.technicianCalled ? "technician.called" : "technician"),
  state: ({ desk }) => (desk.technicianCalled ? "waiting" : "off"),
  act: async (hands, { desk }) => hands.callTechnician(!desk.technicianCalled),
};

const MESSAGES: ConsoleFunction = {
  id: "messages",
  inBooth: true,
  key: "e",
  place: "bar",
  icon: MessagesSquare,
  name: ({ messages }, { t }) =>
    messages === null || messages === 0 ? t("messages") : t("messages.unread", { count: messages }),
  state: ({ messages }) => {
    if (messages === null) return "unavailable";
    return messages > 0 ? "asked" : "off";
  },
  why: (_, { t }) => t("why.noGroup"),
  act: (hands) => {
    hands.open("messages");
  },
};

/** Opens what the booth has in common, once one is in its group. */
function opening(what: "glossary" | "documents", key: string, icon: LucideIcon): ConsoleFunction {
  return {
    id: what,
    inBooth: true,
    key,
    place: "bar",
    icon,
    name: (_, { t }) => t(what),
    state: ({ messages }) => (messages === null ? "unavailable" : "off"),
    why: (_, { t }) => t("why.noGroup"),
    act: (hands) => {
      hands.open(what);
    },
  };
}

const READ: ConsoleFunction = {
  id: "read",
  key: "r",
  place: "bar",
  icon: Speech,
  name: (_, { t }) => t("read"),
  state: always,
  act: (hands) => {
    hands.readAloud();
  },
};

const LEAVE: ConsoleFunction = {
  id: "leave",
  mode: "simultaneous",
  key: "l",
  place: "shift",
  icon: LogOut,
  name: (_, { t }) => t("leave"),
  state: ({ desk }) => (desk.now.holder === desk.own ? "off" : "unavailable"),
  why: whoHolds,
  act: async (hands) => hands.leave(),
};

const TAKE_NEXT: ConsoleFunction = {
  id: "take.next",
  mode: "simultaneous",
  key: "enter",
  place: "key",
  name: (_, { t }) => t("take.next"),
  state: ({ desk }) => (desk.next === desk.hears ? "unavailable" : "off"),
  act: async (hands, { desk }) => hands.listen(desk.next),
};

/**
 * A line of what can be heard: pressed once it is chosen ahead, pressed again it is heard. Digits end at the ninth: those after it
 * have no key, and are not in the table.
 */
export function hear(nth: number): ConsoleFunction {
  const line = ({ desk }: Sees) => desk.incoming[nth - 1];
  return {
    id: `hear.${nth}`,
    mode: "simultaneous",
    key: String(nth),
    place: "key",
    name: (_, { t }) => t("hear.nth", { count: nth }),
    state: (sees) => {
      const incoming = line(sees);
      if (incoming === undefined || incoming.circle) return "unavailable";
      if (incoming.source === sees.desk.hears) return "on";
      return incoming.source === sees.desk.next ? "waiting" : "off";
    },
    why: (sees, { t, words }) => {
      const source = line(sees)?.source;
      return source === undefined || source === null
        ? ""
        : t(source === sees.desk.into ? "hear.own.why" : "hear.circle.why", { language: words.languageName(source) });
    },
    act: async (hands, sees) => {
      const incoming = line(sees);
      if (incoming === undefined) return;
      const { hears, next } = sees.desk;
      const isTaken = incoming.source === next && next !== hears;
      await (isTaken ? hands.listen(incoming.source) : hands.listenNext(incoming.source));
    },
  };
}

/** In the order in which they are shown. */
export const FUNCTIONS: readonly ConsoleFunction[] = [
  MICROPHONE,
  COUGH,
  HANDOVER,
  SLOW,
  UNINTERPRETABLE,
  monitoring("own", "m", Headphones),
  monitoring("partner", "p", Ear),
  TALK,
  SHOW,
  SPEAKER,
  MESSAGES,
  opening("glossary", "g", BookOpenText),
  // No letter is free.
  opening("documents", "=", Files),
  READ,
  HAND,
  TECHNICIAN,
  SWITCH,
  handing(1, "b"),
  handing(2, "a"),
  LEAVE,
  TAKE_NEXT,
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((nth) => hear(nth)),
  shaping("louder", "arrowup", "volume", 1),
  shaping("softer", "arrowdown", "volume", -1),
  LOUDER,
  SOFTER,
  shaping("bass.more", ".", "bass", 1),
  shaping("bass.less", ",", "bass", -1),
  shaping("treble.more", "i", "treble", 1),
  shaping("treble.less", "u", "treble", -1),
];

/** What there is to do in the mode that one sees, in a booth or in none. */
export function functionsIn(sees: Sees): readonly ConsoleFunction[] {
  return FUNCTIONS.filter(
    ({ mode, inBooth }) =>
      (mode === undefined || mode === modeOf(sees)) && (inBooth === undefined || sees.desk.booth !== null),
  );
}

/** What a key does; undefined for one that does nothing at the console, or not in this mode. */
export function functionOf(key: string, chosen: Chosen, sees: Sees): ConsoleFunction | undefined {
  return functionsIn(sees).find((each) => keyFor(each, chosen) === key);
}

export function functionNamed(id: string): ConsoleFunction | undefined {
  return FUNCTIONS.find((each) => each.id === id);
}

/** Desks of one booth that hear each other, without a server: what is said is heard by all in one order. */
import type { Said } from "../contract/parse";
import { BoothDesk } from "../interpretation/desk";
import type { ListeningNow } from "../interpretation/listening";
import { type BoothsNow, type ConsoleState, NO_BOOTHS } from "../interpretation/model";
import type { Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { EnvelopeTold, KeysState } from "../keys";
import type { RemoteSound } from "../rooms";
import type { CallState } from "../rooms/model";
import type { FeedState } from "../summits";
import type { Spoken } from "./booths";
import { aSeat, aSnapshot, type MemberName, NOW, SEATS } from "./builders";
import { FakeClock } from "./clock";
import { FakeLog } from "./log";
import { aHolder, aStanding, sealedUnder } from "./standings";

export const EN = "en" as Language;
export const FR = "fr" as Language;
/** Lena Fane's colleague in Arven's booth. */
export const ORU = aSeat("oru", { name: "Kim Oru", role: "interpreter", languages: [EN, FR] });

/** A third of the same booth. */
export const SOL = aSeat("sol", { name: "Nadia Sol", role: "interpreter", languages: [EN, FR] });
const COLLEAGUES = { oru: ORU, sol: SOL } as const;
type Colleague = keyof typeof COLLEAGUES;

interface Sound {
  readonly into: Language | null;
  readonly lingers: Language | null;
}

/** The words of all, in one order, as the server would put them; every desk of the scene hears them. */
export function aChamber() {
  const desks: ((told: EnvelopeTold) => void)[] = [];
  let number = 0;
  const say = (name: Colleague | MemberName, said: Said): number => {
    number += 1;
    const { member } = aHolder(isColleague(name) ? "fane" : name, 0);
    const from = isColleague(name) ? { ...member, identity: COLLEAGUES[name].identity } : member;
    for (const hear of desks) hear({ told: "heard", number, from, said });
    return number;
  };
  return { desks, say };
}

function isColleague(name: string): name is Colleague {
  return name in COLLEAGUES;
}

/** One interpreter's desk. */
export function aDesk(chamber: ReturnType<typeof aChamber>, name: Colleague | "fane" = "fane") {
  const clock = new FakeClock();
  const seats = [...Object.values(SEATS), ...Object.values(COLLEAGUES)];
  const you = name === "fane" ? SEATS.fane.member : COLLEAGUES[name].member;
  const feed = new Cell<FeedState>({ at: "live", snapshot: { ...aSnapshot({ seats }), you } });
  const keysState = new Cell<KeysState>(sealedUnder(aStanding("chamber", ["maren", "fane", "amsel"])));
  const call = new Cell({ seating: { at: "seated", room: "chamber" }, wished: { microphone: true } } as CallState);
  const listening = new Cell<Pick<ListeningNow, "channel" | "carries" | "booths">>({
    channel: null,
    carries: new Map(),
    booths: [],
  });
  const state = new Cell<ConsoleState | null>(null);
  const booths = new Cell<BoothsNow>(NO_BOOTHS);
  const sounds: Sound[] = [];
  const readied: Language[] = [];
  const said: Said[] = [];
  const held: (() => void)[] = [];
  const post = { isHeld: false, isLost: false };
  let tickets = 0;
  let hushed = false;
  const desk: BoothDesk = new BoothDesk({
    state,
    booths,
    feed,
    clock,
    log: new FakeLog(),
    now: () => NOW,
    ticket: () => (tickets += 1),
    keys: {
      state: keysState,
      say: (_group, ticket, words) => {
        said.push(words);
        const go = () => {
          desk.hear({ told: "sent", ticket, number: chamber.say(name, words) });
        };
        if (post.isLost) queueMicrotask(() => desk.hear({ told: "unsent", ticket, code: "no_answer" }));
        else if (post.isHeld) held.push(go);
        else queueMicrotask(go);
        return true;
      },
    },
    hears: () => false,
    call: {
      state: call,
      sounds: new Cell<readonly RemoteSound[]>([]),
      signs: new Cell<readonly RemoteSound[]>([]),
      speakInto: async (into, lingers = null) => {
        sounds.push({ into, lingers });
        return Promise.resolve();
      },
      onAir: () => sounds.at(-1)?.into ?? null,
      cough: async (isHushed) => {
        hushed = isHushed;
        return Promise.resolve();
      },
      ready: async (languages) => {
        readied.splice(0, readied.length, ...languages);
        return Promise.resolve();
      },
    },
    listening: {
      state: listening,
      listenTo: (channel) => {
        // As listening does: nobody hears what they send.
        if (channel !== null && channel === sounds.at(-1)?.into) return;
        listening.set({ ...listening.get(), channel });
      },
    },
  });
  chamber.desks.push((told) => {
    desk.hear(told);
  });
  const sound = () => sounds.at(-1)?.into ?? null;
  const now = () => state.get()?.now;
  return {
    booths,
    call,
    clock,
    desk,
    feed,
    held,
    hushed: () => hushed,
    keysState,
    listening,
    now,
    post,
    readied,
    said,
    sound,
    sounds,
    state,
  };
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

export function aPair() {
  const chamber = aChamber();
  return { chamber, fane: aDesk(chamber, "fane"), oru: aDesk(chamber, "oru") };
}

/** Amsel, who has the French booth alone, says something. */
export function amselSays(chamber: ReturnType<typeof aChamber>, ...words: readonly Spoken[1][]): void {
  for (const word of words) chamber.say("amsel", { kind: "booth", at: new Date(NOW).toISOString(), ...word });
}

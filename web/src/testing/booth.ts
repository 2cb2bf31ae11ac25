/** A booth's console without a server: what is asked for is written down, and happens at once. */
import type { Booth, OwnBoothRoom } from "../app/faces";
import type { BoothRoomNow } from "../interpretation/boothRoom";
import type { BoothNow, BoothsNow, ConsoleState, Incoming } from "../interpretation/model";
import type { Monitored, Monitors } from "../interpretation/monitors";
import type { WhispersNow } from "../interpretation/whisper";
import type { Language, Party } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { NOW, SEATS } from "./builders";

const EN = "en" as Language;
const FR = "fr" as Language;
const ES = "es" as Language;
const FANE = SEATS.fane.identity;

/** The one with whom Fane shares a booth. */
export const ORU = SEATS.sorel.identity;

export function anIncoming(part: Partial<Incoming> = {}): Incoming {
  return { source: null, carries: "spoken", from: undefined, dependants: 0, circle: false, ...part };
}

const FLOOR = anIncoming();
const FRENCH = anIncoming({ source: FR, carries: "interpreted", from: null, dependants: 1 });
const SPANISH = anIncoming({ source: ES, carries: "silent", from: FR, circle: true });

export interface ConsolePart extends Partial<Omit<ConsoleState, "now">> {
  readonly now?: Partial<BoothNow>;
}

/** Arven's English booth. */
export const ENGLISH: NonNullable<ConsoleState["booth"]> = {
  id: "arven.en",
  party: "arven" as Party,
  languages: [EN, FR],
  members: [FANE, ORU],
};

/** The English booth of two: Fane sits at this console, off air, with nobody at the microphone. */
export function aConsole({ now, ...part }: ConsolePart = {}): ConsoleState {
  return {
    booth: ENGLISH,
    now: {
      holder: null,
      since: null,
      onAir: null,
      asked: null,
      sources: new Map(),
      notInterpretable: false,
      ...now,
    },
    own: FANE,
    partners: [{ identity: ORU, name: "Karel Oru", present: true }],
    into: EN,
    incoming: [FLOOR, FRENCH, SPANISH],
    hears: null,
    next: null,
    coughing: false,
    listeners: 0,
    dependants: 0,
    uncertain: false,
    technicianCalled: false,
    ...part,
  };
}

/** Fane works in no booth: where one speaks on the floor there is a console all the same. */
export function withoutBooth(): ConsoleState {
  return aConsole({ booth: null, partners: [], incoming: [] });
}

/** Fane has had the microphone for some seconds, on air into English. */
export function onAirFor(seconds: number, part: ConsolePart = {}): ConsoleState {
  const { now, ...rest } = part;
  return aConsole({
    listeners: 4,
    ...rest,
    now: { holder: FANE, since: NOW - seconds * 1000, onAir: EN, ...now },
  });
}

const ROOM: BoothRoomNow = {
  isOpen: true,
  isShut: false,
  talking: false,
  shown: false,
  own: null,
  level: 0.7,
  partners: [],
};

/** Monitors without sound. */
export function fakeMonitors(note: (text: string) => Promise<void>): Pick<Monitors, "state" | "listen"> {
  const state = new Cell<Monitored>({ own: false, partner: false });
  return {
    state,
    listen: async (to, on) => {
      await note(`${on ? "hear" : "do not hear"} ${to}`);
      state.set({ ...state.get(), [to]: on });
    },
  };
}

function fakeWhispers(first: WhispersNow, note: (text: string) => Promise<void>): Pick<Booth, "whispers" | "whisper"> {
  const whispers = new Cell(first);
  return {
    whispers,
    whisper: async (does, { by, to, into }) => {
      await note(`${does} a whisper into ${into}`);
      whispers.set(does === "end" ? [] : [{ by, to, into, on: does === "accept" }]);
    },
  };
}

/** A booth that does as it is told, alone. */
export function fakeBooth(
  cell: Cell<ConsoleState | null>,
  { booths, whispers }: { readonly booths: BoothsNow; readonly whispers: WhispersNow },
  note: (text: string) => Promise<void>,
): Booth {
  const become = async (text: string, change: (state: ConsoleState) => Partial<ConsoleState>): Promise<void> => {
    await note(text);
    const state = cell.get();
    if (state !== null) cell.set({ ...state, ...change(state) });
  };
  const works = async (text: string, now: Partial<BoothNow>): Promise<void> =>
    become(text, (state) => ({ now: { ...state.now, ...now } }));
  return {
    state: cell,
    booths: new Cell(booths),
    ...fakeWhispers(whispers, note),
    onAir: async (on) =>
      become(on ? "on air" : "off air", ({ now, own, into }) => ({
        now: { ...now, holder: own, since: now.since ?? NOW, onAir: on ? into : null },
      })),
    turn: async (into) =>
      become(`turn to ${into}`, ({ now }) => ({ into, now: { ...now, onAir: now.onAir === null ? null : into } })),
    listenNext: async (next) => become(`choose ahead ${next ?? "the floor"}`, () => ({ next })),
    listen: async (hears) => become(`hear ${hears ?? "the floor"}`, () => ({ hears, next: hears })),
    ask: async () => works("ask for handover", { asked: { by: FANE, at: NOW } }),
    withdraw: async () => works("withdraw the ask for handover", { asked: null }),
    accept: async () =>
      become("accept handover", ({ now, own }) => ({
        now: { ...now, asked: null, since: NOW, holder: now.holder === own ? ORU : own },
      })),
    takeOver: async () => works("take over the microphone", { holder: FANE, since: NOW, asked: null }),
    leave: async () => works("let go of the microphone", { holder: null, since: null, onAir: null }),
    notInterpretable: async (on) => works(on ? "not interpretable" : "interpretable", { notInterpretable: on }),
    cough: async (coughing) => become(coughing ? "cough" : "coughed", () => ({ coughing })),
    callTechnician: async (technicianCalled) =>
      become(technicianCalled ? "call the technician" : "the technician is not needed", () => ({ technicianCalled })),
  };
}

/** The booth's own room without a line. */
export function fakeBoothRoom(
  now: Partial<BoothRoomNow> | null,
  note: (text: string) => Promise<void>,
): Promise<OwnBoothRoom> {
  // Never there: what is shown without it.
  if (now === null) return new Promise(() => undefined);
  const state = new Cell<BoothRoomNow>({ ...ROOM, ...now });
  const become = (text: string, part: Partial<BoothRoomNow>): void => {
    void note(text);
    state.set({ ...state.get(), ...part });
  };
  return Promise.resolve({
    state,
    enter: () => () => undefined,
    talk: (talking) => {
      become(talking ? "talk to the booth" : "talk no more", { talking });
    },
    show: (shown) => {
      become(shown ? "be seen in the booth" : "be seen no more", { shown });
    },
    setLevel: (level) => {
      become(`the booth at ${level}`, { level });
    },
  });
}

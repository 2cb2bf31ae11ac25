/** Services without a server: their state is set by the scene, and what a person asks for is written down. */
import type { Feed, InCommon, Services, SignIn } from "../app/faces";
import type { Enrolled } from "../contract/parse";
import type { ListeningNow } from "../interpretation";
import type { CaptionsState } from "../interpretation/captioning";
import { type BoothsNow, type ConsoleState, NO_BOOTHS } from "../interpretation/model";
import type { BoothRoomNow } from "../interpretation/boothRoom";
import type { WhispersNow } from "../interpretation/whisper";
import { NO_GROUP } from "../interpretation/boothGroup";
import type { Watched } from "../interpretation/watch/watched";
import type { Language, MeetingId } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type ChatRoom, type ChatsState, type GesturesState, type KeysState, NO_TALK } from "../keys";
import type { CallState, DevicesState } from "../rooms/model";
import { aDossier, aSnapshot, NOW } from "./builders";
import { fakeBooth, fakeBoothRoom, fakeMonitors } from "./booth";
import { fakeCaptions } from "./captions";
import { fakeEar, type HeardInScene } from "./ear";
import { onAirIn } from "./listening";
import { aStanding, sealedUnder } from "./standings";

export interface Scene extends HeardInScene {
  readonly signIn?: SignIn;
  readonly feed?: Feed;
  readonly call?: Partial<CallState>;
  readonly devices?: Partial<DevicesState>;
  readonly listening?: Partial<ListeningNow>;
  readonly keys?: KeysState;
  readonly chats?: Partial<ChatsState>;
  readonly gestures?: Partial<GesturesState>;
  readonly booths?: BoothsNow;
  /** How the booth's own room is; null: its code is not there. */
  readonly room?: Partial<BoothRoomNow> | null;
  readonly whispers?: WhispersNow;
  readonly captions?: Partial<CaptionsState>;
  readonly watched?: Partial<Watched>;
  /** Null, or left out: one is in no booth. */
  readonly booth?: ConsoleState | null;
  /** dBFS */
  readonly level?: number;
  readonly enrolled?: readonly Enrolled[];
  /** What every order answers with; by default it is done. */
  readonly refuses?: Error;
}

export interface FakeServices extends Services {
  /** What was asked for, in order: `move open_doors`, `enter chamber`, … */
  readonly asked: readonly string[];
  readonly cells: {
    readonly signIn: Cell<SignIn>;
    readonly feed: Cell<Feed>;
    readonly call: Cell<CallState>;
    readonly devices: Cell<DevicesState>;
    readonly listening: Cell<ListeningNow>;
    readonly keys: Cell<KeysState>;
    readonly chats: Cell<ChatsState>;
    readonly gestures: Cell<GesturesState>;
    readonly booth: Cell<ConsoleState | null>;
  };
}

const AWAY: CallState = {
  seating: { at: "away" },
  sending: { microphone: false, camera: false, screen: false },
  wished: { microphone: false, camera: false, screen: false },
  cameMuted: false,
  presences: [],
  hearers: 0,
};

const DEVICES: DevicesState = {
  microphones: [
    { id: "table", label: "Table microphone" },
    { id: "headset", label: "Headset microphone" },
  ],
  cameras: [{ id: "room", label: "Room camera" }],
  speakers: [{ id: "headset", label: "Headset" }],
  chosen: { microphone: "table", camera: "room", speaker: "headset" },
  preview: null,
  trouble: { microphone: null, camera: null },
  headset: false,
};

const LISTENING: ListeningNow = {
  channel: "en" as Language,
  originalLevel: 0.2,
  signs: [],
  pinned: [],
  signSize: 0.25,
  ...onAirIn("en"),
  speakingInto: null,
};

/** What is kept on a device, for as long as a scene lasts. */
class Memory {
  private readonly kept = new Map<string, string>();

  getItem(name: string): string | null {
    return this.kept.get(name) ?? null;
  }

  setItem(name: string, text: string): void {
    this.kept.set(name, text);
  }

  removeItem(name: string): void {
    this.kept.delete(name);
  }
}

/** A booth's group with nothing said in it. */
function commonOf(note: (text: string) => Promise<void>): InCommon {
  return {
    glossary: {
      state: new Cell({ ...NO_GROUP, terms: [] }),
      put: async (terms) => note(`put ${terms.map(({ term }) => term).join(", ")}`),
      takeAway: async ({ term }) => note(`take away ${term}`),
      putRead: async ({ terms, bad }) => note("put terms").then(() => ({ taken: terms.length, bad, left: 0 })),
      save: () => void note("save terms"),
    },
    documents: {
      state: new Cell({ ...NO_GROUP, documents: [], moving: null }),
      faultOf: () => null,
      put: async (name) => note(`put ${name}`),
      read: async ({ name }) => note(`read ${name}`).then(() => new Uint8Array()),
      takeAway: async ({ name }) => note(`take away ${name}`),
    },
    save: (name) => void note(`save ${name}`),
  };
}

const NO_CHAT: ChatsState["chamber"] = { ...NO_TALK, unread: 0, draft: "" };

/** Chats in which nobody answers: what is said leaves the field and is written down. */
function chatsOf(cell: Cell<ChatsState>, asked: string[]): Services["chats"] {
  const change = (room: ChatRoom, part: Partial<ChatsState["chamber"]>) => {
    cell.set({ ...cell.get(), [room]: { ...cell.get()[room], ...part } });
  };
  return {
    state: cell,
    say: (room) => {
      asked.push(`say in the ${room}: ${cell.get()[room].draft}`);
      change(room, { draft: "" });
    },
    write: (room, draft) => {
      change(room, { draft });
    },
    again: (room, ticket) => void asked.push(`say ${ticket} again in the ${room}`),
    takeBack: (room, ticket) => void asked.push(`take ${ticket} back in the ${room}`),
    read: (room) => {
      change(room, { unread: 0 });
    },
  };
}

/** Inside every group, and sending under the keys of the room and the doors. */
function keysOf({ call, feed }: Scene): KeysState {
  const names = ["maren", "vey", "fane", "amsel"] as const;
  const floor = aStanding("floor", [...names, "reuter", "holm"]);
  const caucus = aStanding("caucus", ["maren", "sorel", "lund"]);
  const chamber = aStanding("chamber", names);
  const seating = call?.seating;
  if (seating?.at === "seated" && seating.room === "caucus") return sealedUnder(chamber, floor, caucus);
  const isOpen = feed?.at === "live" && feed.snapshot.meeting.phase === "open";
  return isOpen ? sealedUnder(chamber, floor) : sealedUnder(floor, chamber);
}

export function fakeServices(scene: Scene = {}): FakeServices {
  const asked: string[] = [];
  const cells = {
    signIn: new Cell<SignIn>(scene.signIn ?? { at: "signed-in", dossier: aDossier() }),
    feed: new Cell<Feed>(scene.feed ?? { at: "live", snapshot: aSnapshot() }),
    call: new Cell<CallState>({ ...AWAY, wished: scene.call?.sending ?? AWAY.wished, ...scene.call }),
    devices: new Cell<DevicesState>({ ...DEVICES, ...scene.devices }),
    listening: new Cell<ListeningNow>({ ...LISTENING, ...scene.listening }),
    keys: new Cell<KeysState>(scene.keys ?? keysOf(scene)),
    chats: new Cell<ChatsState>({ chamber: NO_CHAT, caucus: NO_CHAT, booth: NO_CHAT, ...scene.chats }),
    booth: new Cell<ConsoleState | null>(scene.booth ?? null),
    gestures: new Cell<GesturesState>({ hands: [], slowing: [], findings: [], ...scene.gestures }),
  };
  const note = async (text: string): Promise<void> => {
    asked.push(text);
    await Promise.resolve();
  };
  const order = async (text: string): Promise<void> => {
    await note(text);
    if (scene.refuses !== undefined) throw scene.refuses;
  };
  const listening = (part: Partial<ListeningNow>) => {
    cells.listening.set({ ...cells.listening.get(), ...part });
  };
  return {
    asked,
    cells,
    identification: { state: cells.signIn, arrive: () => note("arrive"), refresh: () => note("refresh") },
    meeting: {
      state: cells.feed,
      now: () => NOW,
      open: (meeting) => void note(`open ${meeting}`),
      close: () => undefined,
    },
    registry: {
      formats: () => ["one-on-one", "plenary"],
      enrolments: async () => {
        await order("enrolments");
        return scene.enrolled ?? [];
      },
      saveLog: () => order("save the log"),
    },
    orders: {
      call: async (wanted) => {
        await order(`call ${JSON.stringify(wanted)}`);
        return "called" as MeetingId;
      },
      move: async ({ move, argument }) => {
        await order(["move", move, argument].filter((word) => word !== null).join(" "));
        return { done: move !== "open_doors" };
      },
      withdraw: (move) => order(`withdraw ${move}`),
      setAgenda: (items) => order(`agenda ${items.map((item) => `${item.title} ${item.minutes}`).join(", ")}`),
      takeUp: (item) => order(`take up ${item}`),
      askForTheFloor: () => order("ask for the floor"),
      withdrawAsk: () => order("withdraw the ask"),
      giveTheFloor: (member) => order(`give the floor ${member}`),
      yieldTheFloor: () => order("yield the floor"),
      passToInterpreter: (member) => order(`pass to interpreter ${member}`),
      handFloorBack: (member) => order(`hand the floor back ${member}`),
      arrange: ({ method, rest, body }) => order(`${method} ${rest} ${JSON.stringify(body ?? null)}`),
    },
    keys: {
      state: cells.keys,
      takeBack: () => void note("take the step back"),
      pause: (until) => void note(`pause for ${(until - NOW) / 1000} s`),
    },
    chats: chatsOf(cells.chats, asked),
    captions: fakeCaptions({ now: new Map(), reads: null, trouble: null, ...scene.captions }, asked),
    watch: {
      state: new Cell<Watched>({ lines: new Map(), coming: new Map(), ...scene.watched }),
      answer: (does, to) => order(`${does} ${to}`),
    },
    gestures: {
      state: cells.gestures,
      hold: (isUp) => order(isUp ? "raise a hand" : "lower the hand"),
      slowDown: () => order("ask to slow down"),
      find: (finding, epoch) => order(`found ${finding} of ${epoch}`),
    },
    call: {
      state: cells.call,
      enter: (room) => note(`enter ${room}`),
      leave: () => note("leave"),
      send: async (source, on) => {
        await note(`send ${source} ${on ? "on" : "off"}`);
        const call = cells.call.get();
        cells.call.set({
          ...call,
          sending: { ...call.sending, [source]: on },
          wished: { ...call.wished, [source]: on },
        });
      },
      takeOver: () => note("take over"),
    },
    devices: {
      state: cells.devices,
      preview: (kinds) => note(`preview ${kinds.join(" ")}`),
      look: () => note("look"),
      again: () => note("look again"),
      choose: (kind, id) => note(`choose ${kind} ${id}`),
      wear: (on) => note(`wear a headset: ${String(on)}`),
      level: () => scene.level ?? -24,
      playTestSound: () => note("play"),
      stop: () => void note("stop the devices"),
    },
    interpretation: {
      state: cells.listening,
      listenTo: (channel) => {
        listening({ channel });
      },
      setOriginalLevel: (originalLevel) => {
        listening({ originalLevel });
      },
      pin: (language, on) => {
        const others = cells.listening.get().pinned.filter((each) => each !== language);
        listening({ pinned: on ? [...others, language] : others });
      },
      setSignSize: (signSize) => {
        listening({ signSize });
      },
      interpretInto: async (speakingInto) => {
        await note(`interpret into ${speakingInto ?? "nothing"}`);
        listening({ speakingInto });
      },
    },
    booth: fakeBooth(cells.booth, { booths: scene.booths ?? NO_BOOTHS, whispers: scene.whispers ?? [] }, order),
    memory: new Memory(),
    monitors: async () => Promise.resolve(fakeMonitors(note)),
    boothRoom: async () => fakeBoothRoom(scene.room === undefined ? {} : scene.room, note),
    inCommon: async () => Promise.resolve(commonOf(note)),
    ear: async () =>
      Promise.resolve(
        fakeEar(scene, (text) => {
          void note(text);
        }),
      ),
  };
}

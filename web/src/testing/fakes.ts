/** Services without a server: their state is set by the scene, and what a person asks for is written down. */
import type { Feed, ListeningState, Services, SignIn } from "../app/faces";
import type { Enrolled } from "../contract/parse";
import type { Language, MeetingId } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type ChatsState, type GesturesState, type KeysState, NO_TALK } from "../keys";
import type { CallState, DevicesState, RoomName } from "../rooms/model";
import { aDossier, aSnapshot, NOW } from "./builders";
import { aStanding, sealedUnder } from "./standings";

export interface Scene {
  readonly signIn?: SignIn;
  readonly feed?: Feed;
  readonly call?: Partial<CallState>;
  readonly devices?: Partial<DevicesState>;
  readonly listening?: Partial<ListeningState>;
  readonly keys?: KeysState;
  readonly chats?: Partial<ChatsState>;
  readonly gestures?: Partial<GesturesState>;
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
    readonly listening: Cell<ListeningState>;
    readonly keys: Cell<KeysState>;
    readonly chats: Cell<ChatsState>;
    readonly gestures: Cell<GesturesState>;
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
};

const LISTENING: ListeningState = {
  channel: "en" as Language,
  originalLevel: 0.2,
  onAir: ["en" as Language],
  speakingInto: null,
};

const NO_CHAT: ChatsState["chamber"] = { ...NO_TALK, unread: 0, draft: "" };

/** Chats in which nobody answers: what is said leaves the field and is written down. */
function chatsOf(cell: Cell<ChatsState>, asked: string[]): Services["chats"] {
  const change = (room: RoomName, part: Partial<ChatsState["chamber"]>) => {
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
    listening: new Cell<ListeningState>({ ...LISTENING, ...scene.listening }),
    keys: new Cell<KeysState>(scene.keys ?? keysOf(scene)),
    chats: new Cell<ChatsState>({ chamber: NO_CHAT, caucus: NO_CHAT, ...scene.chats }),
    gestures: new Cell<GesturesState>({ hands: [], slowing: [], ...scene.gestures }),
  };
  const note = async (text: string): Promise<void> => {
    asked.push(text);
    await Promise.resolve();
  };
  const order = async (text: string): Promise<void> => {
    await note(text);
    if (scene.refuses !== undefined) throw scene.refuses;
  };
  const listening = (part: Partial<ListeningState>) => {
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
    },
    keys: {
      state: cells.keys,
      takeBack: () => void note("take the step back"),
      pause: (until) => void note(`pause for ${(until - NOW) / 1000} s`),
    },
    chats: chatsOf(cells.chats, asked),
    gestures: {
      state: cells.gestures,
      hold: (isUp) => order(isUp ? "raise a hand" : "lower the hand"),
      slowDown: () => order("ask to slow down"),
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
      interpretInto: async (speakingInto) => {
        await note(`interpret into ${speakingInto ?? "nothing"}`);
        listening({ speakingInto });
      },
    },
  };
}

/** The composition root: the only place that builds services. */
import { ServerDoor } from "../contract/client";
import { eventsAt, type Host, hostOf, thisPage } from "../contract/host";
import type { SocketWorld } from "../contract/socket";
import { type AddressBar, Arrival, keptSeats, lacking, Roll, SessionBearer } from "../identity";
import { Listening, Mixer } from "../interpretation";
import { wallClock } from "../kernel/clock";
import { consoleLog } from "../kernel/log";
import type { MeetingId } from "../kernel/ids";
import { Chats, Gestures, MeetingDoors, MeetingKeys, type SignedDoors, takesRed } from "../keys";
import { DevicePark, MediaCall, mediaEngine, OneTab, TicketWindow } from "../rooms";
import { MeetingOrders, MeetingRecord, SummitRegistry } from "../summits";
import type { Services } from "./faces";

/**
 * What a test may look at. A test's init script sets `globalThis.__visavisProbe = {}` (or with `rawAudio: true`, which
 * leaves the microphone's sound unprocessed so that tones survive) before the page loads; this module then fills in
 * the rest. Without that object nothing is exposed.
 *
 * `mixerTap` is what the speakers get: connect an `AnalyserNode` of `audioContext` to it and read tones.
 * `marks` are moments by name, in ms of `performance.now()`: `enter`, `ticket`, `joined`, `connected`.
 */
interface Probe {
  readonly rawAudio?: boolean;
  audioContext?: AudioContext;
  mixerTap?: AudioNode;
  services?: Services;
  keys?: MeetingKeys;
  call?: MediaCall;
  marks?: Record<string, number>;
}

declare global {
  // oxlint-disable-next-line no-underscore-dangle -- marks what only tests set
  var __visavisProbe: Probe | undefined;
}

/** Made at the first need of sound: browsers warn about a context made before any gesture. */
function soundFor(probe: Probe | undefined): () => Mixer {
  let mixer: Mixer | null = null;
  return () => {
    if (mixer === null) {
      mixer = new Mixer(new AudioContext({ latencyHint: "interactive" }), consoleLog);
      if (probe !== undefined) {
        probe.audioContext = mixer.context;
        probe.mixerTap = mixer.mix;
      }
    }
    return mixer;
  };
}

function marker(probe: Probe | undefined): (name: string) => void {
  return (name) => {
    if (probe === undefined) return;
    probe.marks = { ...probe.marks, [name]: performance.now() };
  };
}

/** What stands between the devices and the call. */
function studioOf(devices: DevicePark): ConstructorParameters<typeof MediaCall>[0]["studio"] {
  return {
    copy: async (kind) => devices.copy(kind),
    close: (kind) => {
      devices.close(kind);
    },
    warm: async (kind) => devices.warm(kind),
    watch: (then) => devices.watch(then),
    async shareScreen() {
      const video = { frameRate: { ideal: 5, max: 15 } };
      const stream = await navigator.mediaDevices.getDisplayMedia({ video, audio: false });
      const [track] = stream.getVideoTracks();
      if (track === undefined) throw new DOMException("no track", "NotFoundError");
      return track;
    },
  };
}

/** What all parts share. */
interface Ground {
  readonly log: typeof consoleLog;
  readonly clock: typeof wallClock;
  readonly host: Host;
  readonly server: ServerDoor;
  readonly bearer: SessionBearer;
  readonly roll: Roll;
  readonly identification: Arrival;
}

const address: AddressBar = {
  fragment: () => location.hash,
  become(fragment) {
    history.replaceState(history.state, "", fragment);
  },
};

function buildGround(): Ground {
  const log = consoleLog;
  const clock = wallClock;
  const host = hostOf(thisPage());
  const server = new ServerDoor(host.origin);
  const bearer = new SessionBearer(server, host.origin);
  server.actAs(bearer);
  const roll = new Roll(log);
  const identification = new Arrival({ server, bearer, roll, seats: keptSeats, address, lacking, clock, log });
  return { log, clock, host, server, bearer, roll, identification };
}

function keysOf(ground: Ground, meeting: MeetingRecord): MeetingKeys {
  const { log, clock, host, server, bearer, roll, identification } = ground;
  const doorsWorld = {
    log,
    clock,
    memory: globalThis.sessionStorage,
    give: async (of: MeetingId, body: SignedDoors) =>
      server.tell({ method: "POST", path: `meetings/${of}/doors`, body }),
  };
  return new MeetingKeys({
    log,
    clock,
    hang: (of, first) => new MeetingDoors(doorsWorld, of, first),
    feed: meeting.state,
    listen: (then) => {
      meeting.listen(then);
    },
    session: bearer,
    server: host.origin,
    red: takesRed(RTCRtpReceiver.getCapabilities("audio")?.codecs ?? []),
    ahead: () => meeting.now() - clock.now(),
    pinned: () => roll.agreed,
    seat: async () => (identification.seat === null ? undefined : keptSeats.find(identification.seat)),
    workers: {
      frames: () => new Worker(new URL("../keys/frames/framesWorker.ts", import.meta.url), { type: "module" }),
      keys: () => new Worker(new URL("../keys/keysWorker.ts", import.meta.url), { type: "module" }),
    },
  });
}

/** One's own hand on the doors. */
function doorsOf(keys: MeetingKeys): ConstructorParameters<typeof MeetingOrders>[2] {
  return {
    hold: () => {
      keys.holdDoors();
    },
    close: async () => keys.closeDoors(),
  };
}

type Correspondence = Pick<Services, "chats" | "gestures">;

/** What members say and show each other beside sound and picture; no two of these sayings have one ticket. */
function correspondenceOf({ clock }: Ground, meeting: MeetingRecord, keys: MeetingKeys): Correspondence {
  let tickets = 0;
  const ticket = (): number => (tickets += 1);
  const needs = { keys, feed: meeting.state, now: () => meeting.now(), ticket };
  return { chats: new Chats(needs), gestures: new Gestures({ ...needs, clock }) };
}

interface BuiltSitting extends Correspondence {
  readonly meeting: MeetingRecord;
  readonly call: MediaCall;
  readonly keys: MeetingKeys;
}

/** The meeting and one's seat in it; both belong to one tab at a time. */
function buildSitting(ground: Ground, devices: DevicePark, mark: (name: string) => void): BuiltSitting {
  const { log, clock, host, server, bearer, roll, identification } = ground;
  const world: SocketWorld = { clock, log, open: (url) => new WebSocket(url) };
  const lost = (): void => {
    meeting.yieldSeat();
    void call.loseSeat();
  };
  const tab = new OneTab(navigator.locks, () => identification.seat, lost, log);
  const meeting = new MeetingRecord({
    world,
    roll,
    session: { session: () => bearer.token(), renew: async () => bearer.renew() },
    url: (id) => eventsAt(host, id),
    seatFree: async () => {
      await call.checkTab();
      await tab.free();
    },
  });
  const tickets = new TicketWindow(server, clock);
  const keys = keysOf(ground, meeting);
  const studio = studioOf(devices);
  const call = new MediaCall({
    feed: meeting.state,
    engine: mediaEngine,
    tickets,
    sealing: async (room, stop) => keys.sealing(room, stop),
    studio,
    tab,
    clock,
    log,
    mark,
  });
  const warm = identification.state.subscribe(() => {
    // There is a seat to come to: the media library is read while the session is opened.
    if (identification.state.get().at !== "signing-in") return;
    warm();
    call.warm();
  });
  // oxlint-disable-next-line no-underscore-dangle -- marks what only tests set
  if (globalThis.__visavisProbe !== undefined) Object.assign(globalThis.__visavisProbe, { keys, call });
  return { meeting, call, keys, ...correspondenceOf(ground, meeting, keys) };
}

/** Hands a text to the person as a file, as a press on a link to it would. */
function saveText(name: string, text: string): void {
  const held = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = held;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  wallClock.after(60_000, () => {
    URL.revokeObjectURL(held);
  });
}

/** Any gesture may be the one a browser waits for before it lets sound out. */
function wakeAtGestures(sound: () => Mixer): void {
  for (const gesture of ["pointerdown", "keydown"]) {
    globalThis.addEventListener(gesture, () => void sound().wake(), { once: true });
  }
}

export function buildServices(): Services {
  // oxlint-disable-next-line no-underscore-dangle -- marks what only tests set
  const probe = globalThis.__visavisProbe;
  const sound = soundFor(probe);
  const ground = buildGround();
  const { log, server, roll, identification } = ground;
  const rules = { rawAudio: probe?.rawAudio === true };
  const context = (): AudioContext => sound().context;
  const devices = new DevicePark({ rules, context, memory: globalThis.localStorage, log });
  const { meeting, call, keys, chats, gestures } = buildSitting(ground, devices, marker(probe));
  const interpretation = new Listening(call, sound, log);
  devices.state.subscribe(() => {
    const { speaker } = devices.state.get().chosen;
    if (speaker !== null) void sound().playThrough(speaker);
  });
  wakeAtGestures(sound);

  const services: Services = {
    identification,
    meeting,
    orders: new MeetingOrders(server, () => meeting.opened, doorsOf(keys)),
    registry: new SummitRegistry({ server, formats: () => roll.agreed?.descriptor.formats ?? [], save: saveText }),
    call: {
      state: call.state,
      enter: async (room) => call.enter(room),
      leave: async () => call.leave(),
      send: async (source, on) => call.send(source, on),
      async takeOver() {
        await call.takeOver();
        // The feed fell silent when the other tab took the seat; it is ours again.
        meeting.reopen();
      },
    },
    keys: {
      state: keys.state,
      takeBack: () => {
        keys.takeBack();
      },
      pause: (until) => {
        keys.pause(until);
      },
    },
    chats,
    gestures,
    devices,
    interpretation,
  };
  if (probe !== undefined) probe.services = services;
  return services;
}

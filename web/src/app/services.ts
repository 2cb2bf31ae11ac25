/** The composition root: the only place that builds services. */
import {
  LateCaptions,
  LateDesk,
  type LateNeeds,
  LateWatch,
  type LateWatchNeeds,
  Listening,
  Mixer,
} from "../interpretation";
import { atNeed } from "../kernel/atNeed";
import { wallClock } from "../kernel/clock";
import { SteadyClock } from "../kernel/steadyClock";
import { consoleLog } from "../kernel/log";
import type { MeetingId } from "../kernel/ids";
import { Chats, Gestures, MeetingDoors, MeetingKeys, type SignedDoors, takesRed } from "../keys";
import { DevicePark, MediaCall, mediaEngine, OneTab, TicketWindow } from "../rooms";
import type { LineRoom } from "../rooms/model";
import { MeetingOrders, type MeetingRecord, SummitRegistry } from "../summits";
import type { BoothParts } from "./boothRoom";
import { earsOf } from "./ears";
import type { Services } from "./faces";
import { buildGround, type Ground, ownSeat, signedBy } from "./ground";
import { recordOf } from "./record";

/**
 * What a test may look at. A test's init script sets `globalThis.__visavisProbe = {}` (or with `rawAudio: true`, which
 * leaves the microphone's sound unprocessed, and levels as they are, so that tones survive) before the page loads; this module then fills in
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

function keysOf(ground: Ground, meeting: MeetingRecord): MeetingKeys {
  const { log, clock, host, server, bearer, roll } = ground;
  const steady = new SteadyClock(
    clock,
    () => new Worker(new URL("../kernel/steadyWorker.ts", import.meta.url), { type: "module" }),
  );
  const doorsWorld: ConstructorParameters<typeof MeetingDoors>[0] = {
    log,
    clock,
    after: (ms, then) => steady.after(ms, then),
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
    seat: async () => ownSeat(ground),
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

interface Correspondence extends Pick<Services, "chats" | "gestures" | "captions" | "watch" | "inCommon"> {
  readonly booth: LateDesk;
}

/** What members say and show each other beside sound and picture; no two of these sayings have one ticket. */
function correspondenceOf(
  { clock, log, server }: Ground,
  {
    meeting,
    keys,
    devices,
    ...seat
  }: Pick<LateNeeds & LateWatchNeeds, "call" | "listening" | "devices" | "hears"> & {
    readonly meeting: MeetingRecord;
    readonly keys: MeetingKeys;
  },
): Correspondence {
  let tickets = 0;
  const ticket = (): number => (tickets += 1);
  const needs = { keys, feed: meeting.state, now: () => meeting.now(), ticket };
  const booth = new LateDesk({ ...needs, ...seat, clock, log });
  const captions = new LateCaptions({ ...needs, clock, memory: globalThis.localStorage, log });
  const watch = new LateWatch({ ...needs, call: seat.call, devices, booth, clock, log });
  const chats = new Chats(needs);
  const inCommon = atNeed(async () => {
    const { commonOf } = await import("./inCommon");
    return commonOf({ ...needs, chats, clock, log }, { server, meeting: () => meeting.opened, save: saveAs });
  });
  return { chats, gestures: new Gestures({ ...needs, clock }), booth, captions, watch, inCommon };
}

interface BuiltSitting extends Correspondence {
  readonly meeting: MeetingRecord;
  readonly call: MediaCall;
  readonly keys: MeetingKeys;
  readonly lines: BoothParts["lines"];
  readonly interpretation: Listening;
}

/** The meeting and one's seat in it; both belong to one tab at a time. */
function buildSitting(
  ground: Ground,
  devices: DevicePark,
  mark: (name: string) => void,
  sound: () => Mixer,
): BuiltSitting {
  const { log, clock, server, identification } = ground;
  const lost = (): void => {
    meeting.yieldSeat();
    void call.loseSeat();
  };
  const tab = new OneTab(navigator.locks, () => identification.seat, lost, log);
  const meeting = recordOf(ground, async () => {
    await call.checkTab();
    await tab.free();
  });
  const keys = keysOf(ground, meeting);
  const lines: BoothParts["lines"] & ConstructorParameters<typeof MediaCall>[0] = {
    feed: meeting.state,
    engine: mediaEngine,
    tickets: new TicketWindow(server),
    sealing: async (room: LineRoom, stop: AbortSignal) => keys.sealing(room, stop),
    studio: studioOf(devices),
    tab,
    clock,
    log,
    mark,
  };
  const call = new MediaCall(lines);
  const warm = identification.state.subscribe(() => {
    // There is a seat to come to: the media library is read while the session is opened.
    if (identification.state.get().at !== "signing-in") return;
    warm();
    call.warm();
  });
  // oxlint-disable-next-line no-underscore-dangle -- marks what only tests set
  if (globalThis.__visavisProbe !== undefined) Object.assign(globalThis.__visavisProbe, { keys, call });
  const hears = (id: string): boolean => sound().hears(id);
  const said = correspondenceOf(ground, { meeting, keys, call, devices, hears, listening: () => interpretation });
  const interpretation = new Listening({
    heard: call,
    feed: meeting.state,
    booths: said.booth.booths,
    whispers: said.booth.whispers,
    mixer: sound,
    memory: globalThis.localStorage,
    log,
    clock,
    tell: () => {
      said.booth.tell();
    },
  });
  return { meeting, call, keys, lines, interpretation, ...said };
}

/** Hands something to the person as a file, as a press on a link to it would. */
function saveAs(name: string, content: BlobPart): void {
  const held = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
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
  const devices = new DevicePark({ rules, context: () => sound().context, memory: globalThis.localStorage, log });
  const sitting = buildSitting(ground, devices, marker(probe), sound);
  const { meeting, call, keys, chats, gestures, booth, captions, watch, inCommon, interpretation } = sitting;
  devices.state.subscribe(() => {
    const { speaker } = devices.state.get().chosen;
    if (speaker !== null) void sound().playThrough(speaker);
  });
  wakeAtGestures(sound);

  const services: Services = {
    identification,
    meeting,
    orders: new MeetingOrders(
      server,
      () => meeting.opened,
      doorsOf(keys),
      async (said) => signedBy(ground, said),
    ),
    registry: new SummitRegistry({ server, formats: () => roll.agreed?.descriptor.formats ?? [], save: saveAs }),
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
    booth,
    captions,
    watch,
    inCommon,
    devices,
    interpretation,
    memory: globalThis.localStorage,
    ...earsOf(sitting, { devices, matched: !rules.rawAudio, log, sound }),
  };
  if (probe !== undefined) probe.services = services;
  return services;
}

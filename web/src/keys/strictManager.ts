/**
 * What livekit-client is given as its end-to-end encryption. It puts our frames worker between every track and the
 * network, and takes no word about encryption from the server: there is nothing that could be turned off.
 *
 * Of the library it uses `BaseE2EEManager`, `localSenderCreated`, `trackSubscribed`, `dataPacketReceived`,
 * `transportsCreated` and `signalRestarted` of version 2.23.0, some of which are internal to it: `tests/live/test_sealed_frames.py` shows that they still do what is said here.
 *
 * Never call `Room.setE2EEEnabled`: it does nothing to frames here, and would turn RED off
 * (`AddTrackRequest.disableRed`).
 */
import type { BaseE2EEManager, LocalTrack, RemoteTrack, Room, Track } from "livekit-client";
import { codecOf, isPurpose, type Medium, type Purpose } from "./frames/layout";
import type { Holding, PageWord, Task, Told } from "./frames/messages";

/** Why nothing leaves and nothing is heard any more. */
export type Fatal =
  /** The server calls us by another name than our key's. */
  | "renamed"
  /** A track was to be sent of which nobody had said what it is for. */
  | "purposeless"
  /** The frames worker failed. */
  | "worker";

type Engine = Parameters<BaseE2EEManager["setupEngine"]>[0];
/** A task, or one that the worker does not know: nothing flows then, and above all nothing in clear. */
type TaskOrNone = Task | Holding | { readonly side: "none" };

/** What is used of the library's `PCTransport`. */
interface Transport {
  getTransceivers(): readonly RTCRtpTransceiver[];
}

/** How many places at which frames are held were ever given: a worker may serve one line after another. */
let places = 0;

/** Newer than the types that come with TypeScript. */
interface Anew {
  readonly encodingOptions: readonly { readonly keyFrame: boolean }[];
}
interface Renewable {
  setParameters(parameters: RTCRtpSendParameters, anew: Anew): Promise<void>;
}

const NOTHING: TaskOrNone = { side: "none" };

/** Makes `RTCRtpScriptTransform`s; another in tests. */
export type Transforms = (worker: Worker, task: TaskOrNone) => RTCRtpScriptTransform;

const scripted: Transforms = (worker, task) => new RTCRtpScriptTransform(worker, task);

function mediumOf(track: Track): Medium {
  // The library's enumeration is not imported: its types alone are.
  const kind: string = track.kind;
  return kind === "audio" ? "audio" : "video";
}

/** One line's encryption. */
export class StrictManager implements BaseE2EEManager {
  readonly isEnabled = true;
  private readonly worker: Worker;
  private readonly identity: string;
  private readonly fatal: (why: Fatal) => void;
  private readonly transformed: Transforms;
  private readonly purposes = new WeakMap<Track, Purpose>();
  private readonly pictures = new Set<RTCRtpSender>();
  private readonly holding = new Map<RTCRtpReceiver, number>();
  private readonly listening = new AbortController();
  private transport: Transport | undefined;
  private room: Room | undefined;
  private isOver = false;

  /**
   * @param worker the frames worker, of one line at a time; it is ended when something fatal happens.
   * @param identity the only name under which anything is sent.
   * @param fatal called once, when nothing leaves and nothing is heard any more.
   */
  constructor(worker: Worker, identity: string, fatal: (why: Fatal) => void, transforms: Transforms = scripted) {
    this.worker = worker;
    this.identity = identity;
    this.fatal = fatal;
    this.transformed = transforms;
    const { signal } = this.listening;
    const failed = (): void => {
      this.end("worker");
    };
    const heard = ({ data }: MessageEvent<Told>): void => {
      if (data.told === "ended") failed();
      if (data.told === "renewing") this.renew();
    };
    worker.addEventListener("error", failed, { signal });
    worker.addEventListener("message", heard, { signal });
  }

  /** The line is over: its worker may serve another. */
  close(): void {
    this.isOver = true;
    this.listening.abort();
    for (const place of this.holding.values()) this.claim(place, null);
    this.holding.clear();
  }

  /** Says what a track is for; before it is published. */
  intend(track: LocalTrack, purpose: Purpose): void {
    this.purposes.set(track, purpose);
  }

  /**
   * What a track of somebody else is for, undefined when nothing of it comes through.
   *
   * Never ask the publication's name: the server may change it while the track is heard.
   */
  purposeOf(track: RemoteTrack): Purpose | undefined {
    return this.purposes.get(track);
  }

  /** The library's data channel would be sealed: that is, refused, as everything of it is. */
  get isDataChannelEncryptionEnabled(): boolean {
    return true;
  }

  // oxlint-disable-next-line class-methods-use-this -- the library assigns to it; what it says changes nothing
  set isDataChannelEncryptionEnabled(_enabled: boolean) {}

  setup(room: Room): void {
    if (this.room === room) return;
    this.room = room;
    // First among all listeners, because it is called while the room is built.
    room.localParticipant.on("localSenderCreated", (sender, track) => {
      this.send(sender, track);
    });
    room.on("signalConnected", () => {
      this.hold();
    });
    room.on("trackSubscribed", (track, publication, participant) => {
      this.receive(track, publication.trackName, participant.identity, publication.mimeType);
    });
  }

  /** LiveKit's data, texts and calls reach nobody: what is not media goes over our own socket, sealed and signed. */
  setupEngine(engine: Engine): void {
    engine.removeAllListeners("dataPacketReceived");
    engine.removeAllListeners("dataTrackPacketReceived");
    engine.on("transportsCreated", (publisher) => {
      this.transport = publisher;
    });
    engine.on("signalRestarted", () => {
      this.hold();
    });
  }

  async encryptData(): Promise<never> {
    throw new Error("nothing is sent over the data channel");
  }

  async handleEncryptedData(): Promise<never> {
    throw new Error("nothing is taken from the data channel");
  }

  /** The server does not decide what is encrypted. */
  setParticipantCryptorEnabled(): void {
    this.checkName();
  }

  /** Frames of the server's own are not let in. The server has just said who we are: a moment to look. */
  setSifTrailer(): void {
    this.checkName();
  }

  /** The library's listeners would be told that encryption went on, off or wrong: none of it happens. */
  on(): this {
    return this;
  }

  private send(sender: RTCRtpSender, track: Track): void {
    const purpose = this.purposes.get(track);
    this.checkName();
    if (purpose === undefined) this.end("purposeless");
    const isSealed = purpose !== undefined && !this.isOver;
    const task: TaskOrNone = isSealed ? { side: "seal", medium: mediumOf(track), purpose } : NOTHING;
    sender.transform = this.transformed(this.worker, task);
    if (mediumOf(track) === "video") this.pictures.add(sender);
  }

  /** Has every picture begin anew with a key frame (W3C WebRTC Extensions, `RTCEncodingOptions`). */
  private renew(): void {
    for (const sender of this.pictures) {
      const parameters = sender.getParameters();
      const anew: Anew = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
      const asked: Renewable = sender;
      // One that cannot now, or whose connection is gone: whoever misses the beginning asks for it through the SFU.
      asked.setParameters(parameters, anew).catch(() => undefined);
    }
  }

  /**
   * Frames come as soon as media flows, and the library says whose they are when it has told everybody else that it
   * does. A browser drops what comes meanwhile, the first picture with it, and the SFU asks for no second one at once.
   */
  private hold(): void {
    if (this.isOver) return;
    for (const { receiver } of this.transport?.getTransceivers() ?? []) {
      if (this.holding.has(receiver) || receiver.transform !== null) continue;
      places += 1;
      this.holding.set(receiver, places);
      receiver.transform = this.transformed(this.worker, { side: "hold", place: places });
    }
  }

  private claim(place: number, task: Task | null): void {
    const word: PageWord = { do: "claim", place, task };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
    this.worker.postMessage(word);
  }

  /** Anew each time: the library uses a receiver again for another's track. */
  private receive(track: RemoteTrack, name: string, sender: string, mimeType: string | undefined): void {
    const { receiver } = track;
    if (receiver === undefined) return;
    const isOurs = !this.isOver && isPurpose(name) && codecOf(mimeType ?? "") !== undefined;
    const task: Task | null = isOurs ? { side: "open", medium: mediumOf(track), purpose: name, sender } : null;
    const place = this.holding.get(receiver);
    this.holding.delete(receiver);
    if (place === undefined) receiver.transform = this.transformed(this.worker, task ?? NOTHING);
    else this.claim(place, task);
    if (isOurs) this.purposes.set(track, name);
  }

  /** Before the server has said anything the name is empty. */
  private checkName(): void {
    const name = this.room?.localParticipant.identity ?? "";
    if (name !== "" && name !== this.identity) this.end("renamed");
  }

  private end(why: Fatal): void {
    if (this.isOver) return;
    this.isOver = true;
    this.worker.terminate();
    this.fatal(why);
  }
}

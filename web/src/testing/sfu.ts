/** An SFU without a network: rooms that write down what is asked of them, and say what a scene has them say. */
import { type BaseE2EEManager, type Room, RoomEvent } from "livekit-client";
import type { LiveKit, MediaEngine } from "../rooms/engine";
import { livekit } from "../rooms/livekit";
import type { Share } from "../rooms/shares";

type Listener = (...facts: never[]) => void;

/** A track that is only a name: jsdom has no media. */
export class FakeMediaTrack {
  readonly kind: "audio" | "video";
  readyState: "live" | "ended" = "live";
  enabled = true;

  constructor(kind: "audio" | "video") {
    this.kind = kind;
  }

  stop(): void {
    this.readyState = "ended";
  }
}

export function aMediaTrack(kind: "audio" | "video"): MediaStreamTrack {
  return new FakeMediaTrack(kind) as unknown as MediaStreamTrack;
}

class FakeLocalTrack {
  readonly mediaStreamTrack: MediaStreamTrack;
  isMuted = false;

  constructor(track: MediaStreamTrack) {
    this.mediaStreamTrack = track;
  }

  async mute(): Promise<void> {
    this.isMuted = true;
    return Promise.resolve();
  }

  /** As the library does: what is not muted sounds. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    track.enabled = !this.isMuted;
    return Promise.resolve();
  }
}

interface FakePublication {
  readonly kind: string;
  readonly trackName: string;
  readonly trackSid: string;
  readonly track: FakeLocalTrack;
  isMuted: boolean;
  mute(): Promise<void>;
  unmute(): Promise<void>;
}

const CODECS = { audio: "audio/opus", video: "video/VP8" } as const;

/** The browser's, which a line puts between a track and the network. */
class FakeTransform {
  readonly options: unknown;

  constructor(_worker: Worker, options: unknown) {
    this.options = options;
  }
}
Object.assign(globalThis, { RTCRtpScriptTransform: FakeTransform });

/** The ticket with which one waits at the door. */
export const WAITING = "to wait";
const SEATED = { canPublish: true, canPublishSources: [], hidden: false };
const AT_THE_DOOR = { canPublish: false, canPublishSources: [], hidden: true };

interface FakeOptions {
  readonly name: string;
  readonly red: boolean;
}

class FakeOwn {
  identity = "";
  isSpeaking = false;
  connectionQuality = livekit.ConnectionQuality.Good;
  permissions: unknown = SEATED;
  /** The lists of who may hear, in order. */
  readonly lists: (readonly string[])[] = [];
  /** Who may have what now. */
  shares: readonly Share[] = [];
  /** What is sent now, by name. */
  readonly sent = new Map<string, FakePublication>();
  /** What was asked, in order: `list of 2`, `floor muted`, `floor plain` (without RED), `camera`, `unpublish camera`. */
  readonly told: string[] = [];

  /** What was sent, without the lists. */
  get tracks(): readonly string[] {
    return this.told.filter((word) => !word.startsWith("list"));
  }

  on(): this {
    return this;
  }

  setTrackSubscriptionPermissions(all: boolean, list: readonly Share[]): void {
    this.shares = list;
    this.told.push(all ? "list of everybody" : `list of ${list.length}`);
    this.lists.push(all ? ["everybody"] : list.map(({ participantIdentity }) => participantIdentity));
  }

  async publishTrack(track: FakeLocalTrack, { name, red }: FakeOptions): Promise<FakePublication> {
    this.told.push([name, track.isMuted ? "muted" : "", red ? "" : "plain"].filter((word) => word !== "").join(" "));
    const publication: FakePublication = {
      kind: track.mediaStreamTrack.kind,
      trackName: name,
      trackSid: `id of ${name}`,
      track,
      isMuted: track.isMuted,
      async mute() {
        publication.isMuted = true;
        track.isMuted = true;
        return Promise.resolve();
      },
      async unmute() {
        publication.isMuted = false;
        track.isMuted = false;
        return Promise.resolve();
      },
    };
    this.sent.set(name, publication);
    return Promise.resolve(publication);
  }

  async unpublishTrack(track: FakeLocalTrack): Promise<void> {
    for (const [name, publication] of this.sent) {
      if (publication.track !== track) continue;
      this.sent.delete(name);
      this.told.push(`unpublish ${name}`);
    }
    return Promise.resolve();
  }
}

/** One connection to one room. */
export class FakeRoom {
  readonly localParticipant = new FakeOwn();
  readonly remoteParticipants = new Map<string, unknown>();
  state = livekit.ConnectionState.Disconnected;
  token = "";
  /** When the newest packet of each track was played, by its id: `FANE/int:en`. */
  readonly played = new Map<string, number>();
  private life = "";
  private readonly sfu: FakeSfu;
  private readonly listeners = new Map<RoomEvent, Listener[]>();

  constructor(sfu: FakeSfu, options: { readonly encryption: { readonly e2eeManager: BaseE2EEManager } }) {
    this.sfu = sfu;
    sfu.rooms.push(this);
    options.encryption.e2eeManager.setup(this as unknown as Room);
  }

  on(event: RoomEvent, listener: Listener): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event: RoomEvent, ...facts: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...(facts as never[]));
  }

  async connect(_url: string, token: string): Promise<void> {
    this.token = token;
    if (this.sfu.down) throw new Error("out of reach");
    this.localParticipant.identity = this.sfu.identity;
    this.life = this.sfu.life;
    if (token === WAITING) this.localParticipant.permissions = AT_THE_DOOR;
    this.emit(RoomEvent.SignalConnected);
    await this.sfu.media;
    if (this.ended) throw new Error("disconnected");
    this.state = livekit.ConnectionState.Connected;
  }

  async getSid(): Promise<string> {
    return Promise.resolve(this.life);
  }

  ended = false;

  async disconnect(): Promise<void> {
    this.ended = true;
    this.state = livekit.ConnectionState.Disconnected;
    return Promise.resolve();
  }

  private receiver(id: string): Pick<RTCRtpReceiver, "getSynchronizationSources"> {
    return {
      getSynchronizationSources: () => {
        const timestamp = this.played.get(id);
        return timestamp === undefined ? [] : [{ timestamp, source: 1, rtpTimestamp: 0 }];
      },
    };
  }

  /** Somebody else comes, with tracks by name; in a codec of ours unless another is named. */
  arrives(identity: string, tracks: Readonly<Record<string, "audio" | "video">>, mimeType?: string): void {
    const publications = Object.entries(tracks).map(([trackName, kind]) => ({
      trackSid: `${identity}/${trackName}`,
      trackName,
      isMuted: false,
      mimeType: mimeType ?? CODECS[kind],
      track: { kind, mediaStreamTrack: aMediaTrack(kind), receiver: this.receiver(`${identity}/${trackName}`) },
    }));
    const participant = {
      identity,
      isSpeaking: false,
      connectionQuality: livekit.ConnectionQuality.Good,
      trackPublications: new Map(publications.map((each) => [each.trackSid, each])),
    };
    this.remoteParticipants.set(identity, participant);
    for (const publication of publications) {
      this.emit(RoomEvent.TrackSubscribed, publication.track, publication, participant);
    }
  }
}

/** Every room that was connected to, in order. */
export class FakeSfu implements MediaEngine {
  readonly rooms: FakeRoom[] = [];
  /** Who the SFU says one is. */
  identity: string;
  /** Media flows when this settles. */
  media: Promise<void> = Promise.resolve();
  down = false;
  /** Which life of the room it has: another once it was started again. */
  life = "1";
  /** Whether it lets nobody in who waits. */
  isSlow = false;

  constructor(identity: string) {
    this.identity = identity;
  }

  get room(): FakeRoom {
    const room = this.rooms.at(-1);
    if (room === undefined) throw new Error("no room was connected to");
    return room;
  }

  /** Lets in whoever waits at the door, unless it takes its time. */
  letIn(): void {
    if (this.isSlow) return;
    this.room.localParticipant.permissions = SEATED;
    this.room.emit(RoomEvent.ParticipantPermissionsChanged);
  }

  warm(): void {
    // There is no media engine to start.
  }

  async load(): Promise<LiveKit> {
    const faked: unknown = {
      ...livekit,
      Room: FakeRoom.bind(null, this),
      LocalAudioTrack: FakeLocalTrack,
      LocalVideoTrack: FakeLocalTrack,
    };
    return Promise.resolve(faked as LiveKit);
  }
}

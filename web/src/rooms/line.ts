/** Our face of livekit-client: one connection to one room of the SFU. */
import type {
  LocalTrack,
  LocalTrackPublication,
  Participant,
  RemoteParticipant,
  RemoteTrackPublication,
  Room,
  TrackPublishOptions,
} from "livekit-client";
import { waitBefore } from "../kernel/backoff";
import type { Identity } from "../kernel/ids";
import { isPurpose, type Sealing, StrictManager } from "../keys";
import type { LiveKit } from "./engine";
import type { Presence, Source } from "./model";
import { type Played, playedAt } from "./packets";
import { Sharing } from "./shares";

/** A track of somebody else as it is now. */
export interface RemoteTrackNow {
  readonly id: string;
  /** `floor`, `camera`, `screen`, `int:<language>` or `sign:<language>`: what it was sealed as. */
  readonly name: string;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
}

/** Somebody else in the room. */
export interface Remote {
  readonly identity: Identity;
  readonly connection: Presence["connection"];
  readonly speaking: boolean;
  readonly tracks: readonly RemoteTrackNow[];
}

/** Why a line ended. */
export type LineEnd = "lost" | "removed" | "duplicate";

/** What the line tells its owner. */
export interface LineTold {
  /** Signalling stands and nothing was sent yet: the moment to say who may hear. */
  joined(): void;
  /** Somebody came, went, spoke, or a track changed; or what oneself may publish did. */
  changed(): void;
  /** Signalling broke; the library tries to resume it, and media may flow on meanwhile. */
  faltering(): void;
  /** Signalling, which failed unnoticed, stands again; the SFU may have forgotten what it was told. */
  restored(): void;
  ended(end: LineEnd): void;
}

/** What to send, and how. */
export interface Outgoing {
  readonly name: string;
  readonly source: Source;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
}

/**
 * Opus at 64 kbit/s without silence suppression, because interpreters work from breath and pauses. RED where all take
 * it, because at 10 % loss it leaves under 1 % of the sound concealed instead of 9 %. VP8 in one layer: all tiles have one size.
 */
const PUBLISHING: TrackPublishOptions = {
  audioPreset: { maxBitrate: 64_000 },
  dtx: false,
  videoCodec: "vp8",
  backupCodec: false,
  simulcast: false,
  videoEncoding: { maxBitrate: 700_000, maxFramerate: 20 },
  screenShareEncoding: { maxBitrate: 1_500_000, maxFramerate: 5 },
  stopMicTrackOnMute: false,
};

/** The library tries to resume this often; then its end is told, and a fresh ticket is quicker than more tries. */
const RESUMES = 3;
const RESUMING_AT_MOST = 4000;

export class Line {
  private readonly livekit: LiveKit;
  private readonly room: Room;
  private readonly told: LineTold;
  private readonly sent = new Map<string, LocalTrackPublication>();
  /** Sounds that are sent with what was said just before. */
  private readonly redundant = new Set<string>();
  private readonly sharing: Sharing;
  private readonly sealing: Sealing;
  private readonly listening: (() => void)[] = [];
  private readonly manager: StrictManager;
  private over = false;

  /** @param sealing what everything is sealed with. */
  constructor(livekit: LiveKit, told: LineTold, sealing: Sealing) {
    this.livekit = livekit;
    this.told = told;
    this.sealing = sealing;
    this.manager = this.sealedBy(sealing);
    this.room = new livekit.Room({
      encryption: { e2eeManager: this.manager },
      adaptiveStream: false,
      dynacast: false,
      // Tracks belong to the devices; they outlive a line and are sent again on the next.
      stopLocalTrackOnUnpublish: false,
      publishDefaults: PUBLISHING,
      reconnectPolicy: {
        nextRetryDelayInMs: ({ retryCount, elapsedMs }) =>
          retryCount < RESUMES && elapsedMs < RESUMING_AT_MOST ? waitBefore(retryCount) : null,
      },
    });
    this.sharing = new Sharing(this.room.localParticipant, this.sent);
    this.listen();
  }

  /** Settles when media flows. */
  async connect(url: string, token: string): Promise<void> {
    await this.room.connect(url, token, {
      maxRetries: 0,
      websocketTimeout: 5000,
      peerConnectionTimeout: 10_000,
    });
  }

  /** Whether media flows now; false while the library is resuming. */
  flows(): boolean {
    return this.room.state === this.livekit.ConnectionState.Connected;
  }

  /** Whether one is still at the door: told to nobody, and let through nothing. */
  waits(): boolean {
    return this.room.localParticipant.permissions?.hidden === true;
  }

  /** Settles when one no longer waits at the door; never if that does not come. */
  async entered(): Promise<void> {
    await new Promise<void>((settle) => {
      const look = (): void => {
        if (!this.waits()) settle();
      };
      this.room.on(this.livekit.RoomEvent.ParticipantPermissionsChanged, look);
      look();
    });
  }

  get identity(): string {
    return this.room.localParticipant.identity;
  }

  /** From now on the SFU forwards what is sent here to these identities and to nobody else. */
  restrict(hearers: readonly Identity[]): void {
    this.sharing.restrict(hearers);
  }

  /** Whether the SFU takes tracks of this source from us now. */
  takes(source: Source): boolean {
    const permissions = this.room.localParticipant.permissions;
    if (permissions?.canPublish !== true) return false;
    const { canPublishSources } = permissions;
    const { Track } = this.livekit;
    return (
      canPublishSources.length === 0 ||
      canPublishSources.some((proto) => Track.sourceFromProto(proto) === this.sourceOf(source))
    );
  }

  /** The names of what is being sent. */
  sending(): readonly string[] {
    return [...this.sent.keys()];
  }

  isMuted(name: string): boolean {
    const publication = this.sent.get(name);
    return publication === undefined || publication.isMuted || publication.track?.mediaStreamTrack.enabled === false;
  }

  /** Sends a track; resolves when the SFU has it. */
  async publish(outgoing: Outgoing): Promise<void> {
    const { LocalAudioTrack, LocalVideoTrack } = this.livekit;
    const { track } = outgoing;
    // The library's own types do not hold under exactOptionalPropertyTypes (`processor?: …` against `| undefined`).
    const local = (
      track.kind === "audio" ? new LocalAudioTrack(track, undefined, true) : new LocalVideoTrack(track, undefined, true)
    ) as LocalTrack;
    // A track that nobody has said the purpose of is not sealed, and not sent.
    if (isPurpose(outgoing.name)) this.manager.intend(local, outgoing.name);
    // Muted before it is published, so that no frame of a closed microphone ever leaves.
    if (outgoing.muted) await local.mute();
    this.sharing.begins(outgoing.name);
    const red = this.agreesOnRed();
    const publication = await this.room.localParticipant.publishTrack(local, {
      name: outgoing.name,
      source: this.sourceOf(outgoing.source),
      red,
    });
    this.sent.set(outgoing.name, publication);
    this.sharing.began();
    if (red) this.redundant.add(outgoing.name);
    else this.redundant.delete(outgoing.name);
  }

  /** Whether a sound is sent in another way than all can open now: it is to be sent anew. */
  isStale(name: string): boolean {
    const isSound = this.sent.get(name)?.kind === this.livekit.Track.Kind.Audio;
    return isSound && this.redundant.has(name) !== this.agreesOnRed();
  }

  /** @param silent whether nothing leaves, muted or not. */
  async mute(name: string, muted: boolean, silent = muted): Promise<void> {
    const publication = this.sent.get(name);
    if (publication === undefined) return;
    if (publication.isMuted !== muted) await (muted ? publication.mute() : publication.unmute());
    const media = publication.track?.mediaStreamTrack;
    if (media !== undefined) media.enabled = !silent;
  }

  /** Lets nothing more out under this name, at once and whatever state the line is in; the SFU is told by `mute`. */
  silence(name: string): void {
    const media = this.sent.get(name)?.track?.mediaStreamTrack;
    if (media !== undefined) media.enabled = false;
  }

  /** Sends another device's track under the same name, without a gap in the publication. */
  async replace(name: string, track: MediaStreamTrack): Promise<void> {
    const local = this.sent.get(name)?.track;
    if (local === undefined) return;
    const isSilent = this.isMuted(name);
    track.enabled = !isSilent;
    await local.replaceTrack(track, true);
    // The library lets out again whatever is not muted, and with it what is silent all the same.
    if (isSilent) track.enabled = false;
  }

  async unpublish(name: string): Promise<void> {
    const track = this.sent.get(name)?.track;
    this.sent.delete(name);
    if (track !== undefined) await this.room.localParticipant.unpublishTrack(track, false);
    this.sharing.ended(name);
  }

  /** Everybody else in the room, and what comes from them. */
  remotes(): readonly Remote[] {
    return [...this.room.remoteParticipants.values()].map((participant) => this.remote(participant));
  }

  /** Oneself, as the SFU hears one. */
  own(): Pick<Remote, "connection" | "speaking"> {
    const { localParticipant } = this.room;
    return { connection: this.quality(localParticipant), speaking: localParticipant.isSpeaking };
  }

  /** What the browser counts of each sound that is sent, and of each that comes. */
  async counted(): Promise<readonly RTCStatsReport[]> {
    const all = [...this.sent.values(), ...this.come()];
    const tracks = all.flatMap(({ track }) => (track?.kind === this.livekit.Track.Kind.Audio ? [track] : []));
    const reports = await Promise.all(tracks.map(async (track) => track.getRTCStatsReport()));
    return reports.filter((report) => report !== undefined);
  }

  /** When the newest packet of each of these that come was played, in ms by the browser's clock. */
  played(ids: readonly string[]): Played {
    const asked = this.come().filter(({ trackSid }) => ids.includes(trackSid));
    return new Map(asked.map(({ trackSid, track }) => [trackSid, playedAt(track?.receiver)]));
  }

  /** Ends the line; nothing is told after it. */
  async close(): Promise<void> {
    this.over = true;
    this.manager.close();
    for (const callOff of this.listening.splice(0)) callOff();
    this.sent.clear();
    await this.room.disconnect(false);
  }

  private come(): readonly RemoteTrackPublication[] {
    return [...this.room.remoteParticipants.values()].flatMap((each) => [...each.trackPublications.values()]);
  }

  private agreesOnRed(): boolean {
    return this.sealing.redundancy.get();
  }

  /** The library's encryption: ours. When it ends, the line does. */
  private sealedBy(sealing: Sealing): StrictManager {
    const ended = sealing.onEnd(() => {
      this.lose();
    });
    const changed = sealing.redundancy.subscribe(() => {
      if (!this.over) this.told.changed();
    });
    this.listening.push(ended, changed);
    return new StrictManager(sealing.worker, sealing.identity, () => {
      sealing.fail();
    });
  }

  /** Which life of the room the line is in. */
  async life(): Promise<string> {
    return this.room.getSid();
  }

  /** Gives the line up. */
  lose(): void {
    if (this.over) return;
    void this.close();
    this.told.ended("lost");
  }

  private listen(): void {
    const { RoomEvent } = this.livekit;
    const changed = (): void => {
      if (!this.over) this.told.changed();
    };
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ConnectionQualityChanged,
      RoomEvent.ParticipantPermissionsChanged,
    ] as const) {
      this.room.on(event, changed);
    }
    this.room.on(RoomEvent.LocalTrackUnpublished, (publication) => {
      if (this.sent.get(publication.trackName) === publication) {
        this.sent.delete(publication.trackName);
      }
      changed();
    });
    this.room.on(RoomEvent.SignalConnected, () => {
      if (!this.over) this.told.joined();
    });
    this.room.on(RoomEvent.SignalReconnecting, () => {
      if (!this.over) this.told.faltering();
    });
    this.room.on(RoomEvent.Reconnected, () => {
      if (!this.over) this.told.restored();
    });
    // All begins anew: with a fresh ticket and another line that is quicker. The library waits two seconds at least
    // before it says what is heard (`minReconnectWait`), and its ticket may be too old by now.
    this.room.on(RoomEvent.Reconnecting, () => {
      this.lose();
    });
    this.room.on(RoomEvent.Disconnected, (reason) => {
      if (this.over) return;
      this.over = true;
      this.told.ended(this.endOf(reason));
    });
  }

  private endOf(reason: number | undefined): LineEnd {
    const { DisconnectReason } = this.livekit;
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) return "duplicate";
    if (reason === DisconnectReason.PARTICIPANT_REMOVED) return "removed";
    return "lost";
  }

  private remote(participant: RemoteParticipant): Remote {
    const tracks: RemoteTrackNow[] = [];
    for (const { trackSid, track, isMuted } of participant.trackPublications.values()) {
      const name = track === undefined ? undefined : this.manager.purposeOf(track);
      if (track === undefined || name === undefined) continue;
      tracks.push({ id: trackSid, name, track: track.mediaStreamTrack, muted: isMuted });
    }
    return {
      identity: participant.identity as Identity,
      connection: this.quality(participant),
      speaking: participant.isSpeaking,
      tracks,
    };
  }

  private quality(participant: Participant): Presence["connection"] {
    const { ConnectionQuality } = this.livekit;
    switch (participant.connectionQuality) {
      case ConnectionQuality.Excellent:
      case ConnectionQuality.Good:
        return "good";
      case ConnectionQuality.Poor:
        return "poor";
      case ConnectionQuality.Lost:
        return "lost";
      case ConnectionQuality.Unknown:
        return "unknown";
    }
  }

  private sourceOf(source: Source): import("livekit-client").Track.Source {
    const { Source: Sources } = this.livekit.Track;
    switch (source) {
      case "microphone":
        return Sources.Microphone;
      case "camera":
        return Sources.Camera;
      case "screen":
        return Sources.ScreenShare;
    }
  }
}

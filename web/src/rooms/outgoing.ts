/** What one sends: brings what the line carries in step with what is wished and allowed. */
import type { ModeName, Seat } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { Capture } from "./devices";
import type { Line } from "./line";
import type { Grant, LineRoom, Sending, Source } from "./model";
import { type Channels, channelTrack, isOfCamera, isSigned, sendsChannels } from "./presences";
import { WHISPERED } from "./shares";

/** What a member wants to send, as far as it is allowed. */
export interface Wish extends Sending {
  /** For interpreters: the channel on air. */
  readonly onAir: Language | null;
  /** The channel that they leave, still sent until the others have heard that they do. */
  readonly lingers?: Language | null;
  /** Channels that may soon be on air: the way to all listeners is open, and nothing is said on it yet. */
  readonly ready?: readonly Language[];
  /** To whom they whisper; no channel of theirs is open meanwhile. */
  readonly whispers?: Identity | null;
  /** They cough: no sound leaves, and the channel, or the floor, stays theirs. */
  readonly coughs?: boolean;
}

/** One track that should be on the line. */
export interface Due {
  readonly name: string;
  readonly source: Source;
  readonly muted: boolean;
  /** Silent though it is not muted: the others are not told. */
  readonly hushed?: boolean;
}

/** Where one sits, by which mode of interpretation and among which channels. */
export interface Place {
  readonly room: LineRoom;
  readonly mode: ModeName;
  readonly channels: Channels;
}

/** The tracks that should be on the line. Microphones and channels stay and are muted: unmuting is instant. Pure. */
export function due(own: Seat, { room, mode, channels }: Place, grant: Grant, wish: Wish): readonly Due[] {
  const tracks = sendsChannels(own, room, mode)
    ? [...own.languages.map((language) => dueChannel(language, channels, wish)), ...dueWhisper(wish)]
    : dueOwn(wish);
  return tracks.filter(({ source }) => grant.publish.includes(source));
}

/** What one sends as oneself. */
function dueOwn(wish: Wish): readonly Due[] {
  const shown = (["camera", "screen"] as const).filter((source) => wish[source]);
  return [
    { name: "floor", source: "microphone", muted: !wish.microphone, hushed: wish.coughs === true },
    ...shown.map((source) => ({ name: source, source, muted: false })),
  ];
}

function dueWhisper({ whispers, coughs = false }: Wish): readonly Due[] {
  return whispers ? [{ name: WHISPERED + whispers, source: "microphone", muted: false, hushed: coughs }] : [];
}

function dueChannel(language: Language, channels: Channels, wish: Wish): Due {
  const { onAir, lingers, whispers, ready = [], coughs = false } = wish;
  const isOnAir = !whispers && (onAir === language || lingers === language);
  const muted = !isOnAir && !ready.includes(language);
  const source = isSigned(language, channels) ? "camera" : "microphone";
  return { name: channelTrack(language, channels), source, muted, hushed: coughs || !isOnAir };
}

function isLoud({ muted, hushed }: Due): boolean {
  return !muted && hushed !== true;
}

/** Where tracks come from. */
export interface Studio {
  copy(kind: Capture): Promise<MediaStreamTrack>;
  close(kind: Capture): void;
  /** Opens a device ahead of its need; its trouble shows in the devices' state. */
  warm(kind: Capture): Promise<void>;
  shareScreen(): Promise<MediaStreamTrack>;
}

/** One line's sending side. Steps run one after another, each against the newest due list. */
export class Outbox {
  private readonly line: Line;
  private readonly studio: Studio;
  private readonly log: Log;
  private readonly tracks = new Map<string, MediaStreamTrack>();
  private wanted: readonly Due[] = [];
  private running: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(line: Line, studio: Studio, log: Log) {
    this.line = line;
    this.studio = studio;
    this.log = log;
  }

  /** The local track under this name; null when none is sent. */
  track(name: string): MediaStreamTrack | null {
    return this.line.sending().includes(name) ? (this.tracks.get(name) ?? null) : null;
  }

  /** Brings the line in step; resolves when it is. */
  async align(wanted: readonly Due[]): Promise<void> {
    this.wanted = wanted;
    this.again = true;
    // What is switched off is silent now; the steps below may have to wait for the line.
    for (const [name, media] of this.tracks) {
      if (this.lets(name)) continue;
      media.enabled = false;
      this.line.silence(name);
    }
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Another device stands behind this kind: its tracks are swapped in place. */
  async swap(kind: Capture): Promise<void> {
    for (const { name, source } of this.wanted) {
      if (source !== kind || !this.line.sending().includes(name)) continue;
      const track = await this.studio.copy(kind);
      if (this.closed) {
        track.stop();
        return;
      }
      this.tracks.get(name)?.stop();
      this.tracks.set(name, track);
      await this.line.replace(name, track);
    }
  }

  /** Stops every copy; the devices themselves stay as they are. */
  close(): void {
    this.closed = true;
    for (const track of this.tracks.values()) track.stop();
    this.tracks.clear();
  }

  private async run(): Promise<void> {
    while (this.again && !this.closed) {
      this.again = false;
      try {
        await this.step(this.wanted);
      } catch (error) {
        // A permission may have been taken back half way, or a device be gone: both show elsewhere.
        this.log.trouble("not sent", error);
      }
    }
  }

  private async step(wanted: readonly Due[]): Promise<void> {
    const names = new Set(wanted.map(({ name }) => name));
    for (const name of this.line.sending()) if (!names.has(name)) await this.withdraw(name);
    // What falls silent first: two channels are never on air together.
    const silentFirst = wanted.toSorted((one, other) => Number(other.muted) - Number(one.muted));
    for (const track of silentFirst) {
      if (this.again || this.closed) return;
      if (this.line.isStale(track.name)) await this.line.unpublish(track.name);
      if (this.line.sending().includes(track.name)) await this.line.mute(track.name, track.muted, !isLoud(track));
      else if (this.line.takes(track.source)) await this.send(track);
    }
  }

  /** Whether something is to leave under this name now. */
  private lets(name: string): boolean {
    return this.wanted.some((track) => track.name === name && isLoud(track));
  }

  private async send(track: Due): Promise<void> {
    const held = this.tracks.get(track.name);
    const media = held?.readyState === "live" ? held : await this.open(track.source);
    if (this.closed) {
      media.stop();
      return;
    }
    this.tracks.set(track.name, media);
    // From the first instant: what is only to be ready, or was switched off while it was opened, lets nothing out.
    media.enabled = this.lets(track.name);
    await this.line.publish({ ...track, track: media });
  }

  private async open(source: Source): Promise<MediaStreamTrack> {
    return source === "screen" ? this.studio.shareScreen() : this.studio.copy(source);
  }

  private async withdraw(name: string): Promise<void> {
    try {
      await this.line.unpublish(name);
    } finally {
      this.tracks.get(name)?.stop();
      this.tracks.delete(name);
      if (isOfCamera(name) && ![...this.tracks.keys()].some(isOfCamera)) this.studio.close("camera");
    }
  }
}

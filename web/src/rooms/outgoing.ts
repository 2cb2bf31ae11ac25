/** What one sends: brings what the line carries in step with what is wished and allowed. */
import type { Seat } from "../contract/parse";
import type { Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { Capture } from "./devices";
import type { Line } from "./line";
import type { Grant, RoomName, Sending, Source } from "./model";
import { channelTrack, sendsChannels } from "./presences";

/** What a member wants to send, as far as it is allowed. */
export interface Wish extends Sending {
  /** For interpreters: the channel on air. */
  readonly onAir: Language | null;
}

/** One track that should be on the line. */
export interface Due {
  readonly name: string;
  readonly source: Source;
  readonly muted: boolean;
}

/** The tracks that should be on the line. Microphones stay and are muted: unmuting is instant. Pure. */
export function due(own: Seat, room: RoomName, grant: Grant, wish: Wish): readonly Due[] {
  const tracks: Due[] = [];
  if (grant.publish.includes("microphone")) {
    if (sendsChannels(own, room)) {
      for (const language of own.languages) {
        tracks.push({
          name: channelTrack(language),
          source: "microphone",
          muted: wish.onAir !== language,
        });
      }
    } else tracks.push({ name: "floor", source: "microphone", muted: !wish.microphone });
  }
  for (const source of ["camera", "screen"] as const) {
    if (grant.publish.includes(source) && wish[source]) {
      tracks.push({ name: source, source, muted: false });
    }
  }
  return tracks;
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
    for (const name of this.line.sending()) {
      if (!wanted.some((track) => track.name === name && !track.muted)) this.line.silence(name);
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
      if (this.line.sending().includes(track.name)) await this.line.mute(track.name, track.muted);
      else if (this.line.takes(track.source)) await this.send(track);
    }
  }

  private async send(track: Due): Promise<void> {
    const held = this.tracks.get(track.name);
    const media = held?.readyState === "live" ? held : await this.open(track.source);
    if (this.closed) {
      media.stop();
      return;
    }
    this.tracks.set(track.name, media);
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
      if (name === "camera") this.studio.close("camera");
    }
  }
}

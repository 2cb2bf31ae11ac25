/**
 * Tracks whose frames come before anybody says whose they are. Nobody reads them meanwhile, so the browser keeps what
 * comes, for as many frames as it likes; nothing passes.
 */
import type { Task } from "./messages";

/** The places at which tracks are held. A track and what is said of it may come in either order. */
export class Held<Track> {
  private readonly tracks = new Map<number, Track>();
  private readonly claims = new Map<number, Task | null>();

  /** Holds a track; returns what was said of it, undefined while nothing was. */
  hold(place: number, track: Track): Task | null | undefined {
    const task = this.claims.get(place);
    if (task === undefined) this.tracks.set(place, track);
    this.claims.delete(place);
    return task;
  }

  /** Says what a track is for; returns the track, undefined while it has not come. */
  claim(place: number, task: Task | null): Track | undefined {
    const track = this.tracks.get(place);
    if (track === undefined) this.claims.set(place, task);
    this.tracks.delete(place);
    return track;
  }
}

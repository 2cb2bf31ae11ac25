/** Remembers which frames came already, so that none is shown twice. */
import type { Number96 } from "./layout";

/** How far behind the newest frame of its track one may come late. */
export const WINDOW = 4096;
/** Tracks times starts of a sender that are remembered; the keys of earlier starts are long gone. */
const REMEMBERED = 64;

/** The numbers seen of one track of one start, as in RFC 4303 §3.4.3. */
class Seen {
  private readonly places = new Uint8Array(WINDOW);
  private newest = -1;

  /** Takes a number once: false when it was taken, or is too far behind to know. */
  take(count: number): boolean {
    if (count > this.newest) {
      for (let next = Math.max(this.newest + 1, count - WINDOW + 1); next < count; next += 1) {
        this.places[next % WINDOW] = 0;
      }
      this.newest = count;
    } else if (count <= this.newest - WINDOW || this.places[count % WINDOW] === 1) return false;
    this.places[count % WINDOW] = 1;
    return true;
  }
}

/**
 * What came of one sender. It outlives keys and tracks: a sender's count never goes back, so a key that is installed
 * again or a track that is subscribed anew lets no old frame through.
 */
export class Replays {
  private readonly seen = new Map<string, Seen>();

  take({ tag, start, count }: Number96): boolean {
    const name = `${String(tag)} ${String(start)}`;
    const seen = this.seen.get(name) ?? new Seen();
    // Last in the map is last used.
    this.seen.delete(name);
    this.seen.set(name, seen);
    if (this.seen.size > REMEMBERED) this.seen.delete([...this.seen.keys()][0] ?? name);
    return seen.take(count);
  }
}

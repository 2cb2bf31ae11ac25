/**
 * Sounds of channels of which no packet comes any more though nobody has muted them: the sender's network is dead, or their page
 * froze in mid-sentence, and the SFU keeps them seated for a quarter of a minute or longer. By packets and not by loudness: whoever
 * pauses or coughs sends silence.
 */
import type { Clock } from "../kernel/clock";
import type { RemoteSound } from "./presences";

/** So long does no packet come before a sound counts as not there, in ms: longer than any jitter buffer is empty. */
export const STALLS = 1500;
/** How often one looks, in ms. */
const LOOK = 250;

/** When the newest packet of each sound was played, by its id, in ms by the browser's clock. */
export type Played = ReadonlyMap<string, number | undefined>;

/** What is known of one sound's packets. */
export interface Flow {
  /** When its newest packet was played, by the browser's clock; undefined: never. */
  readonly newest: number | undefined;
  /** Since when it is the newest, in ms by the clock of the page. */
  readonly since: number;
  /** Since when packets have come without a stall, likewise. */
  readonly steady: number;
}

/** When the newest packet of a sound was played, in ms by the browser's clock; undefined: none in the last ten seconds. */
export function playedAt(receiver: Pick<RTCRtpReceiver, "getSynchronizationSources"> | undefined): number | undefined {
  const times = receiver?.getSynchronizationSources().map(({ timestamp }) => timestamp) ?? [];
  return times.length === 0 ? undefined : Math.max(...times);
}

/**
 * The sounds that have stalled. Where of several none comes, or the first comes again, it is one's own line; a single one must have
 * come before.
 */
export function stalledAmong(flows: ReadonlyMap<string, Flow>, now: number): ReadonlySet<string> {
  const late = [...flows].filter(([, { since }]) => now - since >= STALLS);
  const comes = [...flows.values()].some(
    ({ newest, since, steady }) => newest !== undefined && now - since < STALLS && now - steady >= STALLS,
  );
  const isSingle = flows.size === 1 && late.every(([, { newest }]) => newest !== undefined);
  return new Set(comes || isSingle ? late.map(([id]) => id) : []);
}

/** Watches the packets of what is open, the floor's for comparison, while a channel is. */
export class Packets {
  private readonly clock: Clock;
  private readonly played: (ids: readonly string[]) => Played;
  private readonly changed: () => void;
  private flows: ReadonlyMap<string, Flow> = new Map();
  private stalled: ReadonlySet<string> = new Set();
  private stop: (() => void) | null = null;

  /**
   * @param played when the newest packet of each was played.
   * @param changed called when a sound has stalled, or comes again.
   */
  constructor(clock: Clock, played: (ids: readonly string[]) => Played, changed: () => void) {
    this.clock = clock;
    this.played = played;
    this.changed = changed;
  }

  /** From now on these are watched; those of channels that have stalled are told so. */
  marked(sounds: readonly RemoteSound[]): readonly RemoteSound[] {
    this.watch(sounds.some(({ channel, muted }) => channel !== null && !muted) ? sounds : []);
    return sounds.map((sound) => {
      const isStalled = sound.channel !== null && this.flows.has(sound.id) && this.stalled.has(sound.id);
      return isStalled ? { ...sound, stalled: true } : sound;
    });
  }

  private watch(sounds: readonly RemoteSound[]): void {
    const open = sounds.filter(({ muted }) => !muted);
    const now = this.clock.now();
    const begun: Flow = { newest: undefined, since: now, steady: now };
    this.flows = new Map(open.map(({ id }) => [id, this.flows.get(id) ?? begun]));
    if (open.length === 0) {
      this.stop?.();
      this.stop = null;
      this.stalled = new Set();
    } else
      this.stop ??= this.clock.every(LOOK, () => {
        this.look();
      });
  }

  /** However late a look is, it sees what came before it. */
  private look(): void {
    const now = this.clock.now();
    const played = this.played([...this.flows.keys()]);
    const seen = [...this.flows].map(([id, flow]) => {
      const newest = played.get(id);
      if (newest === undefined || newest === flow.newest) return [id, flow] as const;
      const steady = now - flow.since < STALLS ? flow.steady : now;
      return [id, { newest, since: now, steady }] as const;
    });
    this.flows = new Map(seen);
    const stalled = stalledAmong(this.flows, now);
    const isSame = stalled.size === this.stalled.size && [...stalled].every((id) => this.stalled.has(id));
    this.stalled = stalled;
    if (!isSame) this.changed();
  }
}

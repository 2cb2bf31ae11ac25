/** What the browser counts of a line, made into figures that a technician works from (W3C webrtc-stats). Pure. */

/** One stream of sound as it was counted so far. */
interface Flow {
  readonly packets: number;
  readonly lost: number;
  readonly bytes: number;
  /** Seconds of delay, over all samples that were played. */
  readonly delay: number;
  readonly samples: number;
}

/** What was counted at a moment. */
export interface Counts {
  readonly coming: ReadonlyMap<number, Flow>;
  readonly leaving: ReadonlyMap<number, Flow>;
  /** In seconds; null: not measured yet. */
  readonly roundTrip: number | null;
}

/** How a line did between two moments. Null is: nothing to tell it by. */
export interface Way {
  /** Of the sound that comes, and of what is sent, in percent. */
  readonly lost: number | null;
  readonly lostSent: number | null;
  /** In ms. */
  readonly roundTrip: number | null;
  readonly delay: number | null;
  /** Of the sound that is sent with the most, in kbit/s. */
  readonly rate: number | null;
}

type Stat = Readonly<Record<string, unknown>>;

/** Reads reports of senders and receivers; one line's reports name the same things again. */
export function countsOf(reports: readonly Iterable<readonly [string, unknown]>[]): Counts {
  const stats = reports.flatMap((report) => [...report].flatMap(([, stat]) => (isStat(stat) ? [stat] : [])));
  const heard = new Map(of(stats, "remote-inbound-rtp").map((stat) => [figure(stat, "ssrc"), stat]));
  const coming = of(stats, "inbound-rtp").map((stat) => [figure(stat, "ssrc"), flowOf(stat, "packetsReceived", stat)]);
  const leaving = of(stats, "outbound-rtp").map((stat) => {
    const ssrc = figure(stat, "ssrc");
    return [ssrc, flowOf(stat, "packetsSent", heard.get(ssrc) ?? {})];
  });
  const trips = stats
    .filter(({ type, nominated }) => type === "candidate-pair" && nominated === true)
    .flatMap(({ currentRoundTripTime: trip }) => (typeof trip === "number" ? [trip] : []));
  return {
    coming: new Map(coming as [number, Flow][]),
    leaving: new Map(leaving as [number, Flow][]),
    roundTrip: trips.length === 0 ? null : Math.max(...trips),
  };
}

/** What happened between two counts. @param ms how long that was. */
export function wayBetween(before: Counts, after: Counts, ms: number): Way {
  const coming = stepsOf(before.coming, after.coming);
  const leaving = stepsOf(before.leaving, after.leaving);
  const [packets, lost] = [sum(coming, "packets"), sum(coming, "lost")];
  const samples = sum(coming, "samples");
  const sent = sum(leaving, "packets");
  return {
    lost: share(lost, packets + lost),
    lostSent: share(sum(leaving, "lost"), sent),
    roundTrip: after.roundTrip === null ? null : Math.round(after.roundTrip * 1000),
    delay: samples === 0 ? null : Math.round((sum(coming, "delay") / samples) * 1000),
    rate:
      leaving.length === 0 || ms <= 0 ? null : Math.round((Math.max(...leaving.map(({ bytes }) => bytes)) * 8) / ms),
  };
}

function isStat(stat: unknown): stat is Stat {
  return typeof stat === "object" && stat !== null;
}

function of(stats: readonly Stat[], type: string): readonly Stat[] {
  return stats.filter((stat) => stat["type"] === type && stat["kind"] === "audio");
}

function figure(stat: Stat, name: string): number {
  const value = stat[name];
  return typeof value === "number" ? value : 0;
}

/** @param at whoever receives it, who alone knows what was lost. */
function flowOf(stat: Stat, packets: string, at: Stat): Flow {
  return {
    packets: figure(stat, packets),
    lost: figure(at, "packetsLost"),
    bytes: figure(stat, "bytesSent"),
    delay: figure(stat, "jitterBufferDelay"),
    samples: figure(stat, "jitterBufferEmittedCount"),
  };
}

/** What was added to each stream that there was before. */
function stepsOf(before: ReadonlyMap<number, Flow>, after: ReadonlyMap<number, Flow>): readonly Flow[] {
  return [...after].flatMap(([ssrc, now]) => {
    const was = before.get(ssrc);
    if (was === undefined) return [];
    return [
      {
        packets: now.packets - was.packets,
        // What came late after all counts as not lost any more.
        lost: Math.max(0, now.lost - was.lost),
        bytes: now.bytes - was.bytes,
        delay: now.delay - was.delay,
        samples: now.samples - was.samples,
      },
    ];
  });
}

function sum(steps: readonly Flow[], name: keyof Flow): number {
  return steps.reduce((all, step) => all + step[name], 0);
}

function share(part: number, whole: number): number | null {
  return whole <= 0 ? null : Math.min(100, Math.round((part / whole) * 100));
}

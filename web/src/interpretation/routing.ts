/** What a listener hears, and how loud (docs/protocol.md §7). */
import type { Language } from "../kernel/ids";

/** One track that could be heard: the floor's sound, or a booth's channel. */
export interface Audible {
  readonly id: string;
  /** Null is the floor. */
  readonly channel: Language | null;
  readonly muted: boolean;
}

/** What the listener chose. */
export interface Choice {
  /** Null is the floor. */
  readonly channel: Language | null;
  /** 0 to 1: how loud the floor stays under an interpretation. */
  readonly originalLevel: number;
}

/** How loud the floor stays under an interpretation unless moved. */
export const ORIGINAL_LEVEL = 0.2;

/** The languages with a booth on air, each once. */
export function onAir(audibles: readonly Audible[]): readonly Language[] {
  const languages = new Set<Language>();
  for (const { channel, muted } of audibles) if (channel !== null && !muted) languages.add(channel);
  return [...languages];
}

/** The gain of each track, by id. A chosen language without a booth on air gives the floor in full. */
export function gains(audibles: readonly Audible[], choice: Choice): ReadonlyMap<string, number> {
  const interpreted = choice.channel !== null && onAir(audibles).includes(choice.channel);
  const floor = interpreted ? clamped(choice.originalLevel) : 1;
  return new Map(
    audibles.map(({ id, channel }) => {
      if (channel === null) return [id, floor];
      return [id, interpreted && channel === choice.channel ? 1 : 0];
    }),
  );
}

/** Whether an interpreter may listen to a channel as relay: another booth's, never an own one. */
export function mayListenTo(channel: Language | null, speakingInto: Language | null): boolean {
  return channel === null || channel !== speakingInto;
}

export function clamped(level: number): number {
  return Number.isFinite(level) ? Math.min(1, Math.max(0, level)) : ORIGINAL_LEVEL;
}

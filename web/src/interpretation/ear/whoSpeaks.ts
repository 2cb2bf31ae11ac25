/** Who speaks while nobody has the floor, by what is heard on it. Pure. */
import type { Identity } from "../../kernel/ids";

/** How often one listens, in ms. */
export const LISTEN = 200;
/** As often another must be the loudest before they are the speaker: for a second of speech. */
const SURE = 5;
/** What is softer is nobody's speech, in dBFS. */
const SPEECH = -55;

/** Who speaks, as far as was heard. */
export interface Speaking {
  readonly speaker: Identity | null;
  /** Who has been louder, and how often since the speaker was. */
  readonly other: Identity | null;
  readonly times: number;
}

export const NOBODY: Speaking = { speaker: null, other: null, times: 0 };

/** After one more look. A pause changes nothing; whoever is muted or gone speaks no more. @param levels of all who may be the speaker, in dBFS */
export function speakingNext(before: Speaking, levels: ReadonlyMap<Identity, number>): Speaking {
  const speaker = before.speaker !== null && levels.has(before.speaker) ? before.speaker : null;
  const [loudest, level] = [...levels].reduce<readonly [Identity | null, number]>(
    (most, each) => (each[1] > most[1] ? each : most),
    [null, SPEECH],
  );
  if (level <= SPEECH) return { ...before, speaker };
  if (loudest === speaker) return { speaker, other: null, times: 0 };
  const times = loudest === before.other ? before.times + 1 : 1;
  return times < SURE ? { speaker, other: loudest, times } : { speaker: loudest, other: null, times: 0 };
}

/** An ear without sound: what is set is written down, and its speakers are those of the scene. */
import type { InterpretersEar } from "../app/faces";
import type { EarState } from "../interpretation/ear/ear";
import type { Measures } from "../interpretation/ear/measure";
import type { Identity } from "../kernel/ids";
import { Cell } from "../kernel/store";

/** What a good microphone is worth. */
export const CLEAR: Measures = {
  highest: 19_750,
  bandwidth: "full",
  loudness: -23,
  clipping: 0,
  noise: -68,
  heard: 9.4,
};

/** What is heard in the scene: what each speaker's sound is worth, and how loud each is on the floor. */
export interface HeardInScene {
  readonly speakers?: ReadonlyMap<Identity, Measures>;
  readonly floorLevels?: InterpretersEar["floorLevels"];
}

export function fakeEar(
  { speakers = new Map(), floorLevels = () => new Map() }: HeardInScene,
  note: (text: string) => void,
): InterpretersEar {
  const state = new Cell<EarState>({ volume: 0.8, bass: 0, treble: 3, matched: true, plain: false });
  const cell = new Cell(speakers);
  return {
    state,
    set: (part) => {
      state.set({ ...state.get(), ...part });
      note(`set the ear ${JSON.stringify(part)}`);
    },
    floorLevels,
    levels: () => ({ floor: -20, own: -24, partner: -100 }),
    speakers: cell,
    speakerMeasures: (of) => cell.get().get(of) ?? null,
  };
}

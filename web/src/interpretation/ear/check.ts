/** Listens to one's own microphone and says what it is worth. Nothing of it leaves the device. */
import { type Clock, wallClock } from "../../kernel/clock";
import { Gauge, LOOK } from "./gauge";
import type { Measures } from "./measure";

/** Looks between two words on it. */
const TOLD = 10;

/** Calls `then` about once a second; returns what ends it. Throws where the browser cannot measure. */
export function check(stream: MediaStream, then: (measures: Measures) => void, clock: Clock = wallClock): () => void {
  // Of its own: what is heard of the meeting goes through the other, and is not measured with one's own voice.
  const context = new AudioContext();
  try {
    const gauge = new Gauge(context);
    const unheard = new GainNode(context, { gain: 0 });
    context.createMediaStreamSource(stream).connect(gauge.node).connect(unheard).connect(context.destination);
    let looks = 0;
    const stop = clock.every(LOOK, () => {
      if (gauge.look(true) > 0) looks += 1;
      if (looks < TOLD) return;
      looks = 0;
      then(gauge.report());
    });
    return () => {
      stop();
      void context.close();
    };
  } catch (error) {
    void context.close();
    throw error;
  }
}

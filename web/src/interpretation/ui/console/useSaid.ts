/** What a live region says. */
import { useCallback, useEffect, useState } from "react";

interface Saying {
  readonly text: string;
  /** False while the region is empty, for the same words to be a change when they come again. */
  readonly isThere: boolean;
}

const SILENCE: Saying = { text: "", isThere: true };

/** The same words again are no change to a screen reader: what stands there is taken away first. What waits to be said is not lost. */
function next(now: Saying, text: string): Saying {
  return now.isThere ? { text, isThere: text !== now.text } : { text: `${now.text} ${text}`, isThere: true };
}

/** The words of a live region, and what says something in it, be it the same as before. */
export function useSaid(): readonly [string, (text: string) => void] {
  const [now, set] = useState(SILENCE);
  useEffect(() => {
    if (now.isThere) return undefined;
    const timer = setTimeout(() => {
      set({ text: now.text, isThere: true });
    });
    return () => {
      clearTimeout(timer);
    };
  }, [now]);
  const say = useCallback((text: string) => {
    set((before) => next(before, text));
  }, []);
  return [now.isThere ? now.text : "", say];
}

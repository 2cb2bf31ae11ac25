/** The console's keyboard: every function by its key, wherever one looks, and nothing that belongs to writing or to the browser. */
import { useEffect, useRef } from "react";
import type { ConsoleFunction } from "./consoleFunction";
import type { Doing, Holds } from "./holds";
import { keyOf } from "./keys";

/** What the keyboard asks for. */
export interface WorkedByKeys extends Doing {
  /** What a key does now; undefined for one that does nothing. */
  readonly find: (key: string) => ConsoleFunction | undefined;
}

/** The names of keys among whatever holds something. */
const KEY = "key ";

/**
 * Listens for the console's keys before anything else does, so that a key means at the console what the console says.
 * A function that lasts while its key is held is let go of when the key goes up.
 */
export function useConsoleKeys(on: boolean, work: WorkedByKeys, holds: Holds): void {
  const latest = useRef({ work });
  useEffect(() => {
    latest.current = { work };
  }, [work]);
  useEffect(() => {
    if (!on) return undefined;
    const down = (event: KeyboardEvent): void => {
      const key = keyOf(event);
      const what = key === null ? undefined : latest.current.work.find(key);
      if (key === null || what === undefined || !isFor(what, key, event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !what.repeats) return;
      if (what.release === undefined) latest.current.work.act(what);
      else holds.hold(KEY + event.code, what);
    };
    const up = (event: KeyboardEvent): void => {
      if (holds.letGo(KEY + event.code)) event.preventDefault();
    };
    window.addEventListener("keydown", down, { capture: true });
    window.addEventListener("keyup", up, { capture: true });
    return () => {
      holds.letGoAll(KEY);
      window.removeEventListener("keydown", down, { capture: true });
      window.removeEventListener("keyup", up, { capture: true });
    };
  }, [holds, on]);
}

const OPEN = '[role="dialog"], [role="alertdialog"], [role="menu"]';
const WRITING = "input:not([type=range]), textarea, select, [contenteditable]";
/** What these keys do by themselves on whatever has the focus. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  space: "button, a[href], summary",
  enter: "button, a[href], summary",
  arrowup: "input, [role=group]",
  arrowdown: "input, [role=group]",
  arrowleft: "input, [role=group]",
  arrowright: "input, [role=group]",
};

/** Whether a key is the console's here: not in a field; not where the key presses or moves what has the focus. */
function isFor(what: ConsoleFunction, key: string, target: EventTarget | null): boolean {
  // Whoever reads a sheet is on air all the same, and may have to cough.
  if (what.release === undefined && document.querySelector(OPEN) !== null) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.matches(WRITING)) return false;
  const own = OWN_KEYS[key];
  return own === undefined || !target.matches(own);
}

/** The console's keyboard: every function by its key, wherever one looks, and nothing that belongs to writing or to the browser. */
import { useEffect, useRef } from "react";
import type { ConsoleFunction } from "./consoleFunction";
import type { Doing, Holds } from "./holds";
import { keyOf } from "./keys";
import { Lent } from "./lent";

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
    const lent = new Lent();
    const taken = new Set<string>();
    const down = (event: KeyboardEvent): void => {
      lent.key(event.key, isInside(event.target));
      const key = keyOf(event);
      const what = key === null ? undefined : latest.current.work.find(key);
      if (key === null || what === undefined || !isFor(what, { key, target: event.target, lent })) return;
      event.preventDefault();
      event.stopPropagation();
      taken.add(event.code);
      if (event.repeat && !what.repeats) return;
      if (what.release === undefined) latest.current.work.act(what);
      else holds.hold(KEY + event.code, what);
    };
    const up = (event: KeyboardEvent): void => {
      holds.letGo(KEY + event.code);
      // Of what goes up while Meta is down, a Mac tells nobody.
      if (event.key === "Meta") holds.letGoAll(KEY);
      // Some browsers press a button when the key goes up.
      if (taken.delete(event.code)) event.preventDefault();
    };
    const calledOff = new AbortController();
    const heard = { capture: true, signal: calledOff.signal };
    window.addEventListener("keydown", down, heard);
    window.addEventListener("keyup", up, heard);
    window.addEventListener("pointerdown", () => lent.pointer(), heard);
    window.addEventListener("focusin", ({ target }) => lent.focus(target, isInside(target)), heard);
    return () => {
      holds.letGoAll(KEY);
      calledOff.abort();
    };
  }, [holds, on]);
}

const OPEN = '[role="dialog"], [role="alertdialog"], [role="menu"]';
const WRITING = "input:not([type=range]), textarea, select, [contenteditable]";
/** Where any key is an answer. */
const ASKING = "[data-asks-key]";
/** What these keys do by themselves on whatever has the focus. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  space: "button, a[href], summary",
  enter: "button, a[href], summary",
  arrowup: "input, [role=group]",
  arrowdown: "input, [role=group]",
  arrowleft: "input, [role=group]",
  arrowright: "input, [role=group]",
};

/** In something that is open over the page, which one does not leave while one walks. */
function isInside(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OPEN) !== null;
}

interface Struck {
  readonly key: string;
  readonly target: EventTarget | null;
  readonly lent: Lent;
}

/** Whether a key is the console's here: not in a field; not where the key presses or moves what one went to. */
function isFor(what: ConsoleFunction, { key, target, lent }: Struck): boolean {
  // Whoever reads a sheet is on air all the same, and may have to cough.
  if (what.release === undefined && document.querySelector(OPEN) !== null) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.matches(WRITING) || target.matches(ASKING)) return false;
  const own = OWN_KEYS[key];
  return own === undefined || !target.matches(own) || lent.has(target);
}

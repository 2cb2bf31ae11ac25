/** Whether the single keys are on: kept on this device, changed in the sheet of keys. */
import { createContext, useContext } from "react";

/** Whether single keys press controls (WCAG 2.1.4): whoever speaks to their device switches them off. */
export interface KeyChoice {
  readonly on: boolean;
  readonly setOn: (on: boolean) => void;
}

export const KeyContext = createContext<KeyChoice>({ on: true, setOn: () => undefined });

export function useKeyChoice(): KeyChoice {
  return useContext(KeyContext);
}

/** Kept with the tab over a reload, as its place is. */
export function recallKeys(): boolean {
  return (history.state as { readonly keys?: unknown } | null)?.keys !== false;
}

export function keepKeys(on: boolean): void {
  history.replaceState({ ...(history.state as object | null), keys: on }, "");
}

/** Single keys that press controls. */
import { useEffect } from "react";

/**
 * Presses the control that names a key in `aria-keyshortcuts`. So a key does exactly what its button does, and
 * nothing while that button is disabled or not there.
 */
export function useKeys(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    window.addEventListener("keydown", pressControl);
    return () => {
      window.removeEventListener("keydown", pressControl);
    };
  }, [on]);
}

function pressControl(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target)) return;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return;
  const key = event.key.toLowerCase();
  const named = document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]:not(:disabled)`);
  const control = [...named].find((each) => !isKeptHidden(each));
  if (control === undefined) return;
  event.preventDefault();
  control.focus();
  control.click();
}

/** A screen that is drawn ahead of its time is kept hidden by its style; what one does not see, no key presses. */
function isKeptHidden(element: Element): boolean {
  return element.closest('[style*="display: none"]') !== null;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input:not([type=range]), textarea, select, [contenteditable]")
  );
}

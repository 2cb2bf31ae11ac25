/** A button for one function of the console, with its key on it. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect } from "react";
import { KeyOn } from "../../../design/controls";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { ConsoleFunction } from "./consoleFunction";
import type { Holds } from "./holds";
import { type Chosen, keyFor, written } from "./keys";
import type { WorkedByKeys } from "./useConsoleKeys";
import { isSigning, type Sees } from "./sees";

export interface FunctionButtonProps {
  readonly what: ConsoleFunction;
  readonly sees: Sees;
  readonly say: ConsoleWords;
  readonly chosen: Chosen;
  readonly work: WorkedByKeys;
  readonly holds: Holds;
}

/** Pressing by pointer leaves the focus where it is: the space bar stays the microphone. */
function stay(event: { preventDefault(): void }): void {
  event.preventDefault();
}

/** What can be done, whether it is on, and by which key. */
export function FunctionButton({ what, sees, say, chosen, work, holds }: FunctionButtonProps): ReactNode {
  const name = nameOf(what);
  useEffect(
    () => () => {
      // What pressed a button that is gone cannot let go of it any more.
      holds.letGoAll(name);
    },
    [holds, name],
  );
  const state = what.state(sees);
  const key = keyFor(what, chosen);
  const Sign = isSigning(sees) ? (what.signs ?? what.icon) : what.icon;
  const press =
    what.release === undefined
      ? {
          onClick: () => {
            work.act(what);
          },
        }
      : held(what, holds);
  return (
    <button
      type="button"
      className="button function"
      data-function={what.id}
      data-state={state}
      data-live={what.live}
      aria-pressed={what.toggles ? state === "on" : undefined}
      aria-disabled={state === "unavailable" || undefined}
      // As ARIA writes it; in small letters it would be a key of the page, which presses buttons with Shift too.
      aria-keyshortcuts={key === "space" ? "Space" : key.toUpperCase()}
      onMouseDown={stay}
      {...press}
    >
      {Sign === undefined ? null : <Sign className="icon turns" aria-hidden />}
      <KeyOn>{what.release === undefined ? written(key, say) : say.t("cough.how", { key: written(key, say) })}</KeyOn>
      <span className="function-name">{what.name(sees, say)}</span>
      {what.more === undefined ? null : (
        <span className={what.place === "turn" ? "function-more" : "unseen"}>{what.more(sees, say)}</span>
      )}
    </button>
  );
}

function isPress({ key, repeat }: KeyboardEvent): boolean {
  return (key === " " || key === "Enter") && !repeat;
}

/** How whatever holds a function by its button is named. */
function nameOf({ id }: ConsoleFunction): string {
  return `button ${id} `;
}

/** As long as it is pressed, by whatever presses it: a pointer that only passes over it ends nothing. */
function held(what: ConsoleFunction, holds: Holds) {
  const pointer = ({ pointerId }: PointerEvent): string => `${nameOf(what)}pointer ${pointerId}`;
  const keys = `${nameOf(what)}key `;
  const release = (event: PointerEvent): void => {
    holds.letGo(pointer(event));
  };
  return {
    "data-held": true,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      // A hand that slips off it goes on holding it.
      event.currentTarget.setPointerCapture(event.pointerId);
      holds.hold(pointer(event), what);
    },
    onPointerUp: release,
    onPointerCancel: release,
    onLostPointerCapture: release,
    onContextMenu: stay,
    onBlur: () => {
      holds.letGoAll(keys);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (isPress(event)) holds.hold(keys + event.key, what);
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (isPress(event)) holds.letGo(keys + event.key);
    },
  };
}

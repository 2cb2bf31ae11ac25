/** A button for one function of the console, with its key on it. */
import type { KeyboardEvent, ReactNode } from "react";
import { Key } from "../../../design/controls";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { ConsoleFunction } from "./consoleFunction";
import { type Chosen, keyFor, written } from "./keys";
import type { WorkedByKeys } from "./useConsoleKeys";
import { isSigning, type Sees } from "./sees";

export interface FunctionButtonProps {
  readonly what: ConsoleFunction;
  readonly sees: Sees;
  readonly say: ConsoleWords;
  readonly chosen: Chosen;
  readonly work: WorkedByKeys;
}

/** Pressing by pointer leaves the focus where it is: the space bar stays the microphone. */
function stay(event: { preventDefault(): void }): void {
  event.preventDefault();
}

/** What can be done, whether it is on, and by which key. */
export function FunctionButton({ what, sees, say, chosen, work }: FunctionButtonProps): ReactNode {
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
      : held(what, work);
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
      <span aria-hidden className="function-key">
        <Key>{what.release === undefined ? written(key, say) : say.t("cough.how", { key: written(key, say) })}</Key>
      </span>
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

/** As long as it is pressed, by whatever presses it. */
function held(what: ConsoleFunction, work: WorkedByKeys) {
  const act = (): void => {
    work.act(what);
  };
  const release = (): void => {
    work.release(what);
  };
  return {
    onPointerDown: act,
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: release,
    onBlur: release,
    onKeyDown: (event: KeyboardEvent) => {
      if (isPress(event)) act();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (isPress(event)) release();
    },
  };
}

/** One thing that can be done at the console, as the table of functions has it. */
import type { LucideIcon } from "lucide-react";
import type { ModeName } from "../../../contract/parse";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { Keyed } from "./keys";
import type { Hands, Sees } from "./sees";

export type FunctionState = "off" | "on" | "waiting" | "asked" | "unavailable";

/** One thing that can be done. */
export interface ConsoleFunction extends Keyed {
  /** The only mode in which there is something to do with it; without one, all. Its key is nothing else's in any. */
  readonly mode?: ModeName;
  /** There is something to do with it only for whoever works in a booth. */
  readonly inBooth?: true;
  /** Where its button stands: in the grid, beside the direction, at the turn, in the bar, in the shift; or it has a key alone. */
  readonly place: "grid" | "direction" | "turn" | "bar" | "shift" | "key";
  readonly icon?: LucideIcon;
  /** The same where one signs. */
  readonly signs?: LucideIcon;
  /** How it is called now. */
  readonly name: (sees: Sees, say: ConsoleWords) => string;
  /** What goes without saying for those who see the rest of the console. */
  readonly more?: (sees: Sees, say: ConsoleWords) => string;
  readonly state: (sees: Sees) => FunctionState;
  /** What it is not available for; said when its key is pressed all the same. */
  readonly why?: (sees: Sees, say: ConsoleWords) => string;
  readonly act: (hands: Hands, sees: Sees, say: ConsoleWords) => Promise<void> | void;
  /** It lasts as long as its key or button is held; this ends it. */
  readonly release?: (hands: Hands) => Promise<void> | void;
  /** A key that is kept down goes on doing it. */
  readonly repeats?: true;
  /** On is a light that burns: others hear one. */
  readonly live?: true;
  /** It is pressed or not, whatever it is called. */
  readonly toggles?: true;
}

/** What lasts as long as it is held, whatever holds it: keys, pointers, a button's own key. */
import type { ConsoleFunction } from "./consoleFunction";

/** What begins a function, and what ends one that lasts. */
export interface Doing {
  /** Whether it could be done. */
  readonly act: (what: ConsoleFunction) => boolean;
  readonly release: (what: ConsoleFunction) => void;
}

/** Who holds what. A function ends when the last that holds it lets go, and by nothing that does not hold it. */
export class Holds {
  private readonly held = new Map<string, ConsoleFunction>();
  private doing: Doing;

  constructor(doing: Doing) {
    this.doing = doing;
  }

  /** From now on functions begin and end in this way: with what is seen now. */
  become(doing: Doing): void {
    this.doing = doing;
  }

  /** @param by a name of its own for each key and each pointer. */
  hold(by: string, what: ConsoleFunction): void {
    // Its going up may have been missed.
    this.letGo(by);
    if (this.doing.act(what)) this.held.set(by, what);
  }

  /** Whether it held anything. */
  letGo(by: string): boolean {
    const what = this.held.get(by);
    if (what === undefined) return false;
    this.held.delete(by);
    const isHeld = [...this.held.values()].some(({ id }) => id === what.id);
    if (!isHeld) this.doing.release(what);
    return true;
  }

  /** For all whose name begins so. */
  letGoAll(of: string): void {
    for (const by of this.held.keys()) if (by.startsWith(of)) this.letGo(by);
  }
}

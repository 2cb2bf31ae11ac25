/**
 * The doors at one client: hears the chairs' orders, and gives one's own. Whoever holds the doors open says so again and
 * again until they close them, or another does; a page that ends lets go.
 */
import type { DoorsWord } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import type { Party } from "../kernel/ids";
import { Cell } from "../kernel/store";
import {
  afterFact,
  type Chair,
  closedDoors,
  type DoorFact,
  type Doors,
  type DoorsStanding,
  nextChange,
  RENEWAL,
  standingOf,
} from "./doors";

/** What is to be known of it. */
export interface DoorsState {
  readonly doors: DoorsStanding;
  /** Whether a chair has closed them: this opening is over. */
  readonly isShut: boolean;
  /** The delegations whose hold was missing when doors that were open fell shut by themselves; null: they did not. */
  readonly fallen: readonly Party[] | null;
}

/** What it needs. */
export interface DoorOrdersNeeds {
  /** The server's time, as it was believed when one came: nobody can slow it down since. */
  readonly clock: Clock;
  /** Calls once after so many ms, also when nobody looks at the page; returns what calls it off. */
  readonly after: Clock["after"];
  readonly delegations: readonly Party[];
  /** Oneself, when one gives orders. */
  readonly own: Chair | null;
  /** Signs an order and hands it to the server; settles when that is done, or cannot be. Here it is believed at once. */
  give(word: DoorsWord): Promise<void>;
  /** Remembers over a reload which opening one holds; null: none. */
  remember(opening: number | null): void;
}

export class DoorOrders {
  readonly state = new Cell<DoorsState>({ doors: { at: "closed" }, isShut: false, fallen: null });
  private readonly needs: DoorOrdersNeeds;
  private doors: Doors;
  private isHeld = false;
  /** How many orders to close them are being looked at. */
  private doubts = 0;
  private wereOpen = false;
  private callOff: () => void = () => undefined;
  private letGo: () => void = () => undefined;

  /** @param opening the opening that lasts, or the next. */
  constructor(needs: DoorOrdersNeeds, opening: number) {
    this.needs = needs;
    this.doors = closedDoors(needs.delegations, opening);
  }

  /** A chair's order, whose signature was checked. */
  hear(from: Chair, word: DoorsWord): void {
    if (word.order === "close" && word.opening === this.doors.opening) this.release();
    this.take({ is: "order", from, word });
  }

  /** While an order to close them is looked at, they are closed: that takes longer than a word should go on outside. */
  async doubt(looking: Promise<unknown>): Promise<void> {
    this.doubts += 1;
    this.show();
    try {
      await looking;
    } finally {
      this.doubts -= 1;
      this.show();
    }
  }

  /** Which opening is meant from now on: the one that lasts, or the next. */
  meant(opening: number): void {
    if (opening === this.doors.opening) return;
    this.release();
    // It is over by the server's word: that is no fall.
    this.wereOpen = false;
    this.take({ is: "opening", opening });
  }

  /** That they fell shut is of no interest any more. */
  forgetFall(): void {
    const state = this.state.get();
    if (state.fallen !== null) this.state.set({ ...state, fallen: null });
  }

  /** Holds the doors open, until {@link close}. */
  hold(): void {
    if (this.isHeld || this.doors.isShut || this.needs.own === null) return;
    this.isHeld = true;
    this.needs.remember(this.doors.opening);
    this.renew();
  }

  /** Closes the doors: here at once, whether or not anybody hears of it. */
  async close(): Promise<void> {
    this.release();
    await this.give("close");
  }

  /** Takes the hand from the door; it stays open for as long as the last order holds. */
  release(): void {
    this.letGo();
    if (this.isHeld) this.needs.remember(null);
    this.isHeld = false;
  }

  /** Hears and says nothing more. What was held is held again by the page that comes after a reload. */
  end(): void {
    this.letGo();
    this.isHeld = false;
    this.callOff();
  }

  private renew(): void {
    if (!this.isHeld) return;
    void this.give("hold");
    this.letGo = this.needs.after(RENEWAL, () => {
      this.renew();
    });
  }

  private async give(order: DoorsWord["order"]): Promise<void> {
    const { own, clock } = this.needs;
    if (own === null) return;
    const word = { order, opening: this.doors.opening, at: new Date(clock.now()).toISOString() };
    this.take({ is: "order", from: own, word });
    await this.needs.give(word);
  }

  private take(fact: DoorFact): void {
    const { clock } = this.needs;
    this.doors = afterFact(this.doors, fact, clock.now());
    this.callOff();
    const next = nextChange(this.doors);
    if (next !== null) {
      this.callOff = clock.after(next - clock.now(), () => {
        this.take({ is: "time" });
      });
    }
    this.show();
  }

  private show(): void {
    const stands = standingOf(this.doors, this.needs.clock.now());
    const fallen = this.fallenBy(stands);
    this.wereOpen = stands.at === "open";
    const doors: DoorsStanding = this.doubts > 0 ? { at: "closed" } : stands;
    this.state.set({ doors, isShut: this.doors.isShut, fallen });
  }

  private fallenBy(stands: DoorsStanding): readonly Party[] | null {
    if (stands.at === "open" || this.doors.isShut) return null;
    if (!this.wereOpen) return this.state.get().fallen;
    return stands.at === "opening" ? stands.awaited : this.needs.delegations;
  }
}

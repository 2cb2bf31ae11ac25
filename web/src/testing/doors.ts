/** Doors that stand as a test says. */
import { Cell } from "../kernel/store";
import type { DoorsState } from "../keys/doorOrders";
import type { HungDoors } from "../keys/meetingDoors";

export const HELD: DoorsState = { doors: { at: "open", until: Number.POSITIVE_INFINITY }, isShut: false, fallen: null };
export const NOT_HELD: DoorsState = { doors: { at: "closed" }, isShut: false, fallen: null };
export const SHUT: DoorsState = { doors: { at: "closed" }, isShut: true, fallen: null };

export class FakeDoors implements HungDoors {
  readonly state = new Cell<DoorsState>(NOT_HELD);
  readonly asked: string[] = [];

  follow(): void {
    this.asked.push("follow");
  }

  hold(): void {
    this.asked.push("hold");
  }

  async close(): Promise<void> {
    this.asked.push("close");
    return Promise.resolve();
  }

  end(): void {
    this.asked.push("end");
  }
}

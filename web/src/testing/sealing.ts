/** What seals a line, in tests that seal nothing. */
import type { Identity } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { Sealing } from "../keys";
import { FakeWorker } from "./workers";

export class FakeSealing implements Sealing {
  readonly worker: Worker = new FakeWorker() as unknown as Worker;
  readonly identity: Identity;
  readonly redundancy = new Cell(true);
  failures = 0;
  private readonly listeners = new Set<() => void>();

  constructor(identity: string) {
    this.identity = identity as Identity;
  }

  fail(): void {
    this.failures += 1;
    for (const then of this.listeners) then();
  }

  get isOver(): boolean {
    return this.failures > 0;
  }

  onEnd(then: () => void): () => void {
    this.listeners.add(then);
    return () => {
      this.listeners.delete(then);
    };
  }
}

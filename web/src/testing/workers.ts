/** Workers that note what they are told, and tell what a test has them tell. */

/** A word to a worker. */
interface Said {
  readonly do: string;
  readonly group?: string | null;
}

/** One worker. */
export class FakeWorker extends EventTarget {
  readonly said: Said[] = [];
  /** It has stopped, and tells nobody. */
  isStill = false;
  /** How often it was ended. */
  ended = 0;

  postMessage(word: Said): void {
    if (this.isOver || this.isStill) return;
    if (word.do === "pulse") this.tell({ told: "pulse" });
    else this.said.push(word);
  }

  terminate(): void {
    this.ended += 1;
  }

  get isOver(): boolean {
    return this.ended > 0;
  }

  tell(told: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: told }));
  }

  fail(): void {
    this.dispatchEvent(new Event("error"));
  }

  /** What it was told, by name, with the group that they are of. */
  get words(): readonly string[] {
    return this.said.map(({ do: word, group }) =>
      word === "begin" || group === undefined ? word : `${word} ${String(group)}`,
    );
  }
}

/** All workers of one page, in the order in which they were started. */
export class FakeWorkers {
  readonly framesWorkers: FakeWorker[] = [];
  readonly keysWorkers: FakeWorker[] = [];

  frames(): Worker {
    const made = new FakeWorker();
    this.framesWorkers.push(made);
    return made as unknown as Worker;
  }

  keys(): Worker {
    const made = new FakeWorker();
    this.keysWorkers.push(made);
    return made as unknown as Worker;
  }

  /** The worker of a group that was begun last. */
  of(group: string): FakeWorker {
    const found = this.keysWorkers.findLast(({ said }) => said[0]?.group === group);
    if (found === undefined) throw new Error(`nobody has begun ${group}`);
    return found;
  }
}

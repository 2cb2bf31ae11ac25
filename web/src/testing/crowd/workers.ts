/**
 * The workers of a member who has no page: what a keys worker does is done in this process, and what is told to a frames
 * worker is noted down.
 */
import { Tally } from "../../keys/frames/counts";
import { type KeyWord, type PageWord as FramesWord, readKeyWord, type Told } from "../../keys/frames/messages";
import { type GroupName, readGroupName } from "../../keys/groupName";
import { KeysWork } from "../../keys/keysWork";
import type { WorkerTold, WorkerWord } from "../../keys/words";
import { moment } from "./node";

/** What leaves is sealed with this key, since then. */
export interface Sending {
  readonly group: string;
  readonly key: number;
  /** In ms, by {@link moment}. */
  readonly since: number;
}

/** A worker that is none. What is said to it is heard later, in its order. */
abstract class Twin<Word> extends EventTarget {
  protected isOver = false;

  postMessage(word: Word): void {
    queueMicrotask(() => {
      if (!this.isOver) this.hear(word);
    });
  }

  terminate(): void {
    this.isOver = true;
  }

  asWorker(): Worker {
    return this as unknown as Worker;
  }

  protected tell(told: unknown): void {
    queueMicrotask(() => {
      if (!this.isOver) this.dispatchEvent(new MessageEvent("message", { data: told }));
    });
  }

  protected abstract hear(word: Word): void;
}

/** A keys worker. */
export class KeysTwin extends Twin<WorkerWord> {
  private readonly work: KeysWork;
  private frames: MessagePort | null = null;

  constructor(ready: Promise<void>) {
    super();
    this.work = new KeysWork(ready, (told: WorkerTold) => {
      this.tell(told);
    });
  }

  override terminate(): void {
    super.terminate();
    this.work.end();
    this.frames?.close();
  }

  protected hear(word: WorkerWord): void {
    if (word.do === "pulse") {
      this.tell({ told: "pulse" } satisfies WorkerTold);
      return;
    }
    if (word.do === "begin") this.frames = word.frames;
    // What goes wrong in it ends this process: whoever started it is to know.
    void this.work.hear(word);
  }
}

/** What one group has given. */
interface Given {
  readonly port: MessagePort;
  /** The newest key of each sender. */
  readonly opening: Map<string, number>;
  sending: { readonly key: number; readonly since: number } | null;
}

/** A frames worker's account: whose keys it was given, and which of them is sent with. */
export class FramesTwin extends Twin<FramesWord> {
  private readonly groups = new Map<string, Given>();
  private readonly changed: () => void;
  private under: { readonly group: string; readonly since: number } | null = null;

  constructor(changed: () => void) {
    super();
    this.changed = changed;
  }

  /** What leaves now is sealed with; null when nothing leaves. */
  get sending(): Sending | null {
    const sending = this.under === null ? null : (this.groups.get(this.under.group)?.sending ?? null);
    if (this.under === null || sending === null) return null;
    return { group: this.under.group, key: sending.key, since: Math.max(sending.since, this.under.since) };
  }

  /** Of how many others one could open what they send under a key of this kind of group. */
  opens(kind: GroupName["kind"], key: number): number {
    const given = [...this.groups].filter(([name]) => readGroupName(name).kind === kind);
    const counts = given.map(([, { opening }]) => [...opening.values()].filter((newest) => newest === key).length);
    return Math.max(0, ...counts);
  }

  override terminate(): void {
    super.terminate();
    for (const { port } of this.groups.values()) port.close();
    this.groups.clear();
    this.under = null;
  }

  protected hear(word: FramesWord): void {
    switch (word.do) {
      case "connect":
        return this.connect(word.group, word.keys);
      case "disconnect":
        this.groups.get(word.group)?.port.close();
        this.groups.delete(word.group);
        return this.changed();
      case "under":
        this.under = word.group === null ? null : { group: word.group, since: moment() };
        return this.changed();
      case "claim":
        // Nothing comes to a member who has no page.
        return;
      case "pulse":
        return this.tell({ told: "pulse" } satisfies Told);
      case "counts":
        this.tell({ told: "counts", counts: new Tally().counts() } satisfies Told);
    }
  }

  private connect(group: string, port: MessagePort): void {
    const given: Given = { port, opening: new Map(), sending: null };
    this.groups.set(group, given);
    port.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const word = readKeyWord(data);
      if (word === undefined) throw new TypeError("no word of a keys worker");
      if (this.groups.get(group) !== given) return;
      take(given, word);
      this.changed();
    });
    port.start();
  }
}

function take(given: Given, word: KeyWord): void {
  switch (word.do) {
    case "receive":
      given.opening.set(word.sender, word.keyId);
      return;
    case "send":
      given.sending = { key: word.keyId, since: moment() };
      return;
    case "forget":
      if (word.keyIds?.includes(given.opening.get(word.sender) ?? -1) !== false) given.opening.delete(word.sender);
      return;
    case "silence":
      given.sending = null;
      return;
    case "counts":
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin to name
      given.port.postMessage({ told: "counts", counts: new Tally().counts() });
      return;
    case "renew":
  }
}

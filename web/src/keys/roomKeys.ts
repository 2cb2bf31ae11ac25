/**
 * What seals one room of the SFU: a frames worker, and a keys worker for each group whose keys are used there. When one
 * of them fails, all of them end: in doubt nothing leaves and nothing is heard.
 */
import type { Identity } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { type GroupKeys, type GroupKeysNeeds, GroupKeys as OneGroup, type Ground } from "./groupKeys";
import type { Counts } from "./frames/counts";
import type { PageWord as FramesWord, Told } from "./frames/messages";
import { type GroupName, isFloor, written } from "./groupName";
import { Pulse } from "./pulse";
import { agreesOnRed } from "./redundancy";

/** What seals a line, for as long as it does. */
export interface Sealing {
  /** The frames worker. */
  readonly worker: Worker;
  /** The only name under which anything is sent. */
  readonly identity: Identity;
  /** Whether everybody who may open it takes RED; before anybody is known, yes. */
  readonly redundancy: Readable<boolean>;
  /** Ends it, for everybody: something is wrong that no rule foresees. */
  fail(): void;
  /** Whether it seals no more: a line over it would be deaf and mute. */
  readonly isOver: boolean;
  /** Calls once when it seals no more; returns what takes that back. */
  onEnd(then: () => void): () => void;
}

/** What a room's keys need. */
export interface RoomKeysNeeds extends Omit<GroupKeysNeeds, "worker" | "failed"> {
  readonly workers: { frames(): Worker; keys(): Worker };
  /** Somebody has sealed under this floor's key what came when its doors had long closed. */
  overheard(sender: Identity, floor: string): void;
  /** It has ended; the next line needs another. */
  ended(): void;
}

/** The keys of one room, until one of its workers fails. */
export class RoomKeys implements Sealing {
  readonly worker: Worker;
  readonly identity: Identity;
  readonly redundancy = new Cell(true);
  readonly groups = new Map<string, GroupKeys>();
  private readonly needs: RoomKeysNeeds;
  private readonly ground: Ground;
  private readonly pulse: Pulse;
  private readonly listeners = new Set<() => void>();
  private under: GroupName | null = null;
  private isClosed = false;

  constructor(needs: RoomKeysNeeds, ground: Ground) {
    this.needs = needs;
    this.ground = ground;
    this.identity = ground.seat.identity;
    this.worker = needs.workers.frames();
    this.worker.addEventListener("error", () => {
      this.fail();
    });
    this.worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data.told === "ended") this.fail();
      if (data.told === "pulse") this.pulse.felt();
      if (data.told === "overheard") needs.overheard(data.sender as Identity, data.group);
    });
    const ask = (): void => {
      this.tell({ do: "pulse" });
    };
    this.pulse = new Pulse(needs.clock, ask, () => {
      this.fail();
    });
    this.pulse.begin();
  }

  /** From now on one is in these groups, and in no other but `kept`, if one is in it already. */
  be(names: readonly GroupName[], kept: GroupName | undefined): void {
    const wanted = new Set(names.map((name) => written(name)));
    const left = kept === undefined ? undefined : written(kept);
    for (const name of this.groups.keys()) if (!wanted.has(name) && name !== left) this.leave(name);
    for (const name of names) if (!this.groups.has(written(name))) this.begin(name);
    if (left !== undefined) this.groups.get(left)?.shut();
  }

  /** What is sent is sealed under this group's keys from now on, as soon as they are there; `null`: nothing leaves. */
  sealUnder(under: GroupName | null): void {
    const [before, after] = [this.under, under].map((name) => (name === null ? null : written(name)));
    if (before === after) return;
    this.under = under;
    this.tell({ do: "under", group: after ?? null });
  }

  private leave(name: string): void {
    this.tell({ do: "disconnect", group: name });
    this.groups.get(name)?.end();
    this.groups.delete(name);
  }

  /** Whether one is in the group in use. */
  get isInside(): boolean {
    return this.under !== null && this.groups.get(written(this.under))?.standing.at === "inside";
  }

  /** Whose keys what is sent is sealed under. */
  get sealedUnder(): GroupName | null {
    return this.under;
  }

  /** What the frames worker has counted. */
  async counts(): Promise<Counts> {
    const answer = new Promise<Counts>((resolve) => {
      const hear = ({ data }: MessageEvent<Told>): void => {
        if (data.told !== "counts") return;
        this.worker.removeEventListener("message", hear);
        resolve(data.counts);
      };
      this.worker.addEventListener("message", hear);
    });
    this.tell({ do: "counts" });
    return answer;
  }

  get isOver(): boolean {
    return this.isClosed;
  }

  onEnd(then: () => void): () => void {
    this.listeners.add(then);
    return () => {
      this.listeners.delete(then);
    };
  }

  fail(): void {
    if (this.isClosed) return;
    for (const group of this.groups.values()) group.fall();
    this.close();
    for (const listener of this.listeners) listener();
    this.needs.ended();
  }

  /** Ends every worker. Whoever has a line over it is not told. */
  close(): void {
    this.isClosed = true;
    this.pulse.end();
    this.worker.terminate();
    for (const group of this.groups.values()) group.end();
    this.groups.clear();
  }

  private begin(name: GroupName): void {
    const { port1, port2 } = new MessageChannel();
    this.tell({ do: "connect", group: written(name), keys: port1 }, [port1]);
    const { clock, log, session, workers } = this.needs;
    const needs: GroupKeysNeeds = {
      clock,
      log,
      session,
      changed: () => {
        this.redundancy.set(this.agreesOnRed());
        this.needs.changed();
      },
      letter: (of, told) => {
        this.needs.letter(of, told);
      },
      worker: () => workers.keys(),
      failed: () => {
        this.failed(written(name));
      },
    };
    const group = new OneGroup(needs, name, this.ground, port2);
    this.groups.set(written(name), group);
  }

  /** A group that nobody needs yet, the next floor, ends alone. */
  private failed(name: string): void {
    const isInUse = this.under !== null && written(this.under) === name;
    if (isInUse || !isFloor(name)) this.fail();
    else {
      this.leave(name);
      this.needs.changed();
    }
  }

  private agreesOnRed(): boolean {
    const members = [...this.groups.values()].flatMap(({ standing }) => standing.roster.map(({ member }) => member));
    return agreesOnRed(members.map(({ red }) => red));
  }

  private tell(word: FramesWord, transfer: Transferable[] = []): void {
    this.worker.postMessage(word, transfer);
  }
}

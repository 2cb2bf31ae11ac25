import type { ServerDoor } from "../contract/client";
import { type FormatName, type MoveName, parseCalled, parseMoved, type PhaseName } from "../contract/parse";
import type { Bytes, Statement } from "../identity";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { AgendaItemId, MeetingId, MemberId } from "../kernel/ids";
import type { Call } from "./calling";

/** One row of an agenda as it is sent: a new item has no id yet. */
export interface AgendaLine {
  readonly id?: AgendaItemId;
  readonly title: string;
  readonly minutes: number;
}

/** A move as it may be given: what to change to, for two of them, and the meeting as its giver saw it. */
export interface Order {
  readonly move: MoveName;
  readonly argument: string | null;
  readonly phase: PhaseName;
  readonly format: FormatName;
}

/** A request about channels and booths, below the meeting's own address (`interpretation/arranging.ts`). */
export interface Arranging {
  readonly method: "PUT" | "POST" | "DELETE";
  readonly rest: string;
  readonly body?: Readonly<Record<string, string>>;
  /** What is signed for it with this device's key. */
  readonly signs?: Statement;
}

/** One's own hand on the doors: the server's word that they are open opens nothing. */
export interface Doors {
  hold(): void;
  /** Settles when the others can know of it. */
  close(): Promise<void>;
}

/** What this member asks of the meeting; each rejects with a `RefusedError` or an `OutageError`. */
export class MeetingOrders {
  private readonly server: ServerDoor;
  private readonly meeting: () => MeetingId | null;
  private readonly doors: Doors;
  private readonly signed: (said: Statement) => Promise<Bytes>;

  constructor(
    server: ServerDoor,
    meeting: () => MeetingId | null,
    doors: Doors,
    signed: (said: Statement) => Promise<Bytes>,
  ) {
    this.server = server;
    this.meeting = meeting;
    this.doors = doors;
    this.signed = signed;
  }

  /** Calls another meeting of the summit. */
  async call({ follows, ...wanted }: Call): Promise<MeetingId> {
    const body = follows === null ? wanted : { ...wanted, follows };
    const { meeting } = await this.server.ask({ method: "POST", path: "meetings", body }, parseCalled);
    return meeting;
  }

  async move({ move, argument, phase, format }: Order): Promise<{ readonly done: boolean }> {
    const body = { move, argument, phase, format };
    if (move === "close_doors") await this.doors.close();
    const moved = await this.server.ask({ method: "POST", path: this.path("moves"), body }, parseMoved);
    if (move === "open_doors") this.doors.hold();
    return moved;
  }

  async withdraw(move: MoveName): Promise<void> {
    await this.server.tell({ method: "DELETE", path: this.path(`moves/${move}`) });
  }

  async setAgenda(items: readonly AgendaLine[]): Promise<void> {
    await this.server.tell({ method: "PUT", path: this.path("agenda"), body: { items } });
  }

  async takeUp(item: AgendaItemId): Promise<void> {
    const path = this.path(`agenda/${encodeURIComponent(item)}/take-up`);
    await this.server.tell({ method: "POST", path });
  }

  async askForTheFloor(): Promise<void> {
    await this.server.tell({ method: "POST", path: this.path("floor/asks") });
  }

  async withdrawAsk(): Promise<void> {
    await this.server.tell({ method: "DELETE", path: this.path("floor/asks") });
  }

  async giveTheFloor(member: MemberId): Promise<void> {
    await this.server.tell({ method: "PUT", path: this.path("floor"), body: { member } });
  }

  async yieldTheFloor(): Promise<void> {
    await this.server.tell({ method: "DELETE", path: this.path("floor") });
  }

  async arrange({ rest, signs, body, method }: Arranging): Promise<void> {
    const said = signs === undefined ? body : { ...body, signature: toB64u(await this.signed(signs)) };
    await this.server.tell({ method, path: this.path(rest), body: said });
  }

  /** Ends a statement: this interpreter says it again. */
  async passToInterpreter(member: MemberId): Promise<void> {
    await this.server.tell({ method: "PUT", path: this.path("floor/interpreter"), body: { member } });
  }

  /** Ends an interpretation: this speaker has the floor. */
  async handFloorBack(member: MemberId): Promise<void> {
    await this.server.tell({ method: "PUT", path: this.path("floor/speaker"), body: { member } });
  }

  private path(rest: string): string {
    const meeting = this.meeting();
    if (meeting === null) throw new RefusedError("meeting_unknown");
    return `meetings/${encodeURIComponent(meeting)}/${rest}`;
  }
}

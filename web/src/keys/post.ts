/** Where envelopes are sent and fetched: the server numbers them in each group and reads nothing of them. */
import type { ServerDoor } from "../contract/client";
import { parseEnvelopeLog, parseNumbered } from "../contract/parse";
import { type Bytes, bytesOf } from "../identity";
import { toB64u } from "../kernel/b64u";
import type { MeetingId } from "../kernel/ids";
import { type GroupName, written } from "./groupName";

/** An envelope, and the server's number of it in its group, from 1 without a gap. */
export interface Numbered {
  readonly number: number;
  readonly envelope: Bytes;
}

/** One group's post. Everything may throw a `RefusedError` or an `OutageError`. */
export interface Post {
  send(envelope: Bytes): Promise<number>;
  /** What came after a number, as many as are sent at a time; nothing when there is no more. */
  after(number: number): Promise<readonly Numbered[]>;
}

/** An answer later than this is none, in ms. */
const PATIENCE = 5000;

/** The post of a server. */
export class HttpPost implements Post {
  private readonly server: Pick<ServerDoor, "ask">;
  private readonly path: string;

  constructor(server: Pick<ServerDoor, "ask">, meeting: MeetingId, group: GroupName) {
    this.server = server;
    this.path = `meetings/${meeting}/groups/${written(group)}/envelopes`;
  }

  async send(envelope: Bytes): Promise<number> {
    const body = { envelope: toB64u(envelope) };
    return (await this.server.ask({ method: "POST", path: this.path, body, patience: PATIENCE }, parseNumbered)).number;
  }

  async after(number: number): Promise<readonly Numbered[]> {
    const path = `${this.path}?after=${number}`;
    const { envelopes } = await this.server.ask({ method: "GET", path, patience: PATIENCE }, parseEnvelopeLog);
    return envelopes.map((each) => ({ number: each.number, envelope: bytesOf(each.envelope) }));
  }
}

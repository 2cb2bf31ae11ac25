/** The delivery service over HTTP: it orders the commits of a group, and is believed in nothing else. */
import type { ServerDoor } from "../contract/client";
import { parseCommitLog, parseEpoch, parseRevocations, parseTurn, type RevocationSent } from "../contract/parse";
import { type Bytes, bytesOf, fingerprint } from "../identity";
import { toB64u } from "../kernel/b64u";
import { sameBytes } from "../kernel/canonical";
import { OutageError, RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import type { Committed } from "./group";
import { type GroupName, written } from "./groupName";
import type { SignedVoid } from "./voids";

/** Where a group stands, and by what one joins it there. */
export interface Standing {
  readonly epoch: number;
  readonly groupInfo: Bytes;
}

/** The commit that ended an epoch. */
export interface Logged {
  readonly epoch: number;
  readonly commit: Bytes;
}

/** One group at the delivery service. Everything may throw a `RefusedError` or an `OutageError`. */
export interface Delivery {
  /** Founds the group; the first wins. Or founds it anew, instead of the one with another GroupInfo. */
  found(groupInfo: Uint8Array, insteadOf?: Uint8Array): Promise<void>;
  /** Waits for a turn to commit; null when it has not come after a while, and one asks again. */
  turn(): Promise<Standing | null>;
  /** Gives the turn up, for those who wait. */
  pass(): Promise<void>;
  /** Ends an epoch; the first wins, the others are refused with `epoch_not_current`. */
  commit(offer: Committed): Promise<void>;
  /** The commits from the one that ended `epoch` on, as many as are sent at a time. */
  log(epoch: number): Promise<readonly Logged[]>;
  /** Takes back the epoch that this void is of, and goes on from its GroupInfo. */
  takeBack(signed: SignedVoid, groupInfo: Uint8Array): Promise<void>;
  /** Every revocation of the summit; none of them is checked. */
  revocations(): Promise<readonly RevocationSent[]>;
}

/** Keys wait for nobody: an answer later than this is none, in ms. */
const PATIENCE = 5000;

/** The delivery service of a server. */
export class HttpDelivery implements Delivery {
  private readonly server: Pick<ServerDoor, "ask" | "tell">;
  private readonly path: string;

  constructor(server: Pick<ServerDoor, "ask" | "tell">, meeting: MeetingId, group: GroupName) {
    this.server = server;
    this.path = `meetings/${meeting}/groups/${written(group)}`;
  }

  async found(groupInfo: Uint8Array, insteadOf?: Uint8Array): Promise<void> {
    const anew = insteadOf === undefined ? {} : { instead_of: toB64u(await fingerprint(new Uint8Array(insteadOf))) };
    const body = { group_info: toB64u(groupInfo), ...anew };
    await this.server.ask({ method: "POST", path: this.path, body, patience: PATIENCE }, parseEpoch);
  }

  async turn(): Promise<Standing | null> {
    const { standing } = await this.server.ask({ method: "PUT", path: `${this.path}/turn` }, parseTurn);
    if (standing !== null) return { epoch: standing.epoch, groupInfo: bytesOf(standing.group_info) };
    return null;
  }

  async pass(): Promise<void> {
    await this.server.tell({ method: "DELETE", path: `${this.path}/turn`, patience: PATIENCE });
  }

  async commit({ commit, groupInfo }: Committed): Promise<void> {
    const body = { commit: toB64u(commit), group_info: toB64u(groupInfo) };
    const path = `${this.path}/commits`;
    await this.server.ask({ method: "POST", path, body, patience: PATIENCE }, parseEpoch);
  }

  async log(epoch: number): Promise<readonly Logged[]> {
    const path = `${this.path}/commits?epoch=${epoch}`;
    const { commits } = await this.server.ask({ method: "GET", path, patience: PATIENCE }, parseCommitLog);
    return commits.map((each) => ({ epoch: each.epoch, commit: bytesOf(each.commit) }));
  }

  async takeBack(signed: SignedVoid, groupInfo: Uint8Array): Promise<void> {
    const said = { void: toB64u(signed.void), signature: toB64u(signed.signature) };
    const body = { ...said, group_info: toB64u(groupInfo) };
    await this.server.tell({ method: "POST", path: `${this.path}/voids`, body, patience: PATIENCE });
  }

  async revocations(): Promise<readonly RevocationSent[]> {
    const asked = { method: "GET", path: "revocations", patience: PATIENCE } as const;
    return (await this.server.ask(asked, parseRevocations)).revocations;
  }
}

/** Whether another commit had ended the epoch already. */
export function isLate(error: unknown): boolean {
  return error instanceof RefusedError && error.code === "epoch_not_current";
}

/** Sends an own commit. One whose answer was lost is looked for in the log: there it is if it has won. */
export async function sendOwn(delivery: Delivery, epoch: number, offer: Committed): Promise<void> {
  try {
    await delivery.commit(offer);
  } catch (error) {
    if (!(error instanceof OutageError) && !isLate(error)) throw error;
    const [first] = await delivery.log(epoch);
    if (first === undefined || !sameBytes(first.commit, offer.commit)) throw error;
  }
}

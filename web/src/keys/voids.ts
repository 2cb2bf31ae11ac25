/**
 * A chair's signed word that an epoch is poisoned: a commit that the rules refuse has ended it (docs/protocol.md §8). No
 * secret hangs on it; whoever believes it wrongly joins anew for nothing. So it is checked, and believed once.
 */
import { parseVoid, type Void } from "../contract/parse";
import { type Bytes, bytesOf, fingerprint, type KeptSeat, readStatement, sign, signedBytes } from "../identity";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import { RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import type { Delivery } from "./delivery";
import { verify } from "./group";
import type { Membership } from "./membership";

/** A void as it travels. */
export interface SignedVoid {
  readonly void: Bytes;
  readonly signature: Bytes;
}

/** The one group that a void is to be of. */
export type Place = Pick<Void, "descriptor" | "meeting" | "group">;

/** The poisoned epoch, and the fingerprint of the commit that ended it. */
export type Poisoned = Pick<Void, "epoch" | "commit">;

async function printOf(commit: Uint8Array): Promise<string> {
  return toB64u(await fingerprint(new Uint8Array(commit)));
}

/** Signs a void with the device's key; `now` in ms since the epoch. */
export async function signVoid(seat: KeptSeat, place: Place, poisoned: Poisoned, now: number): Promise<SignedVoid> {
  const type = "visavis void 1";
  const bytes = canonical({ type, ...place, ...poisoned, issued: new Date(now).toISOString() });
  return { void: bytes, signature: await sign(seat.privateKey, { type, bytes }) };
}

/**
 * Reads what a void says, if it is of this group and one of these devices signed it.
 *
 * @throws RefusedError `message_bad`, `signature_bad`.
 */
export function checkVoid(signed: SignedVoid, devices: readonly Uint8Array[], place: Place): Poisoned {
  const said = readStatement(signed.void, parseVoid);
  const isHere = said.descriptor === place.descriptor && said.meeting === place.meeting && said.group === place.group;
  if (!isHere) throw new RefusedError("message_bad", "another group");
  const bytes = signedBytes(said.type, signed.void);
  if (!devices.some((device) => verify(device, signed.signature, bytes))) throw new RefusedError("signature_bad");
  return said;
}

/** How many voids of epochs to come are kept. */
const PUT_BY = 8;

/** What voids need. */
export interface VoidsNeeds {
  readonly log: Log;
  readonly delivery: Pick<Delivery, "takeBack">;
  readonly place: Place;
  signVoid(poisoned: Poisoned): Promise<SignedVoid>;
}

/** The voids that an agent has heard of, until it knows whether to believe them; and those it makes. */
export class Voids {
  private readonly needs: VoidsNeeds;
  private waiting: readonly SignedVoid[] = [];
  /** Those that were believed, by signature. */
  private readonly believed = new Set<string>();
  private isOrdered = false;

  constructor(needs: VoidsNeeds) {
    this.needs = needs;
  }

  take(signed: SignedVoid): void {
    this.waiting = [...this.waiting, signed];
  }

  /** A chair orders that the own epoch be taken back, if the rules refuse the commit that has ended it. */
  order(): void {
    this.isOrdered = true;
  }

  /** The epoch to go back to, by the word of a chair in the group; undefined when there is none. */
  async due(membership: Membership, refused: Uint8Array | undefined): Promise<number | undefined> {
    const [heard, isOrdered] = [this.waiting, this.isOrdered];
    this.waiting = [];
    this.isOrdered = false;
    const epochs: number[] = [];
    for (const signed of heard) {
      const epoch = await this.believedOf(signed, membership);
      if (epoch !== undefined) epochs.push(epoch);
    }
    if (epochs.length > 0) return Math.min(...epochs);
    return isOrdered && refused !== undefined ? this.takenBack(membership, refused) : undefined;
  }

  private async believedOf(signed: SignedVoid, membership: Membership): Promise<number | undefined> {
    const name = toB64u(signed.signature);
    try {
      const { epoch, commit } = checkVoid(signed, membership.chairs(), this.needs.place);
      const followed = membership.commitAt(epoch);
      // The epoch has ended by another commit since: it is not what the chair spoke of.
      const isAnother = followed !== undefined && (await printOf(followed)) !== commit;
      if (isAnother || this.believed.has(name)) return undefined;
      if (epoch > membership.epoch) return this.put(signed);
      this.believed.add(name);
      return epoch;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.needs.log.note("void refused", { code: error.code });
      return undefined;
    }
  }

  /** Puts one by until one has come to its epoch. */
  private put(signed: SignedVoid): undefined {
    this.waiting = [...this.waiting, signed].slice(-PUT_BY);
  }

  private async takenBack(membership: Membership, refused: Uint8Array): Promise<number | undefined> {
    const { epoch } = membership;
    if (!membership.own.member.chair) return undefined;
    try {
      const signed = await this.needs.signVoid({ epoch, commit: await printOf(refused) });
      await this.needs.delivery.takeBack(signed, membership.info());
      return epoch;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.needs.log.trouble("not taken back", error, { epoch });
      return undefined;
    }
  }
}

/** A void as it stands in an event. */
export function voidOf({ void: said, signature }: { readonly void: string; readonly signature: string }): SignedVoid {
  return { void: bytesOf(said), signature: bytesOf(signature) };
}

/**
 * The epochs of a group whose envelopes one can open, and who may speak in each. What is old is forgotten in a minute;
 * what was before one came was never there.
 */
import type { Said } from "../contract/parse";
import type { Bytes } from "../identity";
import { toB64u } from "../kernel/b64u";
import type { Member } from "./credential";
import { type Closed, ENVELOPE_LABEL, envelopeKey, KEY_LENGTH, open, read } from "./envelope";
import { type Sign, verify } from "./group";
import type { Membership, Signer } from "./membership";
import { personOf } from "./rules";

/** How long after an epoch what was sealed in it still opens, in ms: it may have been on its way. */
export const LINGERING = 60_000;

/** One's own place in an epoch, as far as envelopes go. */
export type Place = Pick<Membership, "epoch" | "own" | "signers" | "secret" | "sign">;

/** Why somebody was not heard. */
export type Unheard =
  /** From before one was in the group. */
  | "earlier"
  /** Not by whom it says, or changed on the way, or not of this group. */
  | "forged"
  /** It was here before, or should have come before what was heard since. */
  | "replay"
  /** By somebody who has been put out since. */
  | "removed"
  /** Of an epoch that one does not know, or in words that this client does not know. */
  | "unknown";

/** What is to be thought of an envelope. */
export type Verdict =
  | {
      readonly is: "said";
      readonly from: Member;
      readonly said: Said;
      /** How many of theirs before it have not come. */
      readonly missing: number;
    }
  | { readonly is: "unheard"; readonly why: Unheard; readonly from: Member | null }
  /** Of an epoch that has not begun here. */
  | { readonly is: "early" };

/** What one seals with. */
export interface Sending {
  readonly epoch: number;
  readonly leaf: number;
  /** The name of the own session: a new one counts from 1. */
  readonly session: string;
  readonly key: Promise<CryptoKey>;
  readonly sign: Sign;
}

interface Epoch {
  readonly key: Promise<CryptoKey>;
  readonly signers: ReadonlyMap<number, Signer>;
  /** The names of their sessions. */
  readonly sessions: readonly string[];
  /** Null while it lasts. */
  readonly until: number | null;
}

/** A judge of envelopes. */
export class Epochs {
  private readonly group: string;
  private readonly held = new Map<number, Epoch>();
  /** The last sequence number heard of each session; none of those who were there before oneself. */
  private readonly counts = new Map<string, number>();
  private first: number | null = null;
  private latest = -1;
  private persons: ReadonlySet<string> = new Set();
  private place: Sending | null = null;

  /** @param group the group's name in MLS messages. */
  constructor(group: string) {
    this.group = group;
  }

  /** What one seals with now; null while one is not in the group. */
  get sending(): Sending | null {
    return this.place;
  }

  begin(place: Place, now: number): void {
    const { epoch, own, sign } = place;
    const signers = place.signers();
    this.forgetOld(now);
    for (const [other, held] of this.held) {
      // An epoch that a chair has taken back comes again as another.
      if (other >= epoch) this.held.delete(other);
      else this.held.set(other, { ...held, until: held.until ?? now + LINGERING });
    }
    const key = envelopeKey(place.secret(ENVELOPE_LABEL, "", KEY_LENGTH));
    const sessions = signers.map(({ key: session }) => toB64u(session));
    this.meet(sessions, this.held.has(epoch - 1));
    this.held.set(epoch, { key, signers: new Map(signers.map((one) => [one.leaf, one])), sessions, until: null });
    this.first ??= epoch;
    this.latest = epoch;
    this.persons = new Set(signers.map(({ member }) => personOf(member)));
    const self = signers.find(({ leaf }) => leaf === own.leaf);
    if (self === undefined) throw new TypeError("no own leaf");
    this.place = { epoch, leaf: own.leaf, session: toB64u(self.key), key, sign };
  }

  /** Forgets every key. */
  end(): void {
    this.held.clear();
    this.counts.clear();
    this.place = null;
    this.first = null;
    this.latest = -1;
  }

  /** Forgets the keys whose time is over; when the next one's is, in ms since the epoch. */
  forgetOld(now: number): number | null {
    for (const [epoch, { until }] of this.held) if (until !== null && until <= now) this.held.delete(epoch);
    const ends = [...this.held.values()].flatMap(({ until }) => (until === null ? [] : [until]));
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** Opens an envelope, and counts it. One after another: which came first is part of the judgement. */
  async judge(envelope: Bytes): Promise<Verdict> {
    const closed = read(envelope);
    if (closed === undefined || closed.head.group !== this.group) return unheard("forged");
    const { epoch, leaf } = closed.head;
    const held = this.held.get(epoch);
    if (held === undefined) return this.withoutKey(epoch);
    const sender = held.signers.get(leaf);
    if (sender === undefined || !verify(sender.key, closed.signature, closed.signed)) return unheard("forged");
    return this.counted(closed, sender, await held.key);
  }

  /** What is proven to be from its sender is counted, whatever is in it. */
  private async counted(closed: Closed, sender: Signer, key: CryptoKey): Promise<Verdict> {
    const { member } = sender;
    const { sequence } = closed.head;
    if (!this.persons.has(personOf(member))) return unheard("removed", member);
    const session = toB64u(sender.key);
    const last = this.counts.get(session);
    if (last !== undefined && sequence <= last) return unheard("replay", member);
    this.counts.set(session, sequence);
    const said = await open(closed, key);
    if (said === "forged" || said === "unknown") return unheard(said, member);
    return { is: "said", from: member, said, missing: last === undefined ? 0 : sequence - last - 1 };
  }

  private withoutKey(epoch: number): Verdict {
    if (this.first === null || epoch > this.latest) return { is: "early" };
    return unheard(epoch < this.first ? "earlier" : "unknown");
  }

  /** Who comes while one is there is heard from their first word on; of the others one does not know where they are. */
  private meet(sessions: readonly string[], isNext: boolean): void {
    const before = new Set([...this.held.values()].flatMap((held) => held.sessions));
    const isFirst = sessions.length === 1;
    for (const session of sessions) {
      if ((isNext || isFirst) && !before.has(session) && !this.counts.has(session)) this.counts.set(session, 0);
      before.add(session);
    }
    for (const session of this.counts.keys()) if (!before.has(session)) this.counts.delete(session);
  }
}

function unheard(why: Unheard, from: Member | null = null): Verdict {
  return { is: "unheard", why, from };
}

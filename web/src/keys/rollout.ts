/**
 * The life of a media key: everybody can open with it before anybody seals with it, and nobody keeps it longer than
 * needed. Facts go in, orders come out, time is passed in, in ms. Pure.
 *
 * ```
 *            epoch               500 ms                 first frame under a newer key, 5 s;
 *  (nothing) ──────▶ receivable ────────▶ sent with     at most 10 s after a newer epoch
 *                        │ put out: at once     ────────────────────────────────────────▶ forgotten
 * ```
 */

/** After how long an own key is sent with: by then whoever can receive it does. */
const SETTLING = 500;
/** A newcomer cannot know who still waits, and nobody hears them before: a little sooner. */
const ARRIVING = 300;
/** How long an old key opens what was delayed on the way, after its sender's first frame under a newer one. */
const LINGERING = 5000;
/** How long it does so at most. */
const LONGEST = 10_000;

/** Why an epoch began. */
export type Why =
  /** One's own coming: by founding, joining, coming back. */
  | "arrival"
  /** Somebody came, or came back. */
  | "join"
  /** The keys were renewed. */
  | "rotation"
  /** Somebody was put out who had gone. */
  | "leave"
  /** Somebody was put out who may still listen. */
  | "expulsion";

/** What happened. */
export type Fact =
  | { readonly is: "epoch"; readonly keyId: number; readonly senders: readonly string[]; readonly why: Why }
  /** A frame of `sender` under this key was opened. */
  | { readonly is: "heard"; readonly sender: string; readonly keyId: number }
  /** Nothing but time. */
  | { readonly is: "time" };

/** What is to be done, in this order. The secrets are those of the epoch that has just begun. */
export type Order =
  | { readonly order: "receive"; readonly sender: string; readonly keyId: number }
  | { readonly order: "send"; readonly keyId: number }
  | { readonly order: "forget"; readonly sender: string; readonly keyIds?: readonly number[] }
  | { readonly order: "forceKeyFrame" };

/** A key that waits to be sent with. */
interface Waiting {
  readonly keyId: number;
  readonly from: number;
  readonly isNews: boolean;
}

/** A key that frames open with; `until` once a newer one is there. */
interface Opening {
  readonly keyId: number;
  readonly until: number | null;
}

/** How it stands. */
export interface Rollout {
  /** By sender, oldest first; the last is that of the epoch. */
  readonly opening: ReadonlyMap<string, readonly Opening[]>;
  /** Oldest first. Whoever obeys keeps the own secrets of these, and of no others. */
  readonly waiting: readonly Waiting[];
  /** When the sending key last changed. */
  readonly switched: number;
}

export const BEGINNING: Rollout = { opening: new Map(), waiting: [], switched: Number.NEGATIVE_INFINITY };

/** A step: how it stands then, and what is to be done. */
export interface Step {
  readonly rollout: Rollout;
  readonly orders: readonly Order[];
}

/** The step that a fact brings, and that time has brought by then. */
export function step(before: Rollout, fact: Fact, now: number): Step {
  const aged = sent(expired(before, now), now);
  if (fact.is === "time") return aged;
  const next = fact.is === "epoch" ? begun(aged.rollout, fact, now) : heard(aged.rollout, fact, now);
  return { rollout: next.rollout, orders: [...aged.orders, ...next.orders] };
}

/** When {@link step} has something to do if nothing happens before; null when it has not. */
export function nextAt({ opening, waiting, switched }: Rollout): number | null {
  const ends = [...opening.values()].flat().flatMap(({ until }) => (until === null ? [] : [until]));
  const starts = waiting.slice(0, 1).map(({ from }) => Math.max(from, switched + SETTLING));
  const all = [...ends, ...starts];
  return all.length === 0 ? null : Math.min(...all);
}

/** Old keys whose time is over go. */
function expired(before: Rollout, now: number): Step {
  const opening = new Map<string, readonly Opening[]>();
  const orders: Order[] = [];
  for (const [sender, keys] of before.opening) {
    const over = keys.filter(({ until }) => until !== null && until <= now);
    opening.set(sender, over.length === 0 ? keys : keys.filter((key) => !over.includes(key)));
    if (over.length > 0) orders.push({ order: "forget", sender, keyIds: over.map(({ keyId }) => keyId) });
  }
  return { rollout: { ...before, opening }, orders };
}

/** The newest own key that has waited long enough is sent with, at most once in {@link SETTLING}. */
function sent({ rollout, orders }: Step, now: number): Step {
  const ripe = rollout.waiting.filter(({ from }) => from <= now);
  const newest = ripe.at(-1);
  if (newest === undefined || now < rollout.switched + SETTLING) return { rollout, orders };
  const waiting = rollout.waiting.filter((each) => !ripe.includes(each));
  const send: Order = { order: "send", keyId: newest.keyId };
  const forced: readonly Order[] = ripe.some(({ isNews }) => isNews) ? [{ order: "forceKeyFrame" }] : [];
  return { rollout: { ...rollout, waiting, switched: now }, orders: [...orders, send, ...forced] };
}

/** The keys of a sender once a newer one is there. */
function superseded(keys: readonly Opening[], keyId: number, now: number): readonly Opening[] {
  const old = keys.filter((key) => key.keyId !== keyId);
  return [...old.map((key) => ({ ...key, until: key.until ?? now + LONGEST })), { keyId, until: null }];
}

/** A new epoch: its keys can be received at once; who is not in it is forgotten at once. */
function begun(before: Rollout, { keyId, senders, why }: Extract<Fact, { is: "epoch" }>, now: number): Step {
  const gone = [...before.opening.keys()].filter((sender) => !senders.includes(sender));
  const opening = new Map(
    senders.map((sender) => [sender, superseded(before.opening.get(sender) ?? [], keyId, now)] as const),
  );
  const received: readonly Order[] = [
    ...gone.map((sender): Order => ({ order: "forget", sender })),
    ...senders.map((sender): Order => ({ order: "receive", sender, keyId })),
  ];
  if (why === "expulsion") {
    const atOnce: readonly Order[] = [{ order: "send", keyId }, { order: "forceKeyFrame" }];
    return { rollout: { opening, waiting: [], switched: now }, orders: [...received, ...atOnce] };
  }
  const from = now + (why === "arrival" ? ARRIVING : SETTLING);
  const waiting = [...before.waiting, { keyId, from, isNews: why === "join" }];
  return { rollout: { ...before, opening, waiting }, orders: received };
}

/** A sender has moved on: what they used before opens late frames only. */
function heard(before: Rollout, { sender, keyId }: Extract<Fact, { is: "heard" }>, now: number): Step {
  const keys = before.opening.get(sender) ?? [];
  const at = keys.findIndex((key) => key.keyId === keyId);
  if (at <= 0) return { rollout: before, orders: [] };
  const aged = keys.map((key, place) =>
    place < at ? { ...key, until: Math.min(key.until ?? Number.POSITIVE_INFINITY, now + LINGERING) } : key,
  );
  return { rollout: { ...before, opening: new Map([...before.opening, [sender, aged]]) }, orders: [] };
}

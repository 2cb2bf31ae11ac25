/** What the page and the keys worker say to each other. No secret is in it. */
import type { ErrorCode } from "../contract/codes";
import type { Said } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { MeetingId } from "../kernel/ids";
import type { Member } from "./credential";
import type { Holder, Others } from "./duties";
import type { Unheard } from "./epochs";

/** Why one is not in the group. */
export type Outside = "joining" | "unfounded" | "refused" | "removed" | "stuck";

/** What the page is told; no secret is in it. */
export type AgentTold =
  | {
      readonly told: "inside";
      readonly epoch: number;
      readonly roster: readonly Holder[];
      /** 24 digits; null while they are being worked out, and where none are compared. */
      readonly code: string | null;
    }
  | { readonly told: "outside"; readonly why: Outside; readonly code: ErrorCode | null };

/** What the page is told of envelopes, heard in the order of the server's numbers. */
export type EnvelopeTold =
  | { readonly told: "heard"; readonly number: number; readonly from: Member; readonly said: Said }
  /** So many of somebody's envelopes before this one have not come. */
  | { readonly told: "gap"; readonly number: number; readonly from: Member; readonly missing: number }
  /** `from` is null when it is not proven who sent it. */
  | { readonly told: "unheard"; readonly number: number; readonly why: Unheard; readonly from: Member | null }
  /** What one has said has its number. */
  | { readonly told: "sent"; readonly ticket: number; readonly number: number }
  /** It was not sent, or no answer came: then it may have been. The code is null when one is not in the group. */
  | { readonly told: "unsent"; readonly ticket: number; readonly code: ErrorCode | null };

/** What a worker needs to begin: one agent, for one group, for as long as the worker lives. */
export interface Beginning {
  readonly seat: KeptSeat;
  readonly pinned: Pinned;
  readonly meeting: MeetingId;
  /** As it is written: `chamber`, `floor.2`, `caucus.arven`. */
  readonly group: string;
  /** Where the server is: all before `/api`. */
  readonly server: string;
  /** The bearer token of the page's session. */
  readonly token: string | null;
  /** Whether this browser takes RED. */
  readonly red: boolean;
  /** By how much the server's clock is ahead of this machine's, in ms. */
  readonly ahead: number;
  /** To the frames worker. */
  readonly frames: MessagePort;
}

/** What the page says. */
export type PageWord =
  | ({ readonly do: "begin" } & Beginning)
  /** A new session; null when there can be none. */
  | { readonly do: "token"; readonly token: string | null }
  /** Gets in; again when the group was founded, or one was put out and may come back. */
  | { readonly do: "enter" }
  /** Something may have been missed. */
  | { readonly do: "look" }
  | { readonly do: "commit"; readonly epoch: number; readonly commit: string }
  /** Somebody says that an epoch does not count: a signed void, as the event hands it on. */
  | { readonly do: "voided"; readonly void: string; readonly signature: string }
  /** A chair's order to one who is `stuck`: takes back the epoch whose end the rules refuse. */
  | { readonly do: "void" }
  /** Somebody reads the code aloud until then, in ms since the epoch by the server's clock: keys are renewed later. */
  | { readonly do: "pause"; readonly until: number }
  /** What the server says of the others. */
  | ({ readonly do: "others" } & Others)
  /** The server has numbered an envelope of the group. */
  | { readonly do: "envelope"; readonly number: number; readonly envelope: string }
  /** Says something to the group; what becomes of it is told under the ticket. */
  | { readonly do: "say"; readonly ticket: number; readonly said: Said }
  /** Somebody was revoked: the agent asks by whom. */
  | { readonly do: "revoked" }
  | { readonly do: "shut" };

/** What the worker hears: a word of the page's, or whether it is there. */
export type WorkerWord = PageWord | { readonly do: "pulse" };

/** Whether the worker is asked if it is there. */
export function isPulse(message: unknown): boolean {
  return typeof message === "object" && message !== null && "do" in message && message.do === "pulse";
}

/** What the worker says. */
export type WorkerTold =
  | AgentTold
  | { readonly told: "letter"; readonly letter: EnvelopeTold }
  /** The session has run out: a `token` is waited for. */
  | { readonly told: "sessionOver" }
  | { readonly told: "pulse" }
  /** The worker failed and has ended itself, with every secret. */
  | { readonly told: "ended" };

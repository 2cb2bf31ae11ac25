/** A group's chat: what was said in the order in which it was heard, what is missing between, and what is on its way. */
import type { ErrorCode } from "../contract/codes";
import type { Said } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { Member } from "./credential";
import type { Unheard } from "./epochs";
import type { EnvelopeTold } from "./words";

/** One line of a chat. */
export type Line =
  | {
      readonly is: "text";
      /** The server's number in the group. */
      readonly number: number;
      readonly from: Member;
      readonly isOwn: boolean;
      /** By the sender's clock. */
      readonly at: string;
      readonly text: string;
    }
  /** So many of somebody's words before this place have not come; they need not have been chat. */
  | { readonly is: "gap"; readonly number: number; readonly from: Member; readonly missing: number }
  /** Something came that is not to be believed; nobody knows what it was. */
  | {
      readonly is: "unheard";
      readonly number: number;
      readonly why: Exclude<Unheard, "earlier">;
      readonly from: Member | null;
    };

/** What one has said and has not heard oneself yet. */
export interface Pending {
  readonly ticket: number;
  readonly text: string;
  /** By one's own clock, as the others will read it. */
  readonly said: string;
  /** On its way; numbered by the server; or it was not sent, or may not have been. */
  readonly at: "sending" | "sent" | "unsent";
  /** Why it was not sent: null when one is not in the group. */
  readonly code: ErrorCode | null;
}

export interface TalkState {
  readonly lines: readonly Line[];
  readonly pending: readonly Pending[];
}

export const NO_TALK: TalkState = { lines: [], pending: [] };

/** How many lines are kept: a chat is no record. */
const LONGEST = 500;
/** What no receiver takes (`SaidShape`), and what is pasted may bring along. */
const NOT_CARRIED = /(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** What a chat needs. */
export interface TalkNeeds {
  readonly own: Identity;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
  /** False when one is not in the group. */
  say(ticket: number, said: Said): boolean;
}

export class Talk {
  readonly state = new Cell<TalkState>(NO_TALK);
  private readonly needs: TalkNeeds;

  constructor(needs: TalkNeeds) {
    this.needs = needs;
  }

  /** Says something, less what cannot be carried; nothing that is nothing but spaces. */
  say(written: string): void {
    const text = carried(written);
    if (text === "") return;
    const ticket = this.needs.ticket();
    const at = new Date(this.needs.now()).toISOString();
    this.pend([...this.pending, { ticket, text, said: at, at: "sending", code: null }]);
    if (!this.needs.say(ticket, { kind: "chat", at, text })) this.become(ticket, "unsent");
  }

  /** Takes away what was not sent. */
  drop(ticket: number): void {
    this.pend(this.pending.filter((each) => each.ticket !== ticket));
  }

  /** Nobody will tell any more what becomes of what is on its way: it may have come. */
  doubt(): void {
    for (const { ticket, at } of this.pending) if (at === "sending") this.become(ticket, "unsent");
  }

  hear(told: EnvelopeTold): void {
    switch (told.told) {
      case "heard":
        return this.text(told);
      case "gap":
        return this.add({ is: "gap", number: told.number, from: told.from, missing: told.missing });
      case "unheard":
        if (told.why === "earlier") return;
        return this.add({ is: "unheard", number: told.number, why: told.why, from: told.from });
      case "sent":
        return this.become(told.ticket, "sent");
      case "unsent":
        return this.become(told.ticket, "unsent", told.code);
    }
  }

  private get pending(): readonly Pending[] {
    return this.state.get().pending;
  }

  private text({ number, from, said }: Extract<EnvelopeTold, { told: "heard" }>): void {
    if (said.kind !== "chat") return;
    const { at, text } = said;
    const isOwn = from.identity === this.needs.own;
    // Heard is sent, whatever became of the answer.
    if (isOwn) this.pend(this.pending.filter((each) => each.said !== at || each.text !== text));
    this.add({ is: "text", number, from, isOwn, at, text });
  }

  private add(line: Line): void {
    const { lines, pending } = this.state.get();
    this.state.set({ lines: [...lines, line].slice(-LONGEST), pending });
  }

  private become(ticket: number, at: Pending["at"], code: ErrorCode | null = null): void {
    this.pend(this.pending.map((each) => (each.ticket === ticket ? { ...each, at, code } : each)));
  }

  private pend(pending: readonly Pending[]): void {
    this.state.set({ ...this.state.get(), pending });
  }
}

function carried(text: string): string {
  const broken = text.replaceAll(/\r\n?|[\u2028\u2029]/gu, "\n").replaceAll("\t", " ");
  return broken.replaceAll(NOT_CARRIED, "").trim();
}

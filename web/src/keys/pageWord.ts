/** Reads what the page says to a keys worker. Anything else is refused: in doubt there are no keys. */
import { type Role, ROLES, type Said } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { Identity } from "../kernel/ids";
import { isGroupName } from "./groupName";
import type { Beginning, PageWord } from "./words";

type Fields = Readonly<Record<string, unknown>>;
type Read = (fields: Fields) => PageWord | undefined;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isIdentity(value: unknown): value is Identity {
  return isText(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** The page reads seats from its own store, where it has put them; that it is one is all that is looked at. */
function isSeat(value: unknown): value is KeptSeat {
  return isObject(value) && value["privateKey"] instanceof CryptoKey && isText(value["identity"]);
}

function isPinned(value: unknown): value is Pinned {
  return isObject(value) && isText(value["dh"]) && isObject(value["descriptor"]);
}

function isPlace({ meeting, group, server, token }: Fields): boolean {
  return isText(meeting) && isText(group) && isGroupName(group) && isText(server) && (token === null || isText(token));
}

function isBeginning(fields: Fields): fields is Fields & Beginning {
  const { seat, pinned, red, ahead, frames } = fields;
  const isKnown = isSeat(seat) && isPinned(pinned) && isPlace(fields);
  return isKnown && typeof red === "boolean" && isFinite(ahead) && frames instanceof MessagePort;
}

function begin(fields: Fields): PageWord | undefined {
  return isBeginning(fields) ? { ...fields, do: "begin" } : undefined;
}

function areIdentities(value: unknown): value is readonly Identity[] {
  return Array.isArray(value) && value.every(isIdentity);
}

function others({ connected, keptOut, members }: Fields): PageWord | undefined {
  if (!Array.isArray(keptOut) || !keptOut.every(isRole)) return undefined;
  if (connected !== null && !areIdentities(connected)) return undefined;
  if (members === undefined) return { do: "others", connected, keptOut };
  return areIdentities(members) ? { do: "others", connected, keptOut, members } : undefined;
}

function say({ ticket, said }: Fields): PageWord | undefined {
  return isWhole(ticket) && isObject(said) ? { do: "say", ticket, said: said as Said } : undefined;
}

const WORDS: Readonly<Record<PageWord["do"], Read>> = {
  begin,
  token: ({ token }) => (token === null || isText(token) ? { do: "token", token } : undefined),
  enter: () => ({ do: "enter" }),
  look: () => ({ do: "look" }),
  commit: ({ epoch, commit }) => (isWhole(epoch) && isText(commit) ? { do: "commit", epoch, commit } : undefined),
  voided: ({ void: said, signature }) =>
    isText(said) && isText(signature) ? { do: "voided", void: said, signature } : undefined,
  void: () => ({ do: "void" }),
  pause: ({ until }) => (isFinite(until) ? { do: "pause", until } : undefined),
  others,
  envelope: ({ number, envelope }) =>
    isWhole(number) && isText(envelope) ? { do: "envelope", number, envelope } : undefined,
  say,
  revoked: () => ({ do: "revoked" }),
  shut: () => ({ do: "shut" }),
};

function isWord(value: unknown): value is PageWord["do"] {
  return isText(value) && Object.hasOwn(WORDS, value);
}

/** A word of the page; undefined for anything that is none. */
export function readPageWord(message: unknown): PageWord | undefined {
  if (!isObject(message)) return undefined;
  const { do: word } = message;
  return isWord(word) ? WORDS[word](message) : undefined;
}

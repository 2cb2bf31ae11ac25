/**
 * The worker's language. Secrets come over a port of the keys worker's alone; the page
 * can only say which group's are in use. Anything else is refused.
 */
import { isGroupName } from "../groupName";
import type { Counts } from "./counts";
import { isPurpose, RING, type Bytes, type Medium, type Purpose } from "./layout";

/** What the keys worker says. */
export type KeyWord =
  /** Frames of `sender` under this key id open with this secret from now on. */
  | { readonly do: "receive"; readonly sender: string; readonly keyId: number; readonly secret: Bytes }
  /** Everything that leaves is sealed with this secret from now on. */
  | { readonly do: "send"; readonly keyId: number; readonly secret: Bytes }
  /** These keys of `sender`, or all of them, are erased. */
  | { readonly do: "forget"; readonly sender: string; readonly keyIds?: readonly number[] }
  /** Every camera and screen begins anew with a key frame: somebody may have missed a key for a moment. */
  | { readonly do: "renew" }
  /** The group's sending key is erased. */
  | { readonly do: "silence" }
  | CountsWord;

interface CountsWord {
  readonly do: "counts";
}

/** What the page says. */
export type PageWord =
  /** A group's keys worker, and the only way for its keys. */
  | { readonly do: "connect"; readonly group: string; readonly keys: MessagePort }
  /** A group is left: every key of it is erased, and nothing more is heard of it. */
  | { readonly do: "disconnect"; readonly group: string }
  /** Everything that leaves is sealed under this group's keys from now on; null: nothing leaves. A floor's: the doors are open. */
  | { readonly do: "under"; readonly group: string | null }
  /** What is held at this place is opened as this task says; null: it is nobody's, and goes nowhere. */
  | { readonly do: "claim"; readonly place: number; readonly task: Task | null }
  /** Is the worker there? */
  | { readonly do: "pulse" }
  | CountsWord;

/** What the worker answers. */
export type Told =
  | { readonly told: "counts"; readonly counts: Counts }
  | { readonly told: "pulse" }
  /** Every camera and screen should begin anew: some browsers leave that to the page. */
  | { readonly told: "renewing" }
  /** A member has sealed under this floor's key what came when its doors had long closed here; it went no further. */
  | { readonly told: "overheard"; readonly sender: string; readonly group: string }
  /** The worker failed and has ended itself: nothing leaves and nothing is heard. */
  | { readonly told: "ended" };

/** What is done with the frames of one track: the options of its transform. */
export type Task =
  | { readonly side: "seal"; readonly medium: Medium; readonly purpose: Purpose }
  | { readonly side: "open"; readonly medium: Medium; readonly purpose: Purpose; readonly sender: string };

/** The options of a transform whose frames are held until the page says whose they are. */
export interface Holding {
  readonly side: "hold";
  readonly place: number;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields | undefined {
  return typeof message === "object" && message !== null ? (message as Fields) : undefined;
}

function isKeyId(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < RING;
}

/** Exporter secrets have 32 bytes; one of another length is none. */
function isSecret(value: unknown): value is Bytes {
  return value instanceof Uint8Array && value.length === 32;
}

function isSender(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isMedium(value: unknown): value is Medium {
  return value === "audio" || value === "video";
}

function isGroup(value: unknown): value is string {
  return typeof value === "string" && isGroupName(value);
}

function receiveWord({ sender, keyId, secret }: Fields): KeyWord | undefined {
  return isSender(sender) && isKeyId(keyId) && isSecret(secret) ? { do: "receive", sender, keyId, secret } : undefined;
}

function sendWord({ keyId, secret }: Fields): KeyWord | undefined {
  return isKeyId(keyId) && isSecret(secret) ? { do: "send", keyId, secret } : undefined;
}

function forgetWord({ sender, keyIds }: Fields): KeyWord | undefined {
  if (!isSender(sender)) return undefined;
  if (keyIds === undefined) return { do: "forget", sender };
  return Array.isArray(keyIds) && keyIds.every(isKeyId) ? { do: "forget", sender, keyIds } : undefined;
}

/** A word of the keys worker; undefined for anything that is none. */
export function readKeyWord(message: unknown): KeyWord | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  switch (fields["do"]) {
    case "receive":
      return receiveWord(fields);
    case "send":
      return sendWord(fields);
    case "forget":
      return forgetWord(fields);
    case "renew":
      return { do: "renew" };
    case "silence":
      return { do: "silence" };
    case "counts":
      return { do: "counts" };
    default:
      return undefined;
  }
}

function connectWord({ group, keys }: Fields): PageWord | undefined {
  return isGroup(group) && keys instanceof MessagePort ? { do: "connect", group, keys } : undefined;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function claimWord({ place, task: said }: Fields): PageWord | undefined {
  const task = said === null ? null : readTask(said);
  return isPlace(place) && task !== undefined ? { do: "claim", place, task } : undefined;
}

function disconnectWord({ group }: Fields): PageWord | undefined {
  return isGroup(group) ? { do: "disconnect", group } : undefined;
}

function underWord({ group }: Fields): PageWord | undefined {
  return group === null || isGroup(group) ? { do: "under", group } : undefined;
}

/** A word of the page; undefined for anything that is none. */
export function readPageWord(message: unknown): PageWord | undefined {
  const fields = fieldsOf(message);
  switch (fields?.["do"]) {
    case "connect":
      return connectWord(fields);
    case "disconnect":
      return disconnectWord(fields);
    case "under":
      return underWord(fields);
    case "claim":
      return claimWord(fields);
    case "pulse":
      return { do: "pulse" };
    case "counts":
      return { do: "counts" };
    default:
      return undefined;
  }
}

/** Where a transform's frames are held; undefined when they are not to be. */
export function readPlace(options: unknown): number | undefined {
  const { side, place } = fieldsOf(options) ?? {};
  return side === "hold" && isPlace(place) ? place : undefined;
}

/** What a transform is for; undefined when it says nothing we know: its frames then go nowhere. */
export function readTask(options: unknown): Task | undefined {
  const { side, medium, purpose, sender } = fieldsOf(options) ?? {};
  if (!isMedium(medium) || !isPurpose(purpose)) return undefined;
  if (side === "seal") return { side, medium, purpose };
  return side === "open" && isSender(sender) ? { side, medium, purpose, sender } : undefined;
}

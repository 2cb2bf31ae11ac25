/**
 * The worker's language. Secrets come over a port of the keys worker's alone; of itself the page
 * can only make it more silent. Anything else is refused.
 */
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
  | SharedWord;

/** What both may say. */
export type SharedWord =
  /** The sending key is erased: nothing leaves. */
  { readonly do: "silence" } | { readonly do: "counts" };

/** What the page says. */
export type PageWord =
  | { readonly do: "connect"; readonly keys: MessagePort }
  /** While they are not open nothing is sealed under a floor's key. */
  | { readonly do: "doors"; readonly areOpen: boolean }
  | SharedWord;

/** What the worker answers. */
export type Told =
  | { readonly told: "counts"; readonly counts: Counts }
  /** Every camera and screen should begin anew: some browsers leave that to the page. */
  | { readonly told: "renewing" }
  /** The worker failed and has ended itself: nothing leaves and nothing is heard. */
  | { readonly told: "ended" };

/** What is done with the frames of one track: the options of its transform. */
export type Task =
  | { readonly side: "seal"; readonly medium: Medium; readonly purpose: Purpose }
  | { readonly side: "open"; readonly medium: Medium; readonly purpose: Purpose; readonly sender: string };

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

function sharedWord({ do: word }: Fields): SharedWord | undefined {
  return word === "silence" || word === "counts" ? { do: word } : undefined;
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
    default:
      return sharedWord(fields);
  }
}

function doorsWord({ areOpen }: Fields): PageWord | undefined {
  return typeof areOpen === "boolean" ? { do: "doors", areOpen } : undefined;
}

/** A word of the page; undefined for anything that is none. */
export function readPageWord(message: unknown): PageWord | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) return undefined;
  if (fields["do"] === "doors") return doorsWord(fields);
  if (fields["do"] !== "connect") return sharedWord(fields);
  return fields["keys"] instanceof MessagePort ? { do: "connect", keys: fields["keys"] } : undefined;
}

/** What a transform is for; undefined when it says nothing we know: its frames then go nowhere. */
export function readTask(options: unknown): Task | undefined {
  const { side, medium, purpose, sender } = fieldsOf(options) ?? {};
  if (!isMedium(medium) || !isPurpose(purpose)) return undefined;
  if (side === "seal") return { side, medium, purpose };
  return side === "open" && isSender(sender) ? { side, medium, purpose, sender } : undefined;
}

/** People of a summit as an MLS group sees them: credentials signed by delegations, and the rules that check them. */
import { type KeyObject, generateKeyPairSync, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Group, type GroupMember, type Leaf, type Rules, newSession, start, verify } from "../keys/group";

const CRATE = new URL("../../mls/visavis_mls_bg.wasm", import.meta.url);
const MEDIA = "visavis media 1";
const RANKS = { chair: 4, principal: 3, adviser: 2, interpreter: 1, press: 0 } as const;

export type Rank = keyof typeof RANKS;

/** Who somebody says they are. */
export interface Said {
  readonly party: string;
  readonly id: string;
  readonly rank: Rank;
}

interface Signed extends Said {
  readonly key: string;
}

/** A delegation, which signs for its members. */
export interface Delegation {
  readonly party: string;
  readonly secret: KeyObject;
  readonly key: Uint8Array;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Compile the crate in Node. */
export async function startCrate(): Promise<void> {
  await start(await readFile(CRATE));
}

export function aDelegation(party: string): Delegation {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { party, secret: privateKey, key: Uint8Array.from(Buffer.from(x, "base64url")) };
}

/** Return a credential of about the size of a real one. */
export function credential(delegation: Delegation, said: Omit<Said, "party">, key: Uint8Array): Uint8Array {
  const body = JSON.stringify({ party: delegation.party, ...said, key: hex(key), name: "Their Excellency".repeat(8) });
  return utf8(JSON.stringify({ body, signature: hex(sign(null, utf8(body), delegation.secret)) }));
}

/** Return a member with a new session of their own. */
export function aMember(delegation: Delegation, id: string, rank: Rank = "adviser"): GroupMember {
  const session = newSession();
  return { ...session, credential: credential(delegation, { id, rank }, session.key) };
}

function opened(bytes: Uint8Array): { readonly body: string; readonly signature: string } {
  return JSON.parse(new TextDecoder().decode(bytes)) as { body: string; signature: string };
}

export function saidBy(bytes: Uint8Array): Signed {
  return JSON.parse(opened(bytes).body) as Signed;
}

function samePerson(one: Said, other: Said): boolean {
  return one.party === other.party && one.id === other.id;
}

function mayRemove(me: Said, other: Said): boolean {
  const outranks = me.party === other.party && RANKS[me.rank] > RANKS[other.rank];
  return me.rank === "chair" || outranks || other.rank === "press";
}

/** The rules of an honest member who knows the keys of these delegations. */
export function strictRules(pinned: readonly Delegation[]): Rules {
  return {
    validate(bytes, key) {
      const { body, signature } = opened(bytes);
      const said = saidBy(bytes);
      const root = pinned.find(({ party }) => party === said.party);
      const vouched = root !== undefined && verify(root.key, Buffer.from(signature, "hex"), utf8(body));
      return vouched && said.key === hex(key) && said.rank !== "press";
    },
    identity: (bytes) => utf8(`${saidBy(bytes).party}/${saidBy(bytes).id}`),
    successor: (old, _oldKey, next) => samePerson(saidBy(old), saidBy(next)) && saidBy(old).rank === saidBy(next).rank,
    permits({ external, committer, removes }) {
      const me = saidBy(committer);
      const others = removes.map((bytes) => saidBy(bytes));
      if (external) {
        return others.every((other) => samePerson(me, other)) ? "" : "who joins removes nobody else";
      }
      return others.every((other) => mayRemove(me, other)) ? "" : `a ${me.rank} may not`;
    },
  };
}

/** The rules of somebody who breaks them. */
export const noRules: Rules = {
  validate: () => true,
  identity: (bytes) => bytes,
  successor: () => true,
  permits: () => "",
};

/** Everything that must be equal among the members of an epoch. */
export function sight(group: Group): string {
  const roster = group.roster().map(({ index, key }) => `${index}:${hex(key)}`);
  return [group.epoch, hex(group.authenticator()), mediaKey(group), ...roster].join(" ");
}

/** The secret from which one sender's media keys come. */
export function mediaKey(group: Group): string {
  return hex(group.export(MEDIA, utf8("a sender"), 32));
}

export function leafOf(group: Group, id: string): number {
  const found = group.roster().find((leaf: Leaf) => saidBy(leaf.credential).id === id);
  if (found === undefined) {
    throw new Error(`${id} is not in the group`);
  }
  return found.index;
}

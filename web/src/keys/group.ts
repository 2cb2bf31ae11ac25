/**
 * One MLS group (RFC 9420), synchronous, for a worker: the only importer of the crate's WebAssembly. Another
 * library would change the crate and this file. Whatever is refused throws, and the group is as it was.
 */
import init, {
  type Made,
  Group as Crate,
  Session as CrateSession,
  sha256 as crateSha256,
  verify as crateVerify,
} from "../../mls/visavis_mls";
import { keyOfSeed } from "../identity";

/** A key pair for one run of a worker, made in it: Ed25519 (RFC 8032). */
export interface Session {
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
}

/** Who takes part: a session, and the credential that certifies its key. */
export interface GroupMember extends Session {
  readonly credential: Uint8Array;
}

/** One member as the tree has it. */
export interface Leaf {
  readonly index: number;
  readonly credential: Uint8Array;
  readonly key: Uint8Array;
}

/** What a commit does, for the rules to judge; people by their credentials. */
export interface Proposed {
  /** Whether another made it; else it is the own one that is about to be made. */
  readonly received: boolean;
  /** Whether the committer joins, or comes back, by it. */
  readonly external: boolean;
  readonly committer: Uint8Array;
  readonly removes: readonly Uint8Array[];
}

/** The rules of the summit. One that is missing, throws or answers something else refuses. */
export interface Rules {
  /** Whether this credential makes its holder a member, and certifies this key. */
  readonly validate: (credential: Uint8Array, key: Uint8Array) => boolean;
  /** The name of the person, the same in every session: nobody is in a group twice. Asked once for each credential. */
  readonly identity: (credential: Uint8Array) => Uint8Array;
  /** Whether `next` may take the place of `old`. */
  readonly successor: (old: Uint8Array, oldKey: Uint8Array, next: Uint8Array, nextKey: Uint8Array) => boolean;
  /** Why a commit is not permitted; nothing if it is. */
  readonly permits: (commit: Proposed) => string;
}

/** A commit to be sent, and the GroupInfo by which the next may join once it is accepted. */
export interface Committed {
  readonly commit: Uint8Array;
  readonly groupInfo: Uint8Array;
}

/** What a commit of another member did. */
export interface Processed {
  readonly external: boolean;
  /** The committer's leaf. */
  readonly committer: number;
  /** Whether it removed this member: end the group then. */
  readonly removedMe: boolean;
  readonly epoch: bigint;
}

/** What was asked of a group is not done; the message says why, for the log. */
export class GroupRefusedError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "GroupRefusedError";
  }
}

/** Get the crate ready: fetched and compiled while it streams, or from `bytes` where nothing can be fetched. */
export async function start(bytes?: BufferSource): Promise<void> {
  await (bytes === undefined ? init() : init({ module_or_path: bytes }));
}

/** Make the key pair of this run. */
export function newSession(): Session {
  const session = new CrateSession();
  const { secret, key } = session;
  session.free();
  return { secret, key };
}

/** Signs bytes as a session. */
export type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** Of what a session signs with: the seed (RFC 8032 §5.1.5) stands before the public half. */
const SEED_LENGTH = 32;

/**
 * What signs as a session after its secret is overwritten here: WebCrypto keeps the key, and lets nobody read it. What it
 * signs begins with `visavis`, so that nothing of it passes for a message of MLS (RFC 9420 §5.1.2).
 */
export async function signerOf({ secret }: Session): Promise<Sign> {
  const seed = secret.slice(0, SEED_LENGTH);
  const key = await keyOfSeed(seed);
  seed.fill(0);
  return async (bytes) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, bytes));
}

/** Tell whether a signature is Ed25519's (RFC 8032), at once, as a rule must know. */
export function verify(key: Uint8Array, signature: Uint8Array, bytes: Uint8Array): boolean {
  return crateVerify(key, signature, bytes);
}

/** Return the SHA-256 of bytes (FIPS 180-4), at once, as a rule must know. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return crateSha256(bytes);
}

/** Return the rules as the crate calls them. */
function hooks(rules: Rules): unknown {
  return {
    validate: (credential: Uint8Array, key: Uint8Array) => rules.validate(credential, key),
    identity: (credential: Uint8Array) => rules.identity(credential),
    successor: (old: Uint8Array, oldKey: Uint8Array, next: Uint8Array, nextKey: Uint8Array) =>
      rules.successor(old, oldKey, next, nextKey),
    permits: (received: boolean, external: boolean, committer: Uint8Array, removes: readonly Uint8Array[]) =>
      rules.permits({ received, external, committer, removes }),
  };
}

/** Do something in the crate; what it throws is a refusal. */
function asked<Answer>(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (cause) {
    throw new GroupRefusedError(cause);
  }
}

/** Return the parts of what the crate made, which keeps nothing of it. */
function taken(made: Made): Committed {
  const { commit, group_info: groupInfo } = made;
  made.free();
  return { commit, groupInfo };
}

/** The state of one member in one group; all of it is in the crate's memory. */
export class Group {
  readonly #crate: Crate;

  private constructor(crate: Crate) {
    this.#crate = crate;
  }

  /** Begin a group with one member. */
  static create(id: Uint8Array, member: GroupMember, rules: Rules): Group {
    const { credential, secret, key } = member;
    return new Group(asked(() => Crate.create(id, credential, secret, key, hooks(rules))));
  }

  /**
   * Join by an external commit. A leaf of the same person, by `rules.identity`, is removed in it: so a device
   * comes back. The group is good once the commit is accepted; if it is not, erase it.
   */
  static join(groupInfo: Uint8Array, member: GroupMember, rules: Rules): Committed & { readonly group: Group } {
    const { credential, secret, key } = member;
    return asked(() => {
      const crate = Crate.join(groupInfo, credential, secret, key, hooks(rules));
      return { group: new Group(crate), ...taken(crate.joined_by()) };
    });
  }

  /** The name it was created under: whoever joins compares it with the group that was meant. */
  get id(): Uint8Array {
    return asked(() => this.#crate.id);
  }

  get epoch(): bigint {
    return asked(() => this.#crate.epoch);
  }

  /** The own leaf. */
  get own(): number {
    return asked(() => this.#crate.own);
  }

  /** Enter the next epoch by the commit of another; a pending own commit is forgotten by it. */
  process(commit: Uint8Array): Processed {
    return asked(() => {
      const done = this.#crate.process(commit);
      const { external, committer, removed_me: removedMe, epoch } = done;
      done.free();
      return { external, committer, removedMe, epoch };
    });
  }

  /** Make a commit that renews the keys and removes these leaves; pending until `apply` or `clear`. */
  commit(removes: readonly number[]): Committed {
    return asked(() => taken(this.#crate.commit(Uint32Array.from(removes))));
  }

  /** Enter the epoch of the pending commit: it was accepted. */
  apply(): void {
    asked(() => this.#crate.apply());
  }

  /** Forget the pending commit: another was accepted. */
  clear(): void {
    asked(() => this.#crate.clear());
  }

  /** Derive a secret of this epoch, `length` bytes (MLS-Exporter, RFC 9420 §8.5). */
  export(label: string, context: Uint8Array, length: number): Uint8Array {
    return asked(() => this.#crate.export(label, context, length));
  }

  /** What members compare to know that they see the same group (RFC 9420 §8.7). */
  authenticator(): Uint8Array {
    return asked(() => this.#crate.authenticator());
  }

  /** Everybody who has the keys of this epoch. */
  roster(): readonly Leaf[] {
    return asked(() =>
      this.#crate.roster().map((leaf) => {
        const { index, credential, key } = leaf;
        leaf.free();
        return { index, credential, key };
      }),
    );
  }

  /** The GroupInfo of this epoch, with its tree. */
  info(): Uint8Array {
    return asked(() => this.#crate.info());
  }

  /** Let go of every secret; the group answers nothing more. */
  erase(): void {
    this.#crate.free();
  }
}

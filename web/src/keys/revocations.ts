/** Whom their own party has taken its word back for: by its signature, never by the host's word (docs/protocol.md §2). */
import { parseRevocation, type RevocationSent } from "../contract/parse";
import { bytesOf, keyOfParty, type Pinned, readStatement, signedBytes } from "../identity";
import { RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import type { Delivery } from "./delivery";
import { verify } from "./group";
import { personOf } from "./rules";

/**
 * The person whom a revocation is of, if their party signed it under this descriptor.
 *
 * @throws RefusedError `invitation_bad`, `signature_bad`.
 */
export function revokedBy(sent: RevocationSent, { descriptor, dh }: Pinned): string {
  const [bytes, signature] = [bytesOf(sent.revocation), bytesOf(sent.signature)];
  const said = read(bytes);
  const key = keyOfParty(descriptor, said.party);
  if (said.descriptor !== dh || key === undefined) throw new RefusedError("invitation_bad", "descriptor");
  if (!verify(bytesOf(key), signature, signedBytes(said.type, bytes))) throw new RefusedError("signature_bad");
  return personOf(said);
}

function read(bytes: ReturnType<typeof bytesOf>): ReturnType<typeof parseRevocation> {
  try {
    return readStatement(bytes, parseRevocation);
  } catch (cause) {
    if (cause instanceof RefusedError) throw new RefusedError("invitation_bad", cause);
    throw cause;
  }
}

/** What knowing the revoked needs. */
export interface RevocationsNeeds {
  readonly pinned: Pinned;
  readonly log: Log;
  readonly delivery: Pick<Delivery, "revocations">;
}

/** Everybody who was ever known to be revoked: what the server leaves out later stays. */
export class Revocations {
  private readonly needs: RevocationsNeeds;
  private readonly looked = new Set<string>();
  private readonly persons = new Set<string>();
  private isAsked = true;

  constructor(needs: RevocationsNeeds) {
    this.needs = needs;
  }

  /** There may be more of them. */
  ask(): void {
    this.isAsked = true;
  }

  /** Who is revoked; fetched if that was asked. */
  async heed(): Promise<ReadonlySet<string>> {
    if (!this.isAsked) return this.persons;
    this.isAsked = false;
    try {
      for (const each of await this.needs.delivery.revocations()) this.take(each);
    } catch (error) {
      this.isAsked = true;
      throw error;
    }
    return this.persons;
  }

  /** Takes it if it holds; each is looked at once. */
  private take(sent: RevocationSent): void {
    const name = `${sent.revocation} ${sent.signature}`;
    if (this.looked.has(name)) return;
    this.looked.add(name);
    try {
      this.persons.add(revokedBy(sent, this.needs.pinned));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.needs.log.note("revocation refused", { code: error.code });
    }
  }
}

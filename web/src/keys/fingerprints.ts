/**
 * SHA-256 for those who cannot wait. WebCrypto answers later, and a group's rules must answer at once: what is not known
 * yet is refused, remembered, and known at the next try.
 */
import { type Bytes } from "../identity";
import { nameOf } from "../kernel/canonical";

/** Far more than a summit has members; a flood of others' is forgotten, and hashed again when it is met again. */
const MOST = 4096;

export class Fingerprints {
  private readonly known = new Map<string, Bytes>();
  private readonly wanted = new Map<string, Bytes>();

  /** The fingerprint; undefined before {@link settle} has made it. */
  of(bytes: Bytes): Bytes | undefined {
    const name = nameOf(bytes);
    const print = this.known.get(name);
    if (print === undefined) this.wanted.set(name, bytes);
    return print;
  }

  /** Makes those that were asked for; false when there were none, so that another try would end as the last. */
  async settle(): Promise<boolean> {
    const asked = [...this.wanted];
    this.wanted.clear();
    if (this.known.size + asked.length > MOST) this.known.clear();
    // All at once: each waits for a thread, and whoever joins meets everybody.
    const prints = await Promise.all(asked.map(async ([, bytes]) => crypto.subtle.digest("SHA-256", bytes)));
    for (const [at, [name]] of asked.entries()) this.known.set(name, new Uint8Array(prints[at] ?? []));
    return asked.length > 0;
  }
}

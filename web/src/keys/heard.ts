/** The commits that an agent has heard of and not followed yet. */
import type { Bytes } from "../identity";

export class Heard {
  private readonly commits = new Map<number, Bytes>();
  private isInDoubt = false;

  take(epoch: number, commit: Bytes): void {
    this.commits.set(epoch, commit);
  }

  /** Something may have been missed. */
  doubt(): void {
    this.isInDoubt = true;
  }

  /** An epoch was taken back, and all after it. */
  voided(epoch: number): void {
    for (const later of this.commits.keys()) if (later >= epoch) this.commits.delete(later);
  }

  /** Whether there is, or may be, something to follow at this epoch; asked once after a doubt. */
  isAnything(epoch: number): boolean {
    for (const earlier of this.commits.keys()) if (earlier < epoch) this.commits.delete(earlier);
    const isAnything = this.commits.size > 0 || this.isInDoubt;
    this.isInDoubt = false;
    return isAnything;
  }

  /** The commit that ended an epoch. */
  at(epoch: number): Bytes | undefined {
    return this.commits.get(epoch);
  }

  clear(): void {
    this.commits.clear();
  }
}

/** What one says oneself: sealed and sent one after another, so that the numbers of a session arrive in their order. */
import type { ErrorCode } from "../contract/codes";
import type { Said } from "../contract/parse";
import type { Bytes } from "../identity";
import { pauseBefore } from "../kernel/backoff";
import { sameBytes } from "../kernel/canonical";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import { NONCE_LENGTH, seal } from "./envelope";
import type { Sending } from "./epochs";
import type { Post } from "./post";

/** How often something is sent whose answer does not come. */
const TRIES = 5;

/** What speaking needs. */
export interface SayingNeeds {
  /** The group's name in MLS messages. */
  readonly group: string;
  readonly clock: Clock;
  chance(): number;
  readonly post: Post;
  /** What one seals with now; null while one is not in the group. */
  sending(): Sending | null;
  /** The number up to which one has heard everything. */
  heardTo(): number;
  sent(ticket: number, number: number): void;
  /** It may have reached the others all the same if the code is that of an outage. */
  unsent(ticket: number, code: ErrorCode | null): void;
}

/** Something that waits to be said, under the name by which it is asked for. */
interface Word {
  readonly ticket: number;
  readonly said: Said;
}

export class Saying {
  private readonly needs: SayingNeeds;
  private readonly words: Word[] = [];
  private isBusy = false;
  private isOver = false;
  /** How many this session has said. */
  private count = 0;
  private session = "";

  constructor(needs: SayingNeeds) {
    this.needs = needs;
  }

  say(ticket: number, said: Said): void {
    this.words.push({ ticket, said });
    if (this.isBusy) return;
    this.isBusy = true;
    void this.work();
  }

  end(): void {
    this.isOver = true;
  }

  private async work(): Promise<void> {
    try {
      for (let word = this.words.shift(); word !== undefined; word = this.words.shift()) {
        await this.one(word);
      }
    } finally {
      // Not a moment later: what is said in between would wait for the next.
      this.isBusy = false;
    }
  }

  private async one({ ticket, said }: Word): Promise<void> {
    const from = this.needs.heardTo();
    const tried: Bytes[] = [];
    for (let tries = 0; !this.isOver; tries += 1) {
      const sending = this.needs.sending();
      if (sending === null) return this.needs.unsent(ticket, null);
      const envelope = await this.sealed(sending, said);
      tried.push(envelope);
      try {
        const number = tries === 0 ? await this.needs.post.send(envelope) : await this.again(envelope, tried, from);
        this.count += 1;
        return this.needs.sent(ticket, number);
      } catch (error) {
        const code = this.given(error, tries);
        if (code !== undefined) return this.needs.unsent(ticket, code);
      }
      await this.wait(tries);
    }
  }

  /** Why one gives up after so many tries; undefined when one does not. */
  private given(error: unknown, tries: number): ErrorCode | undefined {
    if (!(error instanceof OutageError) && !(error instanceof RefusedError)) throw error;
    if (error instanceof OutageError && tries < TRIES - 1) return undefined;
    // What may have come is counted: no later word may pass for it.
    if (tries > 0) this.count += 1;
    return error.code;
  }

  private async sealed({ epoch, leaf, session, key, sign }: Sending, said: Said): Promise<Bytes> {
    if (session !== this.session) [this.session, this.count] = [session, 0];
    const head = { group: this.needs.group, epoch, leaf, sequence: this.count + 1 };
    return seal(head, said, await key, crypto.getRandomValues(new Uint8Array(NONCE_LENGTH)), sign);
  }

  /** An answer was lost: it is sent again unless it has come. */
  private async again(envelope: Bytes, tried: readonly Bytes[], from: number): Promise<number> {
    let after = from;
    for (;;) {
      const page = await this.needs.post.after(after);
      const own = page.find((each) => tried.some((bytes) => sameBytes(bytes, each.envelope)));
      if (own !== undefined) return own.number;
      const next = Math.max(after, ...page.map(({ number }) => number));
      if (next === after) return this.needs.post.send(envelope);
      after = next;
    }
  }

  private async wait(tries: number): Promise<void> {
    const ms = pauseBefore(tries, () => this.needs.chance());
    await new Promise<void>((done) => this.needs.clock.after(ms, done));
  }
}

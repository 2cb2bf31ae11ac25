/** A group's post in memory: it numbers envelopes, and a test may lose, hold back, repeat and change them. */
import { OutageError, RefusedError } from "../kernel/errors";
import type { Numbered, Post } from "../keys/post";

type Bytes = Uint8Array<ArrayBuffer>;

/** Whom the post tells of envelopes. */
interface Addressee {
  take(number: number, envelope: Bytes): void;
}

/** One member's line to the post. */
export class PostLine implements Post {
  told: Addressee | null = null;
  /** Whether the member hears of envelopes. */
  isDeaf = false;
  /** What becomes of the next envelopes: none comes, one comes and the answer does not, or it is refused. */
  readonly mishaps: ("lost" | "unanswered" | "refused")[] = [];
  private readonly post: FakePost;

  constructor(post: FakePost) {
    this.post = post;
    post.lines.push(this);
  }

  async send(envelope: Bytes): Promise<number> {
    await Promise.resolve();
    const mishap = this.mishaps.shift();
    if (mishap === "refused") throw new RefusedError("too_many_requests");
    if (mishap === "lost") throw new OutageError("no_answer");
    const number = this.post.accept(envelope);
    if (mishap === "unanswered") throw new OutageError("no_answer");
    return number;
  }

  async after(number: number): Promise<readonly Numbered[]> {
    await Promise.resolve();
    return this.post.kept.filter((each) => each.number > number).slice(0, 2);
  }
}

/** The post. */
export class FakePost {
  readonly lines: PostLine[] = [];
  readonly kept: Numbered[] = [];
  /** Whether the server keeps what it should send on, also in the log. */
  withholds = false;
  private next = 1;

  /** Numbers an envelope and tells everybody. */
  accept(envelope: Bytes): number {
    const number = this.next;
    if (this.withholds) return number;
    this.next += 1;
    this.kept.push({ number, envelope });
    for (const line of this.lines) if (!line.isDeaf) line.told?.take(number, envelope);
    return number;
  }
}

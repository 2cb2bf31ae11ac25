/** A member of a meeting without worker and browser: frames go in at one end and come out at the other, or do not. */
import type { Counts } from "../keys/frames/counts";
import { Frames, type Transformer } from "../keys/frames/frames";
import type { Bytes } from "../keys/frames/layout";
import type { Task } from "../keys/frames/messages";
import type { Frame } from "../keys/frames/pipe";

export const ANNA = "ANNA";
export const SPEECH = Uint8Array.from({ length: 40 }, (_, place) => place);

export function secret(seed: number): Bytes {
  return new Uint8Array(32).fill(seed);
}

export class FakeFrame implements Frame {
  data: ArrayBuffer;
  readonly type?: string;
  private readonly mimeType: string | undefined;

  constructor(data: Uint8Array, mimeType?: string, type?: string) {
    this.data = data.slice().buffer;
    this.mimeType = mimeType;
    if (type !== undefined) this.type = type;
  }

  getMetadata(): { mimeType?: string | undefined } {
    return { mimeType: this.mimeType };
  }

  bytes(): Bytes {
    return new Uint8Array(this.data);
  }
}

/** A track as the browser hands it to the worker, and what came out at its other end. */
export class FakeTrack implements Transformer {
  readonly options: unknown;
  readonly readable: ReadableStream<Frame>;
  readonly writable: WritableStream<Frame>;
  readonly passed: FakeFrame[] = [];
  asked = 0;
  renewed = 0;
  private readonly entrance: TransformStream<Frame, Frame>;
  private readonly writer: WritableStreamDefaultWriter<Frame>;

  constructor(options: unknown) {
    this.options = options;
    this.entrance = new TransformStream();
    this.readable = this.entrance.readable;
    this.writer = this.entrance.writable.getWriter();
    this.writable = new WritableStream({
      write: (frame) => {
        this.passed.push(frame as FakeFrame);
      },
    });
  }

  async generateKeyFrame(): Promise<void> {
    this.renewed += 1;
  }

  async sendKeyFrameRequest(): Promise<void> {
    this.asked += 1;
  }

  async send(...frames: readonly Frame[]): Promise<void> {
    for (const frame of frames) await this.writer.write(frame);
  }

  async close(): Promise<void> {
    await this.writer.close();
  }
}

/** Whose keys are in use: a floor's, so that the doors are open. */
export const GROUP = "floor.1";

/** A worker of one member. */
export class Member {
  readonly frames: Frames;
  ended = 0;
  renewed = 0;
  /** Who was heard outside after the doors had closed, and of which floor. */
  readonly overheard: (readonly [string, string])[] = [];
  /** In ms. */
  now = 0;

  constructor(start = 1) {
    this.frames = new Frames(start, () => this.now, {
      failed: () => {
        this.ended += 1;
      },
      renewing: () => {
        this.renewed += 1;
      },
      overheard: (...who) => {
        this.overheard.push(who);
      },
    });
    this.frames.sealUnder(GROUP);
    this.renewed = 0;
  }

  async told(...words: readonly unknown[]): Promise<void> {
    for (const word of words) await this.frames.obey(word, GROUP, () => undefined);
  }

  counts(): Counts {
    return this.frames.counts();
  }

  /** Passes frames through one track; resolves with what came out. */
  async passes(options: unknown, ...frames: readonly Frame[]): Promise<readonly FakeFrame[]> {
    const track = new FakeTrack(options);
    const taking = this.frames.take(track);
    // A track that is not taken is not read, and whoever writes to it waits for ever.
    await Promise.race([taking, track.send(...frames).then(async () => track.close())]);
    await taking;
    return track.passed;
  }

  async says(seal: Task = FLOOR_OUT, ...speech: readonly Uint8Array[]): Promise<readonly FakeFrame[]> {
    const frames = (speech.length === 0 ? [SPEECH] : speech).map((one) => new FakeFrame(one, "audio/opus"));
    return this.passes(seal, ...frames);
  }

  async hears(frames: readonly FakeFrame[], open: unknown = FLOOR_IN): Promise<readonly Bytes[]> {
    const copies = frames.map((frame) => new FakeFrame(frame.bytes(), "audio/opus"));
    return (await this.passes(open, ...copies)).map((frame) => frame.bytes());
  }
}

export const FLOOR_OUT: Task = { side: "seal", medium: "audio", purpose: "floor" };
export const FLOOR_IN: Task = { side: "open", medium: "audio", purpose: "floor", sender: ANNA };
export const CAMERA_OUT: Task = { side: "seal", medium: "video", purpose: "camera" };
export const CAMERA_IN: Task = { side: "open", medium: "video", purpose: "camera", sender: ANNA };

export const send = (keyId: number, seed = keyId): unknown => ({ do: "send", keyId, secret: secret(seed) });
export const receive = (keyId: number, seed = keyId): unknown => ({
  do: "receive",
  sender: ANNA,
  keyId,
  secret: secret(seed),
});

export async function pair(keyId = 5): Promise<{ anna: Member; boris: Member }> {
  const anna = new Member();
  const boris = new Member(2);
  await anna.told(send(keyId));
  await boris.told(receive(keyId));
  return { anna, boris };
}

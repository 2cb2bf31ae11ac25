/** Passes one track's frames through a sealer or an opener. Whatever goes wrong, a frame is dropped, never let through. */
import type { Tally } from "./counts";
import {
  channelTag,
  codecOf,
  headerLength,
  isRedundant,
  mediumOf,
  type Bytes,
  type Codec,
  type Medium,
} from "./layout";
import type { Task } from "./messages";
import type { Opener } from "./opening";
import type { Sealer } from "./sealing";

/** What is used of `RTCEncodedAudioFrame` and `RTCEncodedVideoFrame`. */
export interface Frame {
  data: ArrayBuffer;
  /** Pictures only: `key`, `delta` or `empty`. */
  readonly type?: string;
  getMetadata(): { readonly mimeType?: string | undefined };
}

/** What works on the frames. */
export interface Works {
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly tally: Tally;
}

/** One frame in, one or none out. */
type Work = (frame: Bytes, header: number) => Promise<ArrayBuffer | undefined>;

function codecOfFrame(mimeType: string, medium: Medium): Codec | undefined {
  // Firefox and Safari do not name the codec; what is published and subscribed is limited to these two elsewhere.
  const codec = mimeType === "" ? assumed(medium) : codecOf(mimeType);
  return codec !== undefined && mediumOf(codec) === medium ? codec : undefined;
}

function assumed(medium: Medium): Codec {
  return medium === "audio" ? "opus" : "vp8";
}

function workFor(task: Task, tag: number, { sealer, opener }: Works): Work {
  switch (task.side) {
    case "seal":
      return async (frame, header) => sealer.seal(frame, header, tag);
    case "open":
      return async (frame, header) => opener.open({ frame, header, sender: task.sender, tag });
  }
}

/**
 * Returns the stream that one track's frames pass through.
 *
 * @param lacking called when a picture comes through after others were dropped, and is not one to begin with: the
 * decoder needs a key frame, and would wait three seconds before it asks for one.
 */
export async function pipe(task: Task, works: Works, lacking: () => void): Promise<TransformStream<Frame, Frame>> {
  const work = workFor(task, await channelTag(task.purpose), works);
  let hasGap = false;
  const passed = async (frame: Frame): Promise<ArrayBuffer | undefined> => {
    const { mimeType = "" } = frame.getMetadata();
    const codec = codecOfFrame(mimeType, task.medium);
    if (codec === undefined) {
      works.tally.dropped("codec");
      return undefined;
    }
    const header = headerLength(codec, frame.type === "key");
    // Silence that Opus does not send, and pictures without content.
    if (frame.data.byteLength <= header || frame.type === "empty") {
      works.tally.dropped("empty");
      return undefined;
    }
    const data = await work(new Uint8Array(frame.data), header);
    if (data !== undefined && isRedundant(mimeType)) works.tally.redundantOne();
    return data;
  };
  return new TransformStream({
    async transform(frame, onward) {
      // A frame that breaks something is dropped like any other: thrown on, it would end the track.
      const data = await passed(frame).catch(() => {
        works.tally.dropped("broken");
        return undefined;
      });
      if (data === undefined) {
        hasGap = true;
        return;
      }
      frame.data = data;
      if (hasGap && task.medium === "video") {
        if (frame.type !== "key") lacking();
        hasGap = false;
      }
      onward.enqueue(frame);
    },
  });
}

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

/** What of one frame goes on; undefined when nothing does. */
async function passed(frame: Frame, medium: Medium, work: Work, tally: Tally): Promise<ArrayBuffer | undefined> {
  const { mimeType = "" } = frame.getMetadata();
  const codec = codecOfFrame(mimeType, medium);
  if (codec === undefined) {
    tally.dropped("codec");
    return undefined;
  }
  const header = headerLength(codec, frame.type === "key");
  // Silence that Opus does not send, and pictures without content.
  if (frame.data.byteLength <= header || frame.type === "empty") {
    tally.dropped("empty");
    return undefined;
  }
  const data = await work(new Uint8Array(frame.data), header);
  if (data !== undefined && isRedundant(mimeType)) tally.redundantOne();
  return data;
}

/** Where frames come from, and where they go. */
export interface Way {
  readonly readable: ReadableStream<Frame>;
  readonly writable: WritableStream<Frame>;
}

/**
 * Passes one track's frames through, one after the other, until the track ends or the browser takes a stream away.
 *
 * Read and written by hand: a `TransformStream` between two pipes costs as much for each frame as its encryption does.
 *
 * @param lacking called when a picture comes through first, or after others were dropped, and is not one to begin with: the
 * decoder needs a key frame, and would wait three seconds before it asks for one.
 */
export async function pipe(task: Task, works: Works, way: Way, lacking: () => void): Promise<void> {
  const work = workFor(task, await channelTag(task.purpose), works);
  const reader = way.readable.getReader();
  const writer = way.writable.getWriter();
  // What came before this was listened to is as lost as what was dropped.
  let hasGap = task.side === "open";
  const passOn = async (frame: Frame): Promise<void> => {
    // A frame that breaks something is dropped like any other: thrown on, it would end the track.
    const data = await passed(frame, task.medium, work, works.tally).catch(() => {
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
    await writer.write(frame);
  };
  try {
    // oxlint-disable no-await-in-loop -- a frame may be decoded only after the one before
    for (let next = await reader.read(); !next.done; next = await reader.read()) await passOn(next.value);
    // oxlint-enable no-await-in-loop
    await writer.close();
  } catch {
    // Whichever end is gone, the other is let go: no frame passes here any more.
    await Promise.allSettled([reader.cancel(), writer.abort()]);
  }
}

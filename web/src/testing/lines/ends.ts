/**
 * Three ways to be in a room of an SFU, for benchmarks: over our line, sealed; with livekit-client as it is; with
 * livekit-client and its own end-to-end encryption. Keys are set by hand: one number repeated.
 */
import {
  ExternalE2EEKeyProvider,
  LocalAudioTrack,
  LocalVideoTrack,
  type LocalTrack,
  Room,
  type RoomOptions,
  Track,
} from "livekit-client";
import type { Identity } from "../../kernel/ids";
import { Cell } from "../../kernel/store";
import type { Sealing } from "../../keys";
import type { Counts } from "../../keys/frames/counts";
import type { KeyWord, Told } from "../../keys/frames/messages";
import { mediaEngine } from "../../rooms/engine";
import { Line, type LineTold } from "../../rooms/line";

/** Which of them: ours; livekit-client that sends as ours does; the same with its own encryption; as it comes. */
export type Kind = "ours" | "plain" | "stock" | "defaults";

/** Where to be, and with whom. */
export interface Place {
  readonly url: string;
  readonly token: string;
  readonly identity: string;
  readonly others: readonly string[];
  readonly secret: number;
}

/** One's own end in a room. */
export interface End {
  publish(track: MediaStreamTrack): Promise<void>;
  close(): Promise<void>;
  /** Why something might pass unsealed or unheard: what our frames worker counted; null where there is none. */
  counts(): Promise<Counts | null>;
}

type Heard = (track: MediaStreamTrack) => void;

const KEY_ID = 5;
const PASSPHRASE_LENGTH = 32;

/** What our line publishes with (rooms/line.ts), for livekit-client: that of the same room differs in nothing else. */
const PUBLISHING = {
  audioPreset: { maxBitrate: 64_000 },
  dtx: false,
  videoCodec: "vp8",
  backupCodec: false,
  simulcast: false,
  videoEncoding: { maxBitrate: 700_000, maxFramerate: 20 },
} as const;

/** Opens one's end in a room; `heard` is called with each track of others. */
export async function open(kind: Kind, place: Place, heard: Heard): Promise<End> {
  if (kind === "ours") return ours(place, heard);
  if (kind === "defaults") return theirs(place, heard, {});
  const publishDefaults = PUBLISHING;
  return theirs(place, heard, { publishDefaults, ...(kind === "stock" ? await encrypted(place.secret) : {}) });
}

async function ours(place: Place, heard: Heard): Promise<End> {
  const worker = new Worker(new URL("../../keys/frames/framesWorker.ts", import.meta.url), { type: "module" });
  const { port1: keys, port2 } = new MessageChannel();
  worker.postMessage({ do: "connect", group: "chamber", keys: port2 }, [port2]);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
  worker.postMessage({ do: "under", group: "chamber" });
  const secret = new Uint8Array(32).fill(place.secret);
  for (const sender of place.others) say(keys, { do: "receive", sender, keyId: KEY_ID, secret });
  say(keys, { do: "send", keyId: KEY_ID, secret });
  const known = new Set<string>();
  const told: LineTold = {
    joined: () => {
      line.restrict(place.others as readonly Identity[]);
    },
    changed: () => {
      for (const { tracks } of line.remotes()) {
        for (const { id, track } of tracks) if (!known.has(id)) heard(track);
        for (const { id } of tracks) known.add(id);
      }
    },
    faltering: () => undefined,
    restored: () => undefined,
    ended: () => undefined,
  };
  const line = new Line(await mediaEngine.load(), told, sealing(worker, place.identity));
  await line.connect(place.url, place.token);
  return {
    publish: async (track) => {
      const [name, source] =
        track.kind === "audio" ? (["floor", "microphone"] as const) : (["camera", "camera"] as const);
      await line.publish({ name, source, track, muted: false });
    },
    close: async () => {
      await line.close();
      worker.terminate();
    },
    counts: async () => counted(keys),
  };
}

/** Speaks as the keys worker does. */
function say(keys: MessagePort, word: KeyWord): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin to name
  keys.postMessage(word);
}

function sealing(worker: Worker, identity: string): Sealing {
  return {
    worker,
    identity: identity as Identity,
    redundancy: new Cell(true),
    fail: () => {
      throw new Error("the sealing failed");
    },
    isOver: false,
    onEnd: () => () => undefined,
  };
}

async function counted(keys: MessagePort): Promise<Counts | null> {
  return new Promise((resolve) => {
    keys.addEventListener(
      "message",
      ({ data }: MessageEvent<Told>) => {
        resolve(data.told === "counts" ? data.counts : null);
      },
      { once: true },
    );
    keys.start();
    say(keys, { do: "counts" });
  });
}

async function encrypted(secret: number): Promise<Pick<RoomOptions, "encryption">> {
  const keyProvider = new ExternalE2EEKeyProvider();
  await keyProvider.setKey(String(secret).repeat(PASSPHRASE_LENGTH));
  const file = new URL("../../../node_modules/livekit-client/dist/livekit-client.e2ee.worker.mjs", import.meta.url);
  return { encryption: { keyProvider, worker: new Worker(file, { type: "module" }) } };
}

async function theirs(place: Place, heard: Heard, options: Partial<RoomOptions>): Promise<End> {
  const room = new Room(options);
  room.on("trackSubscribed", ({ mediaStreamTrack }) => {
    heard(mediaStreamTrack);
  });
  if (options.encryption !== undefined) await room.setE2EEEnabled(true);
  await room.connect(place.url, place.token);
  return {
    publish: async (track) => {
      // The library's own types do not hold under exactOptionalPropertyTypes.
      const isSound = track.kind === "audio";
      const local = isSound ? new LocalAudioTrack(track) : new LocalVideoTrack(track);
      const source = isSound ? Track.Source.Microphone : Track.Source.Camera;
      await room.localParticipant.publishTrack(local as LocalTrack, { source });
    },
    close: async () => room.disconnect(),
    counts: async () => null,
  };
}

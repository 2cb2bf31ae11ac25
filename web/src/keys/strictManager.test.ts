// @vitest-environment node
import type { LocalTrack, RemoteTrack, Room } from "livekit-client";
import { describe, expect, test } from "vitest";
import { FakeWorker } from "../testing/workers";
import { StrictManager } from "./strictManager";

const ME = "MAREN";

/** Calls whoever listens, as the library's emitters do. */
class Emitter {
  private readonly listeners = new Map<string, ((...told: never[]) => void)[]>();

  on(event: string, listener: (...told: never[]) => void): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  removeAllListeners(event: string): this {
    this.listeners.delete(event);
    return this;
  }

  tell(event: string, ...told: unknown[]): number {
    const listeners = this.listeners.get(event) ?? [];
    for (const listener of listeners) listener(...(told as never[]));
    return listeners.length;
  }
}

/** A manager in a room, and what it does there. */
class Scene {
  readonly worker = new FakeWorker();
  readonly fatal: string[] = [];
  readonly local = Object.assign(new Emitter(), { identity: "" });
  readonly room = Object.assign(new Emitter(), { localParticipant: this.local });
  readonly manager = new StrictManager(
    this.worker as unknown as Worker,
    ME,
    (why) => this.fatal.push(why),
    (_, task) => task,
  );

  constructor() {
    this.manager.setup(this.room as unknown as Room);
    this.local.identity = ME;
  }

  sends(track: object): unknown {
    const sender = { transform: undefined };
    this.local.tell("localSenderCreated", sender, track);
    return sender.transform;
  }

  receives(name: string, mimeType?: string, receiver: { transform?: unknown } = {}): unknown {
    const kind = mimeType?.startsWith("video") === true ? "video" : "audio";
    this.room.tell("trackSubscribed", { kind, receiver }, { trackName: name, mimeType }, { identity: "BRANDT" });
    return receiver.transform;
  }
}

const MICROPHONE = { kind: "audio" } as unknown as LocalTrack;
const CAMERA = { kind: "video" } as unknown as LocalTrack;

describe("what is sent", () => {
  test("is sealed as what somebody said it is for", () => {
    const scene = new Scene();
    scene.manager.intend(MICROPHONE, "int:fr");
    scene.manager.intend(CAMERA, "camera");
    expect(scene.sends(MICROPHONE)).toEqual({ side: "seal", medium: "audio", purpose: "int:fr" });
    expect(scene.sends(CAMERA)).toEqual({ side: "seal", medium: "video", purpose: "camera" });
    // Published again after a reconnection, on another sender.
    expect(scene.sends(MICROPHONE)).toEqual({ side: "seal", medium: "audio", purpose: "int:fr" });
    expect(scene.fatal).toEqual([]);
  });

  test("is nothing at all when nobody has said what it is for", () => {
    const scene = new Scene();
    expect(scene.sends(MICROPHONE)).toEqual({ side: "none" });
    expect([scene.fatal, scene.worker.ended]).toEqual([["purposeless"], 1]);
  });

  test("is nothing at all under another name", () => {
    const scene = new Scene();
    scene.manager.intend(MICROPHONE, "floor");
    scene.local.identity = "EVE";
    expect(scene.sends(MICROPHONE)).toEqual({ side: "none" });
    expect([scene.fatal, scene.worker.ended]).toEqual([["renamed"], 1]);
    scene.local.identity = ME;
    expect(scene.sends(MICROPHONE)).toEqual({ side: "none" });
  });
});

describe("what is received", () => {
  test("is opened as the sender's, anew each time", () => {
    const scene = new Scene();
    const receiver = {};
    const floor = { side: "open", medium: "audio", purpose: "floor", sender: "BRANDT" };
    expect(scene.receives("floor", "audio/red", receiver)).toEqual(floor);
    expect(scene.receives("int:fr", "audio/opus", receiver)).toEqual({ ...floor, purpose: "int:fr" });
    expect(scene.receives("camera", "video/VP8")).toEqual({ ...floor, medium: "video", purpose: "camera" });
  });

  test.each([
    ["floor", undefined],
    ["floor", "audio/pcmu"],
    ["camera", "video/h264"],
    ["camera", "video/AV1"],
    ["", "audio/opus"],
    ["speech", "audio/opus"],
  ])("is not opened when it is called %j and sent as %j", (name, mimeType) => {
    const scene = new Scene();
    expect(scene.receives(name, mimeType)).toEqual({ side: "none" });
    expect(scene.fatal).toEqual([]);
  });

  test("is for what it was when it was subscribed, whatever the server calls it later", () => {
    const scene = new Scene();
    const track = { kind: "audio", receiver: {} };
    const publication = { trackName: "floor", mimeType: "audio/opus" };
    scene.room.tell("trackSubscribed", track, publication, { identity: "BRANDT" });
    publication.trackName = "int:fr";
    expect(scene.manager.purposeOf(track as unknown as RemoteTrack)).toBe("floor");
    expect(scene.manager.purposeOf({ kind: "audio" } as unknown as RemoteTrack)).toBeUndefined();
  });
});

/** A scene in which media may flow over these receivers. */
function connected(receivers: readonly object[]): Scene {
  const scene = new Scene();
  const engine = new Emitter();
  scene.manager.setupEngine(engine as never);
  engine.tell("transportsCreated", { getTransceivers: () => receivers.map((receiver) => ({ receiver })) });
  scene.room.tell("signalConnected");
  engine.tell("signalRestarted");
  return scene;
}

describe("what comes before anybody says whose it is", () => {
  test("is held, and opened as the sender's when it is said", () => {
    const [first, second] = [{ transform: null }, { transform: null }];
    const scene = connected([first, second]);
    const held = [first.transform, second.transform] as unknown as { side: string; place: number }[];
    expect(held.map(({ side }) => side)).toEqual(["hold", "hold"]);
    expect(held[0]?.place).not.toBe(held[1]?.place);
    scene.receives("camera", "video/VP8", second);
    const task = { side: "open", medium: "video", purpose: "camera", sender: "BRANDT" };
    expect(scene.worker.said).toEqual([{ do: "claim", place: held[1]?.place, task }]);
    expect(second.transform).toBe(held[1]);
    // Used again for another's track.
    expect(scene.receives("floor", "audio/opus", second)).toEqual({ ...task, medium: "audio", purpose: "floor" });
  });

  test("goes nowhere when it is nobody's, and when the line is over", () => {
    const receivers = [{ transform: null }, { transform: null }];
    const scene = connected(receivers);
    scene.receives("speech", "audio/opus", receivers[0]);
    scene.manager.close();
    scene.manager.close();
    expect(scene.worker.said.map((word) => "task" in word && word.task)).toEqual([null, null]);
  });

  test("is not held where somebody's comes already, nor when everything has ended", () => {
    const busy = { transform: "somebody's" };
    connected([busy]);
    expect(busy.transform).toBe("somebody's");
    const late = { transform: null };
    const scene = connected([]);
    scene.worker.fail();
    const engine = new Emitter();
    scene.manager.setupEngine(engine as never);
    engine.tell("transportsCreated", { getTransceivers: () => [{ receiver: late }] });
    scene.room.tell("signalConnected");
    expect(late.transform).toBeNull();
  });
});

describe("the server", () => {
  test("changes nothing by what it says about encryption", async () => {
    const { manager, ...scene } = new Scene();
    manager.setParticipantCryptorEnabled();
    manager.setSifTrailer();
    manager.isDataChannelEncryptionEnabled = false;
    expect([manager.isEnabled, manager.isDataChannelEncryptionEnabled]).toEqual([true, true]);
    expect(scene.fatal).toEqual([]);
    await expect(manager.encryptData()).rejects.toThrow("nothing is sent");
    await expect(manager.handleEncryptedData()).rejects.toThrow("nothing is taken");
  });

  test("ends everything by calling us by another name", () => {
    const scene = new Scene();
    scene.local.identity = "EVE";
    scene.manager.setSifTrailer();
    scene.manager.setSifTrailer();
    expect([scene.fatal, scene.worker.ended]).toEqual([["renamed"], 1]);
    expect(scene.receives("floor", "audio/opus")).toEqual({ side: "none" });
  });

  test("reaches nobody with data, texts and calls", () => {
    const scene = new Scene();
    const engine = new Emitter();
    for (const event of ["dataPacketReceived", "dataTrackPacketReceived", "mediaTrackAdded"]) {
      engine.on(event, () => undefined);
    }
    scene.manager.setupEngine(engine as never);
    expect(engine.tell("dataPacketReceived")).toBe(0);
    expect(engine.tell("dataTrackPacketReceived")).toBe(0);
    expect(engine.tell("mediaTrackAdded")).toBe(1);
  });
});

test("pictures begin anew each time the worker says so, even if they could not once", async () => {
  const scene = new Scene();
  const asked: unknown[] = [];
  const sender = {
    getParameters: () => ({ encodings: [{}, {}] }),
    setParameters: async (...told: readonly unknown[]) => {
      asked.push(told[1]);
      if (asked.length === 2) throw new Error("not now");
    },
  };
  scene.manager.intend(CAMERA, "camera");
  scene.manager.intend(MICROPHONE, "floor");
  scene.local.tell("localSenderCreated", sender, CAMERA);
  scene.local.tell("localSenderCreated", sender, MICROPHONE);
  for (let time = 0; time < 3; time += 1) {
    scene.worker.dispatchEvent(new MessageEvent("message", { data: { told: "renewing" } }));
  }
  const anew = { encodingOptions: [{ keyFrame: true }, { keyFrame: true }] };
  expect(asked).toEqual([anew, anew, anew]);
});

test.each([new Event("error"), new MessageEvent("message", { data: { told: "ended" } })])(
  "a worker that fails ends everything",
  (event) => {
    const scene = new Scene();
    scene.worker.dispatchEvent(new MessageEvent("message", { data: { told: "counts" } }));
    expect(scene.fatal).toEqual([]);
    scene.worker.dispatchEvent(event);
    expect([scene.fatal, scene.worker.ended]).toEqual([["worker"], 1]);
    scene.manager.intend(MICROPHONE, "floor");
    expect(scene.sends(MICROPHONE)).toEqual({ side: "none" });
  },
);

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { FakeMediaTrack } from "../testing/sfu";
import { DevicePark } from "./devices";

class Track extends FakeMediaTrack {
  readonly ended: (() => void)[] = [];

  addEventListener(_name: string, listener: () => void): void {
    this.ended.push(listener);
  }
}

/** A machine with one camera, whose opening takes as long as a scene says. */
class Machine {
  readonly opened: Track[] = [];
  ready: Promise<void> = Promise.resolve();
  plug: () => void = () => undefined;

  readonly mediaDevices = {
    addEventListener: (_name: string, listener: () => void): void => {
      this.plug = listener;
    },
    enumerateDevices: async () =>
      Promise.resolve([{ kind: "videoinput", deviceId: "room", label: "Room camera" }] as const),
    getUserMedia: async (_wanted: MediaStreamConstraints) => {
      await this.ready;
      const track = new Track("video");
      this.opened.push(track);
      return { getTracks: () => [track] };
    },
  };

  get lights(): readonly string[] {
    return this.opened.map(({ readyState }) => readyState);
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

let machine = new Machine();

function noSound(): AudioContext {
  throw new Error("no sound in this test");
}

function aPark(): DevicePark {
  const memory = { getItem: () => null, setItem: () => undefined };
  return new DevicePark({ rules: { rawAudio: false }, context: noSound, memory, log: new FakeLog() });
}

beforeEach(() => {
  machine = new Machine();
  vi.stubGlobal("navigator", { mediaDevices: machine.mediaDevices });
  vi.stubGlobal("MediaStream", Object);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a device that is let go", () => {
  test("while it is being opened puts its light out, and is no trouble", async () => {
    const park = aPark();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    machine.ready = promise;
    const opening = park.warm("camera");
    park.close("camera");
    resolve(undefined);
    await opening;
    expect(machine.lights).toEqual(["ended"]);
    expect(park.state.get()).toMatchObject({ preview: null, trouble: { camera: null } });
  });

  test("and wanted again before it was open, is opened once more", async () => {
    const park = aPark();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    machine.ready = promise;
    const opening = park.warm("camera");
    park.close("camera");
    const again = park.warm("camera");
    resolve(undefined);
    await Promise.all([opening, again]);
    expect(machine.lights.toSorted()).toEqual(["ended", "live"]);
    park.close("camera");
    expect(machine.lights).toEqual(["ended", "ended"]);
  });

  test("after it was unplugged is not opened when it is plugged in", async () => {
    const park = aPark();
    await park.warm("camera");
    machine.mediaDevices.enumerateDevices = async () => Promise.resolve([] as never);
    for (const listener of machine.opened[0]?.ended ?? []) listener();
    await settled();
    expect(park.state.get().trouble.camera).toBe("unplugged");
    park.close("camera");
    machine.mediaDevices.enumerateDevices = new Machine().mediaDevices.enumerateDevices;
    machine.plug();
    await settled();
    expect(machine.opened).toHaveLength(1);
  });
});

/** A park of a machine whose microphone has this label, and whether each opening asked for processing. */
function named(label: string, kept: string | null = null) {
  const asked: boolean[] = [];
  machine.mediaDevices.getUserMedia = async (wanted) => {
    const { echoCancellation, noiseSuppression, autoGainControl } = wanted.audio as MediaTrackConstraints;
    expect([noiseSuppression, autoGainControl]).toEqual([echoCancellation, echoCancellation]);
    asked.push(echoCancellation === true);
    const track = Object.assign(new Track("audio"), { label });
    machine.opened.push(track);
    return Promise.resolve({ getTracks: () => [track] });
  };
  const memory = new Map(kept === null ? [] : [["visavis headset", kept]]);
  const park = new DevicePark({
    rules: { rawAudio: false },
    context: () =>
      ({ createMediaStreamSource: () => ({ connect: () => undefined, disconnect: () => undefined }) }) as never,
    memory: memoryIn(memory),
    log: new FakeLog(),
  });
  return { asked, memory, park };
}

describe("a microphone", () => {
  beforeEach(() => {
    vi.stubGlobal("AnalyserNode", Object);
  });

  test("of a headset is sent as it is, and only one is left open", async () => {
    const { asked, park } = named("Jabra Evolve2 (0b0e:0e36)");
    await park.warm("microphone");
    expect([asked, park.state.get().headset, machine.lights]).toEqual([[true, false], true, ["ended", "live"]]);
  });

  test("of a table is worked on, until its owner says that it is a headset's; that is remembered", async () => {
    const { asked, memory, park } = named("USB Audio");
    await park.warm("microphone");
    expect([asked, park.state.get().headset]).toEqual([[true], false]);
    await park.wear(true);
    expect([asked.at(-1), park.state.get().headset, memory.get("visavis headset")]).toEqual([
      false,
      true,
      "on USB Audio",
    ]);
    const later = named("USB Audio", "on USB Audio");
    await later.park.warm("microphone");
    expect([later.asked.at(-1), later.park.state.get().headset]).toEqual([false, true]);
  });

  test("of which nobody said anything goes by its name", async () => {
    const { park } = named("AirPods Pro", "off Other headset");
    await park.warm("microphone");
    expect(park.state.get().headset).toBe(true);
  });
});

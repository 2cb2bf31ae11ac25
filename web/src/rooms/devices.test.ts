import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeLog } from "../testing/log";
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
    getUserMedia: async () => {
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

/** What an interpreter hears with, and talks to their booth by: the code of each is fetched by interpreters alone. */
import type { Mixer } from "../interpretation";
import type { EarNeeds } from "../interpretation/ear/ear";
import type { MonitorNeeds } from "../interpretation/monitors";
import { atNeed } from "../kernel/atNeed";
import type { Log } from "../kernel/log";
import type { DevicePark } from "../rooms";
import type { BoothParts } from "./boothRoom";
import type { Services } from "./faces";

/** What of a sitting comes to an interpreter's ears. */
export interface Heard extends Omit<BoothParts, "devices" | "mixer" | "matched"> {
  readonly call: { readonly state: BoothParts["call"]["state"]; readonly sounds: EarNeeds["sounds"] };
}

/** What ears need besides. */
interface EarsNeeds {
  readonly devices: DevicePark;
  readonly matched: boolean;
  readonly log: Log;
  readonly sound: () => Mixer;
}

/** What comes to an interpreter's ears, and where what they have set is kept. */
function heardBy(
  { call, booth }: Heard,
  devices: DevicePark,
): Omit<EarNeeds & MonitorNeeds, "mixer" | "matched" | "log"> {
  return {
    sounds: call.sounds,
    booth: booth.state,
    call: call.state,
    own: () => devices.level(),
    microphone: async () => devices.copy("microphone"),
    watch: (then) => devices.watch(then),
    memory: globalThis.localStorage,
  };
}

export function earsOf(
  sitting: Heard,
  { devices, matched, log, sound }: EarsNeeds,
): Pick<Services, "ear" | "monitors" | "boothRoom"> {
  const needs = { ...heardBy(sitting, devices), matched, log };
  return {
    ear: atNeed(async () => {
      const { Ear } = await import("../interpretation/ear/ear");
      return Ear.open({ ...needs, mixer: sound() });
    }),
    monitors: atNeed(async () => {
      const { Monitors } = await import("../interpretation/monitors");
      return new Monitors({ ...needs, mixer: sound() });
    }),
    boothRoom: atNeed(async () => {
      const { boothRoomOf } = await import("./boothRoom");
      return boothRoomOf({ ...sitting, devices, mixer: sound(), matched });
    }),
  };
}

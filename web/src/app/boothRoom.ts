/** Builds an interpreter's line to their own booth. Fetched with the console: nobody else loads a word of it. */
import { BoothRoom, type BoothRoomNeeds } from "../interpretation/boothRoom";
import type { BoothActions } from "../interpretation/model";
import { BoothLine, type BoothLineNeeds } from "../rooms/boothLine";

interface Told<T> {
  readonly state: T;
}

/** What is joined here: all that a line needs, and what the console knows. */
export interface BoothParts {
  readonly lines: Omit<BoothLineNeeds, "isInUse">;
  readonly call: Told<BoothRoomNeeds["call"]>;
  readonly keys: Told<BoothRoomNeeds["keys"]>;
  readonly booth: Told<BoothRoomNeeds["desk"]> & Pick<BoothRoomNeeds, "whispers"> & Pick<BoothActions, "cough">;
  readonly devices: Told<BoothRoomNeeds["devices"]>;
  readonly mixer: BoothRoomNeeds["mixer"];
  readonly matched: boolean;
}

/** The booth's own room; until somebody opens the console nothing is connected. */
export function boothRoomOf({ lines, call, keys, booth, devices, mixer, matched }: BoothParts): BoothRoom {
  const line = new BoothLine({ ...lines, isInUse: (kind) => call.state.get().sending[kind] });
  return new BoothRoom({
    line,
    desk: booth.state,
    hush: async (held) => booth.cough(held, "talk"),
    call: call.state,
    whispers: booth.whispers,
    keys: keys.state,
    devices: devices.state,
    mixer,
    matched,
    memory: globalThis.localStorage,
    clock: lines.clock,
    log: lines.log,
  });
}

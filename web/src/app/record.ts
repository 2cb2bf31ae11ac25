/** The meeting as the server tells it, less what is not believed. */
import { eventsAt } from "../contract/host";
import { atNeed } from "../kernel/atNeed";
import { type FeedNeeds, MeetingRecord } from "../summits";
import type { Ground } from "./ground";

/** @param seatFree settles when this tab may sit in the seat. */
export function recordOf(ground: Ground, seatFree: () => Promise<void>): MeetingRecord {
  const { log, clock, host, bearer, roll } = ground;
  return new MeetingRecord({
    world: { clock, log, open: (url) => new WebSocket(url) },
    roll,
    session: { session: () => bearer.token(), renew: async () => bearer.renew() },
    believe: believing(ground),
    memory: globalThis.sessionStorage,
    url: (id) => eventsAt(host, id),
    seatFree,
  });
}

/** What is believed of channels and booths, by what chairs have signed. */
function believing({ log }: Ground): FeedNeeds["believe"] {
  const believes = atNeed(async () => {
    const { Believing } = await import("../interpretation/believing");
    return new Believing({ memory: globalThis.sessionStorage, log });
  });
  return async (told, attended) => {
    try {
      return await (await believes()).of(told, attended);
    } catch (error) {
      log.trouble("arrangement not looked at", error);
      return null;
    }
  };
}

import type { AgendaItem, Floor, Meeting } from "../contract/parse";

/** The server's time as this client believes it: its own clock and how far the server's last word was from it. */
export interface ServerTime {
  readonly said: number;
  readonly heard: number;
}

/** Milliseconds since the epoch, by the server. */
export function serverNow(time: ServerTime | null, here: number): number {
  return time === null ? here : time.said + (here - time.heard);
}

/**
 * Keeps the better of two readings: the message that was on its way for the shorter time shows the later server
 * time for the same moment here. A reading older than ten minutes gives way, because clocks drift.
 */
export function betterTime(kept: ServerTime | null, fresh: ServerTime): ServerTime {
  if (kept === null || fresh.heard - kept.heard > 600_000) return fresh;
  return fresh.said - fresh.heard >= kept.said - kept.heard ? fresh : kept;
}

function secondsSince(instant: string | null, now: number): number {
  return instant === null ? 0 : Math.max(0, (now - Date.parse(instant)) / 1000);
}

/** How long the meeting has been going, in seconds; null before it began. */
export function meetingSeconds(meeting: Meeting, now: number): number | null {
  return meeting.began === null ? null : secondsSince(meeting.began, now);
}

/** What was spent on an agenda item, in seconds. */
export function itemSeconds(item: AgendaItem, now: number): number {
  return item.seconds + (item.state === "current" ? secondsSince(item.since, now) : 0);
}

/** How long the speaker has had the floor, in seconds; null when nobody has it. */
export function floorSeconds(floor: Floor, now: number): number | null {
  return floor.holder === null ? null : secondsSince(floor.since, now);
}

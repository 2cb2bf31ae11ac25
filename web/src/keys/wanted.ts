/** Which groups of keys a member is to be in, and under whose keys they send: questions to the table of who may do what. Pure. */
import type { Seat, Snapshot } from "../contract/parse";
import { mayAsk } from "../summits";
import type { GroupName } from "./groupName";

type Meeting = Pick<Snapshot["meeting"], "phase" | "format" | "openings">;
type Own = Pick<Seat, "role" | "chair" | "party">;

/** The floor that is open, or else the one that is built for the next opening. */
function floorOf({ phase, openings }: Meeting): GroupName {
  return { kind: "floor", opening: phase === "open" ? openings : openings + 1 };
}

/** The groups that a member is to be in now. */
export function groupsOf(own: Own, meeting: Meeting): readonly GroupName[] {
  const groups: GroupName[] = [];
  if (mayAsk("join_chamber_group", own, meeting)) groups.push({ kind: "chamber" });
  if (mayAsk("join_floor_group", own, meeting)) groups.push(floorOf(meeting));
  if (mayAsk("join_caucus_group", own, meeting)) groups.push({ kind: "caucus", party: own.party });
  return groups;
}

/** The floor whose doors have closed, and which the press is put out of; undefined when there is none. */
export function floorLeft({ phase, openings }: Meeting): GroupName | undefined {
  return phase === "open" || openings === 0 ? undefined : { kind: "floor", opening: openings };
}

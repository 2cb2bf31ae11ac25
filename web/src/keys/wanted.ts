/** Which groups of keys a member is to be in, and under whose keys they send: questions to the table of who may do what. Pure. */
import { ROLES, type Seat, type Snapshot } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { mayAsk } from "../summits";
import type { Others } from "./duties";
import { type GroupName, isGroupName, written } from "./groupName";
import { admits } from "./rules";

type Meeting = Pick<Snapshot["meeting"], "phase" | "format" | "openings">;
type Own = Pick<Seat, "role" | "chair" | "party">;

/** The opening of the doors that lasts, or else the next. */
export function openingMeant({ phase, openings }: Pick<Meeting, "phase" | "openings">): number {
  return phase === "open" ? openings : openings + 1;
}

/** The floor that is open, or else the one that is built for the next opening. */
function floorOf(meeting: Meeting): GroupName {
  return { kind: "floor", opening: openingMeant(meeting) };
}

/** The groups that a member is to be in now. */
export function groupsOf(own: Own, meeting: Meeting): readonly GroupName[] {
  const groups: GroupName[] = [];
  if (mayAsk("join_chamber_group", own, meeting)) groups.push({ kind: "chamber" });
  if (mayAsk("join_floor_group", own, meeting)) groups.push(floorOf(meeting));
  if (mayAsk("join_caucus_group", own, meeting)) groups.push({ kind: "caucus", party: own.party });
  return groups;
}

/** The group of the booth that one works in, if it has one: a name that is too long for the server is nobody's. */
export function boothGroupOf(own: Own, meeting: Meeting, booth: string | undefined): GroupName | undefined {
  if (booth === undefined || !mayAsk("join_booth_group", own, meeting)) return undefined;
  const group: GroupName = { kind: "booth", booth };
  return isGroupName(written(group)) && admits(group, own) ? group : undefined;
}

/** What somebody must be able to do to be in a group. */
function joining(group: GroupName, meeting: Meeting): string {
  // Once the doors are closed their floor is the chamber's alone, which puts the press out of it.
  const left = floorLeft(meeting);
  return left !== undefined && written(left) === written(group) ? "join_chamber_group" : `join_${group.kind}_group`;
}

/** What a group's agent is told of the others: whoever has one of the roles that are kept out has no business in it. */
export function othersIn(group: GroupName, meeting: Meeting, connected: ReadonlySet<Identity> | null): Others {
  const action = joining(group, meeting);
  const keptOut = ROLES.filter((role) => !mayAsk(action, { role, chair: role === "chair" }, meeting));
  return { connected: connected === null ? null : [...connected], keptOut };
}

/** The floor whose doors have closed, and which the press is put out of; undefined when there is none. */
export function floorLeft({ phase, openings }: Meeting): GroupName | undefined {
  return phase === "open" || openings === 0 ? undefined : { kind: "floor", opening: openings };
}

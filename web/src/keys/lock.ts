/** The one state of the keys that everybody is shown, in every place alike: one table. Pure. */
import { type Ceremony, sinceCompared } from "./ceremony";
import type { Member } from "./credential";
import { type Findings, warnerOf } from "./findings";
import type { GroupStanding, KeysState } from "./standing";

/** Why one must not go on talking. */
export type Alarm = "mismatch" | "stuck" | "refused" | "removed" | "ended";
/** Why nothing leaves yet. */
export type Waiting = "joining" | "restoring" | "unfounded";

/** The state of the keys. */
export type Lock =
  | { readonly lock: "alarm"; readonly why: Alarm }
  /** Somebody else says that the codes differ. */
  | { readonly lock: "alarm"; readonly why: "warned"; readonly by: Member }
  | { readonly lock: "waiting"; readonly why: Waiting }
  | { readonly lock: "open" }
  | { readonly lock: "verified"; readonly at: number; readonly since: number }
  | { readonly lock: "unverified" }
  /** Among one's own delegation, where no code is compared. */
  | { readonly lock: "caucus" };

/** Where one looks from. */
export interface LockView {
  readonly keys: KeysState;
  readonly ceremony: Ceremony;
  /** What the others found. */
  readonly findings: Findings;
  readonly room: "chamber" | "caucus";
  readonly areDoorsOpen: boolean;
}

type Outside = Exclude<GroupStanding["at"], "inside">;

/** What it means not to be in the group whose keys are wanted. */
const OUTSIDE: Readonly<Record<Outside, Lock>> = {
  joining: { lock: "waiting", why: "joining" },
  unfounded: { lock: "waiting", why: "unfounded" },
  refused: { lock: "alarm", why: "refused" },
  removed: { lock: "alarm", why: "removed" },
  stuck: { lock: "alarm", why: "stuck" },
  ended: { lock: "alarm", why: "ended" },
};

/** The group whose keys one's own sound goes out under from here. */
export function groupWanted({ room, areDoorsOpen }: Pick<LockView, "room" | "areDoorsOpen">): GroupStanding["group"] {
  if (room === "caucus") return "caucus";
  return areDoorsOpen ? "floor" : "chamber";
}

function standingIn({ groups }: KeysState, kind: GroupStanding["group"]): GroupStanding | undefined {
  return groups.find(({ group }) => group === kind);
}

/** What there is to say of the code, once one is inside. */
function comparedLock({ keys, ceremony }: LockView): Lock {
  const { compared } = ceremony;
  if (compared?.finding !== "match") return { lock: "unverified" };
  const roster = standingIn(keys, "chamber")?.roster ?? [];
  const since = roster.filter(({ member }) => sinceCompared(ceremony, member) !== null).length;
  return { lock: "verified", at: compared.at, since };
}

/** The state of the keys that are wanted now; null when one has them. */
function lockOutside(view: LockView): Lock | null {
  const at = standingIn(view.keys, groupWanted(view))?.at ?? "joining";
  if (at === "inside") return null;
  if (at === "joining" && view.ceremony.failed.includes(groupWanted(view))) return OUTSIDE.ended;
  const isBack = at === "joining" && groupWanted(view) === "chamber" && view.ceremony.wasInside;
  return isBack ? { lock: "waiting", why: "restoring" } : OUTSIDE[at];
}

/** What is wrong in the chamber, whichever keys are used there now. */
function chamberAlarm({ keys, ceremony, findings, room }: LockView): Lock | null {
  if (room !== "chamber") return null;
  if (standingIn(keys, "chamber")?.at === "stuck") return OUTSIDE.stuck;
  if (ceremony.compared?.finding === "mismatch") return { lock: "alarm", why: "mismatch" };
  const by = warnerOf(findings);
  return by === null ? null : { lock: "alarm", why: "warned", by };
}

/** The state of the keys as one is shown it. What is worst comes first. */
export function lockOf(view: LockView): Lock {
  const wrong = chamberAlarm(view) ?? lockOutside(view);
  if (wrong !== null) return wrong;
  if (view.room === "caucus") return { lock: "caucus" };
  return view.areDoorsOpen ? { lock: "open" } : comparedLock(view);
}

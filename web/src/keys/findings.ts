/**
 * What the others have said that they found when the code was read aloud, by their own sealed and signed signals. It is
 * theirs: it never makes one's own code a compared one (`ceremony.ts`), but a difference warns everybody. Pure.
 */
import { type Finding, OUTLIVES, type Step } from "./ceremony";
import type { Member } from "./credential";
import { personOf } from "./rules";
import type { GroupStanding } from "./standing";

/** What somebody has said that they found. */
export interface Found {
  readonly from: Member;
  readonly finding: Finding;
  /** The epoch whose code they read. */
  readonly epoch: number;
  /** When it was heard, in ms since the epoch by the server's clock. */
  readonly at: number;
}

/** The last word of each person, in the order in which they were heard. */
export type Findings = readonly Found[];

type Roster = GroupStanding["roster"];

/** Whoever speaks for a delegation. That the code matches is shown of nobody else. */
function isSpeaker({ role, chair }: Member): boolean {
  return chair || role === "principal";
}

/**
 * What is known when somebody has said what they found, heard in epoch `now` (null: outside of the group). That it
 * matches counts for that epoch alone, and takes back what they themselves had said before. That it differs always counts.
 */
export function afterFound(before: Findings, found: Found, now: number | null): Findings {
  const others = before.filter(({ from }) => personOf(from) !== personOf(found.from));
  const isShown = found.finding === "mismatch" || (isSpeaker(found.from) && found.epoch === now);
  return isShown ? [...others, found] : others;
}

/** What is left of it after one's own step. A match lasts as one's own would, while whoever found it is on that device. */
export function afterStep(before: Findings, step: Step, roster: Roster): Findings {
  const left = before.filter(
    ({ finding, from }) => OUTLIVES[finding].has(step) && (finding === "mismatch" || isIn(roster, from)),
  );
  return left.length === before.length ? before : left;
}

/** What is left when one has found oneself that the code matches: whoever found a difference and is gone warns no more. */
export function afterOwnMatch(before: Findings, roster: Roster): Findings {
  const there = new Set(roster.map(({ member }) => personOf(member)));
  return before.filter(({ finding, from }) => finding === "match" || there.has(personOf(from)));
}

/** Who warns that the codes differ: the first who has said so and has not found a match since. */
export function warnerOf(findings: Findings): Member | null {
  return findings.find(({ finding }) => finding === "mismatch")?.from ?? null;
}

function isIn(roster: Roster, { identity }: Member): boolean {
  return roster.some(({ member }) => member.identity === identity);
}

/** What an agent knows of the others beside the group: who is connected, who is revoked; and what is its to do. */
import type { Clock } from "../kernel/clock";
import type { Role } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import type { Member } from "./credential";
import { AWAY, type Duty, dutyOf, type Others, type View } from "./duties";
import type { GroupName } from "./groupName";
import type { Membership } from "./membership";
import { areEquals, personOf } from "./rules";

export class Watch {
  private readonly clock: Clock;
  private readonly chance: () => number;
  private readonly equals: boolean;
  private readonly away = new Map<Identity, number>();
  /** Null before anybody has said: nobody is away then. */
  private present: ReadonlySet<Identity> | null = null;
  private revoked: ReadonlySet<string> = new Set();
  private keptOut: ReadonlySet<Role> = new Set();
  private members: ReadonlySet<Identity> | undefined;
  private isShut = false;
  private paused = 0;
  private began = 0;
  private holders: ReadonlySet<Identity> = new Set();
  private promised: { readonly name: string; readonly duty: Duty } | null = null;

  constructor(clock: Clock, chance: () => number, group: GroupName = { kind: "chamber" }) {
    this.clock = clock;
    this.equals = areEquals(group);
    this.chance = chance;
  }

  others({ connected, keptOut, members }: Others): void {
    this.members = members && new Set(members);
    this.present = connected === null ? null : new Set(connected);
    this.keptOut = new Set(keptOut);
    this.lookAround();
  }

  revoke(persons: Iterable<string>): void {
    this.revoked = new Set(persons);
  }

  pause(until: number): void {
    this.paused = until;
  }

  shut(): void {
    this.isShut = true;
  }

  /** An epoch has begun with these in it. */
  meet({ roster }: Membership): void {
    this.began = this.clock.now();
    this.holders = new Set(roster.map(({ member }) => member.identity));
    this.lookAround();
  }

  isRevoked(person: string): boolean {
    return this.revoked.has(person);
  }

  /** Whether somebody is not to be in the group any more for no worse reason than that they are not there. */
  isOnlyAway(member: Member): boolean {
    return this.isAway(member) && !this.isUnwanted(member);
  }

  /** Whether there is a reason for somebody not to be in the group. */
  isGone(member: Member): boolean {
    return this.isAway(member) || this.isUnwanted(member) || this.clock.now() >= member.expires;
  }

  /** Whether everybody from before is still there, or has gone for a reason that one knows; and nobody revoked is in it. */
  explains(before: Membership | null, { roster }: Membership): boolean {
    const there = new Set(roster.map(({ member }) => personOf(member)));
    const isComplete = (before?.roster ?? []).every(({ member }) => there.has(personOf(member)) || this.isGone(member));
    return isComplete && ![...there].some((person) => this.isRevoked(person));
  }

  /** What is to be done next. The wait that it was given is kept while it is the same. */
  duty({ epoch, roster, own }: Membership): Duty {
    const { away, began, equals, isShut, keptOut, members, paused, revoked } = this;
    const present = this.present ?? this.holders;
    const view: View = { roster, own, away, began, equals, isShut, keptOut, members, paused, revoked, present };
    const duty = dutyOf(view, this.clock.now(), this.chance());
    const name = JSON.stringify([epoch, duty.what, "removes" in duty ? duty.removes : []]);
    const isKept = duty.what !== "look" && this.promised?.name === name && this.promised.duty.at <= duty.at;
    if (isKept && this.promised !== null) return this.promised.duty;
    this.promised = { name, duty };
    return duty;
  }

  private isAway({ identity }: Member): boolean {
    const since = this.away.get(identity);
    return since !== undefined && this.clock.now() >= since + AWAY;
  }

  private isUnwanted(member: Member): boolean {
    const isKeptOut = this.keptOut.has(member.role) || this.members?.has(member.identity) === false;
    const isOut = isKeptOut || (this.isShut && member.role === "press");
    return isOut || this.isRevoked(personOf(member));
  }

  /** Notes who has not been connected since when. */
  private lookAround(): void {
    const now = this.clock.now();
    for (const identity of this.holders) {
      if (this.present?.has(identity) ?? true) this.away.delete(identity);
      else if (!this.away.has(identity)) this.away.set(identity, now);
    }
    for (const identity of this.away.keys()) if (!this.holders.has(identity)) this.away.delete(identity);
  }
}

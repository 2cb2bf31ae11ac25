/** What a member wants to send, in each of the two rooms, and what the buttons show of it; whether it may leave is the call's. */
import type { Meeting, Seat } from "../contract/parse";
import type { CallState, RoomName } from "./model";
import type { Wish } from "./outgoing";
import { endsWishes, firstWishes, isAudible, mutedInChamber, NO_WISHES, shownOfWish } from "./wishes";

export class Wishing {
  private readonly told: (shown: Partial<CallState>) => void;
  private wishes = NO_WISHES;
  /** Whether somebody has chosen, or the first wishes were set. */
  private isSet = false;
  private room: RoomName = "chamber";
  /** The room one was in last, or is in. */
  private last: RoomName | null = null;
  private meeting: Meeting | null = null;

  /** @param told what the buttons show from now on. */
  constructor(told: (shown: Partial<CallState>) => void) {
    this.told = told;
  }

  /** What one wants to send in the room one is in or comes to; in none, in the chamber. */
  get wish(): Wish {
    return this.wishes[this.room];
  }

  want(part: Partial<Wish>): void {
    this.wishes = { ...this.wishes, [this.room]: { ...this.wish, ...part } };
    this.told({ wished: shownOfWish(this.wish) });
  }

  /** In both rooms: whoever goes to the other with the key down lets it go there. */
  cough(held: boolean): void {
    const { chamber, caucus } = this.wishes;
    this.wishes = { chamber: { ...chamber, coughs: held }, caucus: { ...caucus, coughs: held } };
  }

  /** Whoever comes from the caucus comes muted. */
  enter(room: RoomName): void {
    this.room = room;
    if (room === "caucus") this.heedMuted();
    else if (this.last === "caucus") this.mute(isAudible(this.wishes.caucus));
    this.last = room;
    this.want({});
  }

  leave(): void {
    this.room = "chamber";
  }

  /** One has chosen oneself: what is wished at first no longer counts. */
  choose(isOfMicrophone: boolean): void {
    this.isSet = true;
    if (isOfMicrophone) this.heedMuted();
  }

  /** It has been heeded that one came muted. */
  heedMuted(): void {
    this.told({ cameMuted: false });
  }

  /** The meeting is as it is; what was said before a recess is no wish to be heard after it. */
  follow(own: Seat, meeting: Meeting): void {
    if (!this.isSet) {
      this.isSet = true;
      this.wishes = firstWishes(own);
      this.want({});
    }
    if (endsWishes(own, this.meeting, meeting)) this.mute();
    this.meeting = meeting;
  }

  /** Mutes in the chamber, and keeps whether there was something to mute, there or where one comes from. */
  private mute(elsewhere = false): void {
    const was = elsewhere || isAudible(this.wishes.chamber);
    this.wishes = mutedInChamber(this.wishes);
    this.want({});
    if (was) this.told({ cameMuted: true });
  }
}

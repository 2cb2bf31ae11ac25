/**
 * What one hears and which sign channels one watches, said to the chamber, sealed: whoever interprets sees how many follow.
 * It is said when it changes, when one comes in, and to interpreters who come later.
 */
import type { Identity } from "../kernel/ids";
import type { Readable } from "../kernel/store";
import type { Envelopes, Holder } from "../keys";
import { type FeedState, ownSeatIn } from "../summits";
import { comeSince } from "./boothWords";
import { type ListeningNow, watchedIn } from "./listening";
import type { Attention } from "./model";

/** What attending needs. */
export interface AttendingNeeds {
  readonly keys: Pick<Envelopes, "state" | "say">;
  readonly listening: { readonly state: Readable<Pick<ListeningNow, "channel" | "signs" | "pinned">> };
  readonly feed: Readable<FeedState>;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

/** How many sign channels one says at most that one watches. */
const MOST_SIGNS = 8;

export class Attending {
  private readonly needs: AttendingNeeds;
  private roster: readonly Holder[] = [];

  constructor(needs: AttendingNeeds) {
    this.needs = needs;
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    this.stand();
  }

  /** One's own choice has changed. Without the keys nothing is said: it is when one comes in. */
  tell(): void {
    if (this.roster.length === 0) return;
    const at = new Date(this.needs.now()).toISOString();
    const { to, signs } = this.attention();
    this.needs.keys.say({ kind: "chamber" }, this.needs.ticket(), {
      kind: "booth",
      at,
      does: "listen",
      to,
      signs: [...signs],
    });
  }

  private attention(): Attention {
    const now = this.needs.listening.state.get();
    return { to: now.channel, signs: watchedIn(now).slice(0, MOST_SIGNS) };
  }

  private stand(): void {
    const standing = this.needs.keys.state.get().groups.find(({ group }) => group === "chamber");
    if (standing?.at === "inside") this.meet(standing.roster);
    else if (standing === undefined || standing.at === "ended") this.roster = [];
  }

  private meet(roster: readonly Holder[]): void {
    const come = comeSince(this.roster, roster);
    this.roster = roster;
    const { to, signs } = this.attention();
    // Who has said nothing hears the floor, and watches nobody.
    const isNews = to !== null || signs.length > 0;
    // With a session of one's own that is new the others have forgotten what one said in the one before.
    const own = this.own();
    const asks = come.some(({ member }) => member.role === "interpreter" || member.identity === own);
    if (isNews && asks) this.tell();
  }

  private own(): Identity | undefined {
    const feed = this.needs.feed.get();
    return "snapshot" in feed && feed.snapshot !== null ? ownSeatIn(feed.snapshot)?.identity : undefined;
  }
}

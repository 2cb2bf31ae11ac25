/** Whom a booth reaches: of several booths in one channel everybody hears their own delegation's first. Pure. */
import type { Seat } from "../contract/parse";
import type { Identity, Language, Party } from "../kernel/ids";
import { inOrderFor } from "./booths";
import type { Booth, BoothNow, BoothsNow, Source } from "./model";

/** What is so of a meeting, for whoever counts. */
export interface Gathering {
  readonly seats: readonly Pick<Seat, "identity" | "party">[];
  readonly booths: readonly Booth[];
  /** The delegations in protocol order. */
  readonly delegations: readonly Party[];
  readonly now: Pick<BoothsNow, "booths" | "listening">;
}

/** How many hear a booth in a channel, or watch it, by what they have said; or would, if it were on air. */
export function listenersOf(gathering: Gathering, { id, members }: Booth, channel: Language): number {
  return [...gathering.now.listening].filter(([who, { to, signs }]) => {
    const takes = to === channel || signs.includes(channel);
    return takes && !members.includes(who) && isFirst(gathering, { who, channel, id });
  }).length;
}

/** How many other booths interpret from what a booth gives into a channel. */
export function dependentsOf(gathering: Gathering, { id }: Booth, channel: Language): number {
  return [...gathering.now.booths].filter(([other, works]) => {
    const { holder } = works;
    const takes = other !== id && holder !== null && sourceOf(gathering, works) === channel;
    return takes && isFirst(gathering, { who: holder, channel, id });
  }).length;
}

/** What a booth works from now: by the direction on air; off air, when no word tells the direction, what its holder hears. */
function sourceOf({ now }: Gathering, { holder, onAir, sources }: BoothNow): Source {
  if (onAir !== null) return sources.get(onAir) ?? null;
  return (holder !== null && now.listening.get(holder)?.to) || null;
}

interface Reached {
  readonly who: Identity;
  readonly channel: Language;
  readonly id: string;
}

/** Whether no other booth comes before this one at somebody's ears, of those that are on air. */
function isFirst({ seats, booths, delegations, now }: Gathering, { who, channel, id }: Reached): boolean {
  const party = seats.find(({ identity }) => identity === who)?.party;
  if (party === undefined) return false;
  const serving = booths.filter((booth) => booth.id === id || now.booths.get(booth.id)?.onAir === channel);
  return inOrderFor(party, serving, delegations)[0]?.id === id;
}

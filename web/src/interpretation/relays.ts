/** Who interprets from whom: the graph of relays, over channels. Pure. */
import type { Language } from "../kernel/ids";
import type { BoothNow, Source } from "./model";

/** What each booth interprets from, by its id. */
type Known = ReadonlyMap<string, Pick<BoothNow, "sources">>;

/** Whether a booth that took this source for a channel would, by way of others, interpret from itself. */
export function closesCircle(known: Known, booth: string, into: Language, from: Source): boolean {
  const seen = new Set<Language>();
  const open = from === null ? [] : [from];
  for (let channel = open.pop(); channel !== undefined; channel = open.pop()) {
    if (channel === into) return true;
    if (seen.has(channel)) continue;
    seen.add(channel);
    open.push(...feeding(known, channel, { booth, into }));
  }
  return false;
}

/** How many booths, but this one, interpret from a channel. */
export function dependants(known: Known, channel: Language, but: string | null): number {
  return [...known].filter(([id, { sources }]) => id !== but && [...sources.values()].includes(channel)).length;
}

/** What a channel is interpreted from, in any booth, but for the choice that is about to be replaced. */
function feeding(
  known: Known,
  channel: Language,
  but: { readonly booth: string; readonly into: Language },
): readonly Language[] {
  return [...known].flatMap(([id, { sources }]) => {
    const source = sources.get(channel) ?? null;
    const isReplaced = id === but.booth && channel === but.into;
    return source === null || isReplaced ? [] : [source];
  });
}

/** Which booths there are, and who is in them: as arranged, or else by what interpreters are accredited for. Pure. */
import type { Seat } from "../contract/parse";
import type { Identity, Language, Party } from "../kernel/ids";
import type { Booth } from "./model";

/** What of a seat says who is in which booth. */
export type BoothSeat = Pick<Seat, "identity" | "party" | "role" | "languages">;

/** A booth as the server says that it was arranged. */
export type ArrangedBooth = Booth;

/**
 * The booths of a meeting, the same on every device that has the same seats.
 *
 * A delegation has the booths that were arranged for it, and no other. Of one for which none was arranged, interpreters
 * with the same first language are a booth, unless they are in a joint one: `arven.en`. The server's word gives nobody
 * more than their accreditation does: of an arranged booth those count who are interpreters accredited for its first
 * language, of that delegation if it has one, and in no booth before it.
 */
export function boothsOf(seats: readonly BoothSeat[], arranged: readonly ArrangedBooth[]): readonly Booth[] {
  const interpreters = seats.filter(({ role }) => role === "interpreter");
  const taken = new Set<Identity>();
  const asArranged = arranged.flatMap((booth) => {
    const members = booth.members.filter(
      (member) => !taken.has(member) && interpreters.some((seat) => seat.identity === member && fits(seat, booth)),
    );
    for (const member of members) taken.add(member);
    return members.length === 0 ? [] : [{ ...booth, members }];
  });
  const settled = new Set(arranged.map(({ party }) => party));
  const rest = interpreters.filter(({ identity, party }) => !taken.has(identity) && !settled.has(party));
  return [...asArranged, ...byFirstLanguage(rest)];
}

/** The booth that somebody works in. */
export function boothOf(booths: readonly Booth[], identity: Identity): Booth | undefined {
  return booths.find(({ members }) => members.includes(identity));
}

/** The booths as a member of this party prefers them: the own delegation's, joint ones, the others' in protocol order. */
export function inOrderFor(party: Party, booths: readonly Booth[], protocol: readonly Party[]): readonly Booth[] {
  const order: readonly (Party | null)[] = [party, null, ...protocol];
  return booths.toSorted((one, other) => order.indexOf(one.party) - order.indexOf(other.party));
}

function fits(seat: BoothSeat, { party, languages: [first] }: ArrangedBooth): boolean {
  return (party === null || party === seat.party) && seat.languages.includes(first);
}

function byFirstLanguage(interpreters: readonly BoothSeat[]): readonly Booth[] {
  const booths = new Map<string, Booth>();
  for (const { identity, party, languages } of interpreters) {
    const [first, ...further] = languages;
    if (first === undefined) continue;
    const id = nameOf(party, first);
    const booth = booths.get(id) ?? { id, party, languages: [first], members: [] };
    booths.set(id, {
      ...booth,
      languages: [first, ...new Set([...booth.languages.slice(1), ...further.filter((each) => each !== first)])],
      members: [...booth.members, identity],
    });
  }
  return [...booths.values()];
}

/** What a booth is called that nobody has arranged. */
function nameOf(party: Party, first: Language): string {
  return `${party}.${first}`;
}

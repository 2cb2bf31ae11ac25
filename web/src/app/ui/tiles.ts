/** Whose tiles stand on the stage, in protocol order. Neither who speaks nor who came first changes it. Pure. */
import type { Words } from "../../i18n/translator";
import type { Identity } from "../../kernel/ids";
import type { HallTile } from "../../rooms/ui/Hall";
import { floorSeconds } from "../../summits";
import { roleOf } from "../../summits/ui/roles";
import { nameOfParty, type Seat, type Sitting } from "./sitting";

/** What is so at this moment, beside where everybody sits. */
interface Moment {
  readonly now: number;
  /** False while pictures cannot come through, so that nobody is said to have turned a camera off. */
  readonly live: boolean;
  /** Whose hand is up. */
  readonly hands: readonly Identity[];
}

export function tilesOfChamber(sitting: Sitting, moment: Moment, words: Words): readonly HallTile[] {
  const { snapshot } = sitting;
  const { phase } = snapshot.meeting;
  return snapshot.delegations.flatMap((delegation): readonly HallTile[] => {
    const side = {
      delegation: delegation.name,
      place: delegation.place,
      shown: moment.live && (phase === "open" || phase === "closed"),
    };
    const principals = snapshot.seats.filter((seat) => seat.party === delegation.id && seat.role === "principal");
    if (principals.length === 0) {
      return [
        {
          ...side,
          seat: null,
          role: words.t("role.principal"),
          you: false,
          inside: false,
          hand: false,
          floorSeconds: null,
        },
      ];
    }
    return principals.map((seat) => ({
      ...side,
      seat,
      role: roleOf(seat, words),
      you: seat.member === sitting.you.member,
      inside: seat.present === "chamber",
      hand: moment.hands.includes(seat.identity),
      floorSeconds: seat.member === snapshot.floor.holder ? floorSeconds(snapshot.floor, moment.now) : null,
    }));
  });
}

/** In a delegation's own room everybody who is in it, in the order of accreditation. */
export function tilesOfCaucus({ snapshot, you }: Sitting, words: Words): readonly HallTile[] {
  const inside = (seat: Seat) => seat.party === you.party && (seat.present === "caucus" || seat.member === you.member);
  return snapshot.seats.filter(inside).map((seat) => ({
    seat,
    delegation: nameOfParty(snapshot, seat.party, words),
    place: null,
    role: roleOf(seat, words),
    you: seat.member === you.member,
    inside: true,
    hand: false,
    shown: true,
    floorSeconds: null,
  }));
}

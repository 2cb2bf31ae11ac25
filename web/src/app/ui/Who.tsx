/** Who can hear one: which seats, and the button that lists them. */
import { lazy, type ReactNode } from "react";
import type { Words } from "../../i18n/translator";
import { Button, type Tone } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { useWords } from "../../i18n/ui/Words";
import type { RoomName } from "../../rooms/model";
import { type Ceremony, type Holder, sinceCompared } from "../../keys";
import type { Party } from "../../kernel/ids";
import type { Hearer, HearerGroup } from "../../rooms/ui/WhoCanHear";
import { connectedIn, hearersOf } from "../../summits";
import { roleOf } from "../../summits/ui/roles";
import { useCeremony } from "./ceremony";
import { holdersOf } from "./hearers";
import { LockState, useLock } from "./Lock";
import { nameOfParty, type Seat, type Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const WhoCanHear = lazy(async () => ({ default: (await import("../../rooms/ui/WhoCanHear")).WhoCanHear }));

/** Members whom the table lets hear this one: in a room now, or, before entering, once the meeting is under way. */
export function hearingSeats({ snapshot, you }: Sitting, room: RoomName, entered: boolean): readonly Seat[] {
  const { phase, format } = snapshot.meeting;
  const standing = {
    format,
    phase: !entered && (phase === "arrival" || phase === "recess") ? ("closed" as const) : phase,
  };
  const identities = new Set(hearersOf(you, snapshot.seats, room, standing));
  return snapshot.seats.filter((seat) => identities.has(seat.identity) && (!entered || seat.present === room));
}

export interface WhoProps {
  readonly sitting: Sitting;
  readonly room: RoomName;
  readonly entered: boolean;
  readonly count: number;
  readonly label: string;
  readonly tone?: Tone;
}

/** The button behind which everybody who can hear is listed. */
export function Who(props: WhoProps): ReactNode {
  const { open, sheet } = useSheet((close) => <Listed {...props} onClose={close} />);
  return (
    <>
      <Button tone={props.tone ?? "link"} shortcut="w" onPress={open}>
        {props.label}
      </Button>
      {sheet}
    </>
  );
}

/** Whoever holds the keys to what one sends; before entering, whom the table lets hear. */
function Listed(props: WhoProps & { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const keys = useReadable(useServices().keys.state);
  const { ceremony } = useCeremony();
  const { sitting, room, entered } = props;
  const lock = useLock(sitting, entered ? room : null);
  const seats = entered ? [] : hearingSeats(sitting, room, entered);
  const hearers = entered
    ? holdersOf(keys, sitting.you).map((holder) => ofHolder(holder, props, ceremony, words))
    : seats.filter(({ role }) => role !== "press").map((seat) => ofSeat(seat, room, words));
  return (
    <WhoCanHear
      groups={groupsOf(props, hearers, words)}
      press={seats.filter((seat) => seat.role === "press").length}
      count={props.count}
      entered={entered}
      host={sitting.snapshot.host.name}
      lock={lock === null ? null : <LockState lock={lock} />}
      onClose={props.onClose}
    />
  );
}

interface PartysHearer extends Hearer {
  readonly party: Party;
}

function ofSeat(seat: Seat, room: RoomName, words: Words): PartysHearer {
  const role = roleOf(seat, words);
  const { identity, name, party } = seat;
  return { identity, name, party, since: null, role: seat.present === room ? role : words.t("who.notHere", { role }) };
}

/** Name, role and delegation as the keys prove them; whether they are in the room, or anywhere, is the server's word. */
function ofHolder(holder: Holder, props: WhoProps, ceremony: Ceremony, words: Words): PartysHearer {
  const { member } = holder;
  const { identity, name, party } = member;
  const since = sinceCompared(ceremony, member);
  return {
    identity,
    name,
    party,
    role: whereIs(holder, props, words),
    since: since === null ? null : words.t(`code.since.${since}`),
  };
}

/** What a holder of keys is, and whether they are there. Of whom one is told nothing, nothing is said. */
function whereIs({ member }: Holder, { sitting: { snapshot }, room }: WhoProps, words: Words): string {
  const role = roleOf(member, words);
  const seat = snapshot.seats.find(({ identity }) => identity === member.identity);
  if (seat?.present === room) return role;
  const isAway = seat !== undefined && connectedIn(snapshot)?.has(member.identity) === false;
  return words.t(isAway ? "who.notConnected" : "who.holdsKeys", { role });
}

/** Every delegation, whether or not anybody of it is there, and then whoever else is there: the press. */
function groupsOf({ sitting, room }: WhoProps, hearers: readonly PartysHearer[], words: Words): readonly HearerGroup[] {
  const { snapshot, you } = sitting;
  const sides = snapshot.delegations.map(({ id }) => id).filter((id) => room === "chamber" || id === you.party);
  const parties = new Set([...sides, ...hearers.map(({ party }) => party)]);
  return [...parties].map((id) => ({
    id,
    name: nameOfParty(snapshot, id, words),
    members: hearers.filter(({ party }) => party === id),
  }));
}

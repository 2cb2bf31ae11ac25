/** Who can hear one: which seats, and the button that lists them. */
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { Words } from "../../i18n/translator";
import { Button, type Tone } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import type { RoomName } from "../../rooms/model";
import type { HearerGroup } from "../../rooms/ui/WhoCanHear";
import { hearersOf } from "../../summits";
import { roleOf } from "../../summits/ui/roles";
import type { Seat, Sitting } from "./sitting";

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
  const words = useWords();
  const [open, setOpen] = useState(false);
  const hearing = hearingSeats(props.sitting, props.room, props.entered);
  return (
    <>
      <Button
        tone={props.tone ?? "link"}
        shortcut="w"
        onPress={() => {
          setOpen(true);
        }}
      >
        {props.label}
      </Button>
      {open ? (
        <Suspense>
          <WhoCanHear
            groups={groupsOf(props, hearing, words)}
            press={hearing.filter((seat) => seat.role === "press").length}
            count={props.count}
            entered={props.entered}
            host={props.sitting.snapshot.host.name}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function groupsOf({ sitting, room }: WhoProps, hearing: readonly Seat[], words: Words): readonly HearerGroup[] {
  const { snapshot, you } = sitting;
  return snapshot.delegations
    .filter((delegation) => room === "chamber" || delegation.id === you.party)
    .map((delegation) => ({
      id: delegation.id,
      name: delegation.name,
      members: hearing
        .filter((seat) => seat.party === delegation.id)
        .map((seat) => ({ seat, role: roleOf(seat, words), here: seat.present === room })),
    }));
}

import type { ReactNode } from "react";
import { TableHead } from "../../design/TableHead";
import { Hand, Mic } from "lucide-react";
import type { Seat, Snapshot } from "../../contract/parse";
import type { MemberId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { enElsewhere } from "../../i18n/enElsewhere";
import { useWords } from "../../i18n/ui/Words";
import { mayGiveTo } from "../floor";
import { roleOf } from "./roles";

export interface MembersTableProps {
  readonly snapshot: Snapshot;
  readonly you: Seat;
  readonly onGive: (member: MemberId) => void;
}

/** Every member by party, in protocol order, as a table: no faces, no sound. */
export function MembersTable({ snapshot, you, onGive }: MembersTableProps): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const heads = [
    t("officer.name"),
    t("officer.party"),
    t("officer.role"),
    t("officer.enrolled"),
    t("officer.present"),
    words.t("officer.floor"),
  ];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t("officer.scroll")}>
      <table>
        <caption className="unseen">{t("officer.members")}</caption>
        <TableHead heads={heads} />
        <tbody>
          {inOrder(snapshot).map(({ seat, party }) => (
            <tr key={seat.member} data-member={seat.member}>
              <th scope="row">
                <bdi>{seat.name}</bdi>
              </th>
              <td>
                <bdi>{party ?? words.t("party.press")}</bdi>
              </td>
              <td>{roleOf(seat, words)}</td>
              <td>{t("officer.enrolled.yes")}</td>
              <td data-present={seat.present ?? "none"}>{t(whereOf(seat))}</td>
              <td>
                <FloorCell snapshot={snapshot} you={you} seat={seat} onGive={onGive} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FloorCell({ snapshot, you, seat, onGive }: MembersTableProps & { readonly seat: Seat }): ReactNode {
  const words = useWords();
  if (snapshot.floor.holder === seat.member) {
    return (
      <span className="with-icon">
        <Mic className="icon" aria-hidden />
        {words.t("stage.hasFloor")}
      </span>
    );
  }
  const asked = snapshot.floor.asks.some((ask) => ask.member === seat.member);
  if (!asked || !mayGiveTo(seat.member, you, snapshot)) return null;
  return (
    <Button
      label={words.t("floor.give.label", { name: seat.name })}
      onPress={() => {
        onGive(seat.member);
      }}
    >
      <Hand className="icon" aria-hidden />
      {words.t("floor.give")}
    </Button>
  );
}

function whereOf(
  seat: Seat,
): "officer.present.gallery" | "officer.present.none" | "officer.present.chamber" | "officer.present.caucus" {
  if (seat.present === null) return "officer.present.none";
  if (seat.role === "press") return "officer.present.gallery";
  return seat.present === "caucus" ? "officer.present.caucus" : "officer.present.chamber";
}

function inOrder(snapshot: Snapshot): readonly { readonly seat: Seat; readonly party: string | null }[] {
  const ofDelegations = snapshot.delegations.flatMap((delegation) =>
    snapshot.seats.filter((seat) => seat.party === delegation.id).map((seat) => ({ seat, party: delegation.name })),
  );
  const press = snapshot.seats.filter((seat) => seat.role === "press").map((seat) => ({ seat, party: null }));
  return [...ofDelegations, ...press];
}

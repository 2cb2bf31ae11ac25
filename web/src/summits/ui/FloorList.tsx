import type { ReactNode } from "react";
import { MicVocal } from "lucide-react";
import type { Seat, Snapshot } from "../../contract/parse";
import type { MemberId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { mayGiveTo } from "../floor";

export interface FloorListProps {
  readonly snapshot: Snapshot;
  readonly now: number;
  readonly you: Seat;
  readonly onGive: (member: MemberId) => void;
}

/** Who asked for the floor, first come first; it is given where the server would let it be given. */
export function FloorList(props: FloorListProps): ReactNode {
  const words = useWords();
  const { asks } = props.snapshot.floor;
  const { onGive } = props;
  return (
    <section className="panel" aria-labelledby="asked-title">
      <h2 id="asked-title" className="eyebrow">
        {words.t("floor.title")}
      </h2>
      {asks.length === 0 ? <p className="quiet">{words.t("floor.nobody")}</p> : null}
      <ol className="asks">
        {asks.map((ask) => {
          const name = props.snapshot.seats.find((seat) => seat.member === ask.member)?.name ?? "";
          const waiting = words.span((props.now - Date.parse(ask.since)) / 1000);
          return (
            <li key={ask.member}>
              <MicVocal className="icon" aria-hidden />
              <bdi className="asks-name">{name}</bdi>
              <span className="figures quiet">
                <span aria-hidden>{waiting}</span>
                <span className="unseen">{words.t("floor.waiting", { name, time: waiting })}</span>
              </span>
              {mayGiveTo(ask.member, props.you, props.snapshot) ? (
                <Button
                  label={words.t("floor.give.label", { name })}
                  onPress={() => {
                    onGive(ask.member);
                  }}
                >
                  {words.t("floor.give")}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

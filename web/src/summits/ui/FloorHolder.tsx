import type { ReactNode } from "react";
import { MicVocal } from "lucide-react";
import type { Seat, Snapshot } from "../../contract/parse";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { mayTakeBack } from "../floor";

export interface FloorHolderProps {
  readonly snapshot: Snapshot;
  readonly you: Seat;
  readonly onTakeBack: () => void;
}

/** Who has the floor, and for whom they speak: nobody hears a voice without knowing whose it is. */
export function FloorHolder({ snapshot, you, onTakeBack }: FloorHolderProps): ReactNode {
  const words = useWords();
  const holder = snapshot.seats.find((seat) => seat.member === snapshot.floor.holder);
  const delegation = snapshot.delegations.find((each) => each.id === holder?.party);
  return (
    <section className="panel" aria-labelledby="floor-title">
      <h2 id="floor-title" className="eyebrow">
        {words.t("officer.floor")}
      </h2>
      {holder === undefined ? (
        <p className="quiet">{words.t("floor.free")}</p>
      ) : (
        <div className="holder" data-holder={holder.member}>
          <MicVocal className="icon" aria-hidden />
          <p>
            <strong>
              <bdi>{holder.name}</bdi>
            </strong>
            {delegation === undefined ? null : (
              <small>
                <bdi>{delegation.name}</bdi>
              </small>
            )}
          </p>
          {mayTakeBack(you, snapshot) ? <Button onPress={onTakeBack}>{words.t("floor.takeBack")}</Button> : null}
        </div>
      )}
    </section>
  );
}

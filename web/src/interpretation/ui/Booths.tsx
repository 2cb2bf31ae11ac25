import type { ReactNode } from "react";
import type { Seat } from "../../contract/parse";
import { useWords } from "../../i18n/ui/Words";
import type { BoothHeard } from "../listening";
import "./interpretation.css";

export interface BoothsProps {
  readonly booths: readonly BoothHeard[];
  readonly seats: readonly Seat[];
}

/** The booths, who is in them, and which is on air. */
export function Booths({ booths, seats }: BoothsProps): ReactNode {
  const words = useWords();
  if (booths.length === 0) return null;
  return (
    <section className="booths" aria-label={words.t("booth.title")}>
      {booths.map(({ booth: { id, languages, members }, onAir }) => {
        const present = seats
          .filter((seat) => members.includes(seat.identity) && seat.present === "chamber")
          .toSorted((one, other) => Number(other.identity === onAir?.who) - Number(one.identity === onAir?.who));
        return (
          <div key={id} className="booth" data-booth={id} data-live={onAir !== null || undefined}>
            <span className="booth-light" aria-hidden />
            <span>
              <strong>
                {words.t("booth.name", { language: words.list(languages.map((each) => words.languageName(each))) })}
              </strong>
              <small>
                {onAir === null
                  ? words.t("booth.offAir")
                  : words.t("booth.into", { language: words.languageName(onAir.into) })}{" "}
                · {present.length === 0 ? words.t("booth.nobody") : words.list(present.map((seat) => seat.name))}
              </small>
            </span>
          </div>
        );
      })}
    </section>
  );
}

import type { ReactNode } from "react";
import type { Seat } from "../../contract/parse";
import type { Language } from "../../kernel/ids";
import { useWords } from "../../i18n/ui/Words";
import "./interpretation.css";

export interface BoothsProps {
  readonly languages: readonly Language[];
  readonly interpreters: readonly Seat[];
  readonly onAir: readonly Language[];
}

/** The booths, who is in them, and which is on air. */
export function Booths(props: BoothsProps): ReactNode {
  const words = useWords();
  const booths = props.languages
    .map((language) => ({ language, members: props.interpreters.filter((seat) => seat.languages.includes(language)) }))
    .filter((booth) => booth.members.length > 0);
  if (booths.length === 0) return null;
  return (
    <section className="booths" aria-label={words.t("booth.title")}>
      {booths.map(({ language, members }) => {
        const present = members.filter((seat) => seat.present === "chamber");
        const live = props.onAir.includes(language);
        return (
          <div key={language} className="booth" data-booth={language} data-live={live || undefined}>
            <span className="booth-light" aria-hidden />
            <span>
              <strong>{words.t("booth.name", { language: words.languageName(language) })}</strong>
              <small>
                {words.t(live ? "booth.onAir" : "booth.offAir")} ·{" "}
                {present.length === 0 ? words.t("booth.nobody") : words.list(present.map((seat) => seat.name))}
              </small>
            </span>
          </div>
        );
      })}
    </section>
  );
}

/** Liaison mode: who speaks, and whose microphone is held. Fetched in that mode alone. */
import type { ReactNode } from "react";
import { enLiaison } from "../../i18n/enLiaison";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";
import { besidesOf, mannerOf, speaksNow } from "./liaisonWords";
import { Notepad } from "./Notepad";
import type { Sitting } from "./sitting";
import { Unheard } from "./Unheard";
import "./turns.css";

interface LiaisonProps {
  readonly sitting: Sitting;
  readonly call: CallState;
}

export function Liaison({ sitting, call }: LiaisonProps): ReactNode {
  const t = useWords().part(enLiaison);
  const { snapshot, you } = sitting;
  const { phase } = snapshot.meeting;
  const isUnheard = speaksNow(sitting) === "always" && !call.sending.microphone;
  return (
    <section className="in-turn" aria-label={t("title")}>
      {phase === "open" || phase === "closed" ? (
        <p role="status">
          {mannerOf(sitting, t)} <strong>{besidesOf(sitting, t)}</strong>
        </p>
      ) : null}
      {isUnheard ? <Unheard text={t("off.microphone")} /> : null}
      {you.role === "interpreter" ? <Notepad /> : null}
    </section>
  );
}

/** Liaison mode: who speaks, and whose microphone is held. Fetched in that mode alone. */
import type { ReactNode } from "react";
import { MicOff } from "lucide-react";
import { Notice } from "../../design/controls";
import { enLiaison } from "../../i18n/enLiaison";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";
import { besidesOf, mannerOf, speaksNow } from "./liaisonWords";
import { Notepad } from "./Notepad";
import type { Sitting } from "./sitting";
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
      {isUnheard ? (
        <Notice tone="caution" live icon={<MicOff className="icon" aria-hidden />}>
          <p>
            <strong>{t("off.microphone")}</strong>
          </p>
        </Notice>
      ) : null}
      {you.role === "interpreter" ? <Notepad /> : null}
    </section>
  );
}

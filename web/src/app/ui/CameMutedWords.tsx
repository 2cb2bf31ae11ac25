import type { ReactNode } from "react";
import { MicOff } from "lucide-react";
import { Notice } from "../../design/controls";
import { enCameMuted } from "../../i18n/enCameMuted";
import { useWords } from "../../i18n/ui/Words";
import { useKeyChoice } from "./keyChoice";

/** That one is not heard, and what changes it. Fetched by whoever came back muted. */
export function CameMutedWords(props: { readonly interpreter: boolean; readonly onFloor: boolean }): ReactNode {
  const { interpreter, onFloor } = props;
  const t = useWords().part(enCameMuted);
  const { on } = useKeyChoice();
  const next = interpreter ? "booth.next" : on ? "next.key" : "next";
  return (
    <Notice tone="caution" live={false} icon={<MicOff className="icon" aria-hidden />}>
      <p>
        <strong>{t(interpreter && !onFloor ? "booth" : "muted")}</strong> {t(next)}
      </p>
    </Notice>
  );
}

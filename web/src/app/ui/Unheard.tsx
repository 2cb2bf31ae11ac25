/** Says to whoever is to be heard that their microphone is off. Fetched with the modes in which one speaks in turn. */
import type { ReactNode } from "react";
import { MicOff } from "lucide-react";
import { Notice } from "../../design/controls";

export function Unheard({ text }: { readonly text: string }): ReactNode {
  return (
    <Notice tone="caution" live icon={<MicOff className="icon" aria-hidden />}>
      <p>
        <strong>{text}</strong>
      </p>
    </Notice>
  );
}

import type { ReactNode } from "react";
import { MicOff } from "lucide-react";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";
import { useKeyChoice } from "./keyChoice";
import type { Sitting } from "./sitting";

/** Says to whoever comes back from the caucus or a recess that they are not heard, and which key changes that. */
export function CameMuted({ sitting, call }: { readonly sitting: Sitting; readonly call: CallState }): ReactNode {
  // The region is there before its words: only then are they surely read out.
  return (
    <div className="came-muted" role="status">
      {call.cameMuted && mayBeHeard(call) ? <Said interpreter={sitting.you.role === "interpreter"} /> : null}
    </div>
  );
}

function Said({ interpreter }: { readonly interpreter: boolean }): ReactNode {
  const words = useWords();
  const { on } = useKeyChoice();
  const next = interpreter ? "muted.booth.next" : on ? "muted.next.key" : "muted.next";
  return (
    <Notice tone="caution" live={false} icon={<MicOff className="icon" aria-hidden />}>
      <p>
        <strong>{words.t(interpreter ? "muted.booth" : "muted")}</strong> {words.t(next)}
      </p>
    </Notice>
  );
}

function mayBeHeard({ seating }: CallState): boolean {
  return seating.at === "seated" && seating.room === "chamber" && seating.grant.publish.includes("microphone");
}

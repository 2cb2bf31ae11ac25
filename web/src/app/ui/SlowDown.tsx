import type { ReactNode } from "react";
import { Gauge } from "lucide-react";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

/** Tells whoever speaks that the interpreters cannot follow, for some seconds and without a sound. */
export function SlowDown({ sitting, call }: { readonly sitting: Sitting; readonly call: CallState }): ReactNode {
  const words = useWords();
  const { slowing } = useReadable(useServices().gestures.state);
  return (
    <div className="slow-down" role="status">
      {slowing.length > 0 && speaks(sitting, call) ? (
        <Notice tone="caution" live={false} icon={<Gauge className="icon" aria-hidden />}>
          <p>
            <strong>{words.t("slow.down")}</strong> {words.t("slow.down.text")}
          </p>
        </Notice>
      ) : null}
    </div>
  );
}

/** Whoever is heard and has the floor; while nobody has it, whoever is heard. Interpreters speak after others. */
function speaks({ snapshot, you }: Sitting, { sending }: CallState): boolean {
  const { holder } = snapshot.floor;
  return you.role !== "interpreter" && sending.microphone && (holder === null || holder === you.member);
}

import { useEffect, type ReactNode } from "react";
import { TriangleAlert } from "lucide-react";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import { overheardIn } from "./doorsSeen";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

/** Says who may still be heard outside though the doors have closed, and what to do. Whoever it is themselves is muted. */
export function HeardOutside({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { call, keys } = useServices();
  const attempt = useAttempt();
  const { names, isOwn } = overheardIn(sitting, useReadable(keys.state));
  useEffect(() => {
    if (!isOwn) return;
    const { wished, sending } = call.state.get();
    for (const source of ["microphone", "camera", "screen"] as const) {
      if (wished[source] || sending[source]) attempt(() => call.send(source, false));
    }
  }, [attempt, call, isOwn]);
  const sign = <TriangleAlert className="icon" aria-hidden />;
  return (
    <>
      {isOwn ? (
        <Notice tone="alarm" icon={sign}>
          <p>
            <strong>{words.t("overheard.own")}</strong> {words.t("overheard.own.text")}
          </p>
        </Notice>
      ) : null}
      {names.length > 0 ? (
        <Notice key={names.join(" ")} tone="alarm" icon={sign}>
          <p>
            <strong>{words.t("overheard", { names: words.list(names) })}</strong> {words.t("overheard.text")}
          </p>
        </Notice>
      ) : null}
    </>
  );
}

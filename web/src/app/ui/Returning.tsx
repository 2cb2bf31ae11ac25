import type { ReactNode } from "react";
import { RefreshCw } from "lucide-react";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";

/** Says that the picture or the events stopped, and what is kept. */
export function Returning(props: { readonly call?: CallState; readonly stale: boolean }): ReactNode {
  const words = useWords();
  const returning = props.call?.seating.at === "returning";
  if (!returning && !props.stale) return null;
  return (
    <Notice tone="alarm" icon={<RefreshCw className="icon" aria-hidden />}>
      <p>
        <strong>{words.t(returning ? "returning.title" : "returning.feed")}</strong>{" "}
        {words.t(returning ? "returning.text" : "returning.feed.text")}
      </p>
    </Notice>
  );
}

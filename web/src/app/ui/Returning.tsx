import type { ReactNode } from "react";
import { RefreshCw } from "lucide-react";
import { Notice } from "../../design/controls";
import type { Words } from "../../i18n/translator";
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
        {returning ? words.t("returning.text") : feedWords(props.call, words)}
      </p>
    </Notice>
  );
}

/** Sound and picture do not pass the server: who was heard or seen before it was lost may be so still. */
function feedWords(call: CallState | undefined, words: Words): string {
  const { microphone, camera, screen } = call?.sending ?? { microphone: false, camera: false, screen: false };
  const old = words.t("returning.feed.text");
  if (!microphone && !camera && !screen) return old;
  const still = microphone ? (camera || screen ? "both" : "heard") : "seen";
  return `${words.t(`returning.feed.${still}`)} ${old}`;
}

import { lazy, type ReactNode } from "react";
import { Keyboard } from "lucide-react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { useWords } from "../../i18n/ui/Words";

const KeysSheet = lazy(async () => ({ default: (await import("./KeysSheet")).KeysSheet }));

/** The button behind which the keys are listed. */
export function Keys(): ReactNode {
  const words = useWords();
  const { open, sheet } = useSheet((close) => <KeysSheet onClose={close} />);
  return (
    <>
      <Button tone="quiet" className="control keys" shortcut="?" label={words.t("controls.keys")} onPress={open}>
        <Keyboard className="icon" aria-hidden />
        <span className="keys-words">{words.t("controls.keys")}</span>
      </Button>
      {sheet}
    </>
  );
}

import type { ReactNode } from "react";
import { Hand } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import type { Seat } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

/** Raises one's hand, or lowers it: up is what the others see. */
export function HandButton({ you }: { readonly you: Seat }): ReactNode {
  const words = useWords();
  const { gestures } = useServices();
  const attempt = useAttempt();
  const isUp = useReadable(gestures.state).hands.includes(you.identity);
  const label = words.t(isUp ? "hand.lower" : "hand.raise");
  return (
    <Button
      tone={isUp ? "accent" : "quiet"}
      className="control hand"
      shortcut="h"
      label={label}
      onPress={() => {
        attempt(() => gestures.hold(!isUp));
      }}
    >
      <Hand className="icon" aria-hidden />
      <span className="keys-words">{label}</span>
    </Button>
  );
}

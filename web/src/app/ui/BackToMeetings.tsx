import { createContext, useContext, type ReactNode } from "react";
import { CalendarClock } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";

/** The way back to the list of meetings. */
export const BackContext = createContext<() => void>(() => undefined);

export function BackToMeetings(): ReactNode {
  const words = useWords();
  const back = useContext(BackContext);
  return (
    <Button tone="link" className="back" onPress={back}>
      <CalendarClock className="icon" aria-hidden />
      {words.t("lobby.back")}
    </Button>
  );
}

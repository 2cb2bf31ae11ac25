import type { ReactNode } from "react";
import { CalendarClock } from "lucide-react";
import type { Dossier } from "../../contract/parse";
import type { MeetingId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Statement } from "../../design/Statement";
import { enLobby } from "../../i18n/enLobby";
import { useWords } from "../../i18n/ui/Words";

/** The summit's meetings, to go to one of them. */
export function Meetings(props: {
  readonly dossier: Dossier;
  readonly onChoose: (meeting: MeetingId) => void;
  /** What else can be done for the summit. */
  readonly children?: ReactNode;
}): ReactNode {
  const words = useWords();
  const t = words.part(enLobby);
  const { summit, meetings } = props.dossier;
  const none = meetings.length === 0;
  return (
    <Statement
      sign={<CalendarClock className="statement-sign" aria-hidden />}
      title={t(none ? "welcome.meetings.none" : "welcome.meetings")}
    >
      <p>{none ? t("welcome.meetings.none.more") : <bdi>{summit.title}</bdi>}</p>
      <ul className="meetings">
        {meetings.map((meeting) => (
          <li key={meeting.id}>
            <Button
              wide
              onPress={() => {
                props.onChoose(meeting.id);
              }}
            >
              <span className="meetings-words">
                <bdi>
                  <strong>{meeting.title}</strong>
                </bdi>
                <small>
                  {words.day(meeting.scheduled)} · {words.t(`format.${meeting.format}`)} ·{" "}
                  {words.t(`doors.${meeting.phase}`)}
                </small>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {props.children}
    </Statement>
  );
}

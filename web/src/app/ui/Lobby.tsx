/** The list of meetings, and what a chair or the host does for the summit outside of them. */
import { lazy, Suspense, useState, type ReactNode } from "react";
import { CalendarPlus, FileDown, Users } from "lucide-react";
import type { Dossier } from "../../contract/parse";
import type { MeetingId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { enLobby } from "../../i18n/enLobby";
import { useWords } from "../../i18n/ui/Words";
import { Meetings } from "../../identity/ui/Meetings";
import { mayAsk } from "../../summits";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

const CallMeeting = lazy(async () => ({ default: (await import("../../summits/ui/CallMeeting")).CallMeeting }));
const WhoEnrolled = lazy(async () => ({ default: (await import("./WhoEnrolled")).WhoEnrolled }));

/** The table asks for a meeting's standing; what belongs to the summit is the same in all of them. */
const ANY = { phase: "arrival", format: "plenary" } as const;

export interface LobbyProps {
  readonly dossier: Dossier;
  readonly onChoose: (meeting: MeetingId) => void;
}

/** The summit's meetings, and what can be done for the summit outside of them. */
export function Lobby({ dossier, onChoose }: LobbyProps): ReactNode {
  const { you } = dossier;
  const mayCall = mayAsk("call_meeting", you, ANY);
  const mayRead = mayAsk("read_audit", you, ANY);
  return (
    <Meetings dossier={dossier} onChoose={onChoose}>
      {mayCall || mayRead ? <Tools dossier={dossier} mayCall={mayCall} mayRead={mayRead} onCalled={onChoose} /> : null}
    </Meetings>
  );
}

function Tools(props: {
  readonly dossier: Dossier;
  readonly mayCall: boolean;
  readonly mayRead: boolean;
  readonly onCalled: (meeting: MeetingId) => void;
}): ReactNode {
  const t = useWords().part(enLobby);
  const { registry } = useServices();
  const attempt = useAttempt();
  const [open, setOpen] = useState<"call" | "enrolled" | null>(null);
  const turn = (panel: "call" | "enrolled") => () => {
    setOpen(open === panel ? null : panel);
  };
  return (
    <section className="lobby" aria-labelledby="lobby-title">
      <h2 id="lobby-title" className="eyebrow">
        {t("lobby.tools")}
      </h2>
      <div className="lobby-tools">
        {props.mayCall ? (
          <>
            <Button expanded={open === "call"} onPress={turn("call")}>
              <CalendarPlus className="icon" aria-hidden />
              {t("lobby.call")}
            </Button>
            <Button expanded={open === "enrolled"} onPress={turn("enrolled")}>
              <Users className="icon" aria-hidden />
              {t("lobby.enrolled")}
            </Button>
          </>
        ) : null}
        {props.mayRead ? (
          <Button
            onPress={() => {
              attempt(() => registry.saveLog());
            }}
          >
            <FileDown className="icon" aria-hidden />
            {t("lobby.log")}
          </Button>
        ) : null}
      </div>
      {props.mayRead ? <p className="quiet">{t("lobby.log.note")}</p> : null}
      <Suspense>
        {open === "call" ? <NewMeeting {...props} onClose={turn("call")} /> : null}
        {open === "enrolled" ? <WhoEnrolled /> : null}
      </Suspense>
    </section>
  );
}

function NewMeeting(props: {
  readonly dossier: Dossier;
  readonly onCalled: (meeting: MeetingId) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { meeting, orders, registry } = useServices();
  const attempt = useAttempt();
  return (
    <CallMeeting
      formats={registry.formats()}
      meetings={props.dossier.meetings}
      now={meeting.now()}
      onClose={props.onClose}
      onCall={(wanted) => {
        attempt(async () => {
          props.onCalled(await orders.call(wanted));
        });
      }}
    />
  );
}

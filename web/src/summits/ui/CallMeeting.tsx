import { useState, type ReactNode } from "react";
import { CalendarPlus } from "lucide-react";
import type { Dossier, FormatName, ModeName } from "../../contract/parse";
import type { MeetingId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Field } from "../../design/controls";
import { Pick } from "../../design/Pick";
import { enLobby } from "../../i18n/enLobby";
import { useWords } from "../../i18n/ui/Words";
import { localMinute, type Call } from "../calling";
import { AgendaLines, linesOf, type Draft } from "./AgendaLines";
import { MODES } from "./offered";
import "./callMeeting.css";

export interface CallMeetingProps {
  /** Formats that every delegation signed; another would be refused. */
  readonly formats: readonly FormatName[];
  readonly meetings: Dossier["meetings"];
  /** Server time in ms since the epoch. */
  readonly now: number;
  readonly onCall: (call: Call) => void;
  readonly onClose: () => void;
}

interface Written {
  readonly title: string;
  readonly format: FormatName;
  readonly mode: ModeName;
  /** As the browser's own field writes it: `2026-12-07T15:00`, in this device's time zone. */
  readonly scheduled: string;
  readonly follows: MeetingId | "none";
  readonly agenda: readonly Draft[];
}

const HOUR = 3_600_000;

/** What a meeting is called with. Nothing is sent before it is called. */
export function CallMeeting(props: CallMeetingProps): ReactNode {
  const words = useWords();
  const t = words.part(enLobby);
  const [written, setWritten] = useState<Written>(() => ({
    title: "",
    format: props.formats[0] ?? "plenary",
    mode: "simultaneous",
    scheduled: localMinute(Math.ceil(props.now / HOUR) * HOUR),
    follows: "none",
    agenda: [],
  }));
  const write = (part: Partial<Written>) => {
    setWritten({ ...written, ...part });
  };
  const call = callOf(written);
  return (
    <form
      className="call"
      aria-labelledby="call-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (call !== null) props.onCall(call);
      }}
    >
      <h2 id="call-title">{t("call.title")}</h2>
      <Field
        label={t("call.name")}
        value={written.title}
        onChange={(title) => {
          write({ title });
        }}
      />
      <Terms {...props} written={written} onWrite={write} />
      <fieldset>
        <legend>{words.t("agenda.title")}</legend>
        <AgendaLines
          drafts={written.agenda}
          onChange={(agenda) => {
            write({ agenda });
          }}
        />
      </fieldset>
      {call === null ? <p className="quiet">{t("call.missing")}</p> : null}
      <div className="call-end">
        <Button onPress={props.onClose}>{words.t("cancel")}</Button>
        <Button tone="primary" submits disabled={call === null}>
          <CalendarPlus className="icon" aria-hidden />
          {t("call.do")}
        </Button>
      </div>
    </form>
  );
}

/** Format, interpretation, time, and what it follows. */
function Terms(
  props: Pick<CallMeetingProps, "formats" | "meetings"> & {
    readonly written: Written;
    readonly onWrite: (part: Partial<Written>) => void;
  },
): ReactNode {
  const words = useWords();
  const t = words.part(enLobby);
  const { written, onWrite } = props;
  const none = { id: "none", text: t("call.follows.none") } as const;
  return (
    <div className="call-pair">
      <Pick
        label={words.t("arrival.format")}
        value={written.format}
        options={props.formats.map((id) => ({ id, text: words.t(`format.${id}`) }))}
        onPick={(format) => {
          onWrite({ format });
        }}
      />
      <Pick
        label={t("call.mode")}
        value={written.mode}
        options={MODES.map((id) => ({ id, text: words.t(`mode.${id}`) }))}
        onPick={(mode) => {
          onWrite({ mode });
        }}
      />
      <Field
        kind="datetime-local"
        label={t("call.scheduled")}
        value={written.scheduled}
        onChange={(scheduled) => {
          onWrite({ scheduled });
        }}
      />
      <Pick
        label={t("call.follows")}
        value={written.follows}
        options={[none, ...props.meetings.map(({ id, title }) => ({ id, text: title }))]}
        onPick={(follows) => {
          onWrite({ follows });
        }}
      />
    </div>
  );
}

/** What would be sent; null while something is missing or makes no sense. */
function callOf({ title, scheduled, follows, agenda, ...rest }: Written): Call | null {
  const at = new Date(scheduled);
  const items = linesOf(agenda);
  if (title.trim() === "" || Number.isNaN(at.getTime()) || items === null) return null;
  return {
    ...rest,
    title: title.trim(),
    scheduled: at.toISOString(),
    follows: follows === "none" ? null : follows,
    agenda: items.map(({ title: item, minutes }) => ({ title: item, minutes })),
  };
}

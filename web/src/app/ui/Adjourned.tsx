import type { ReactNode } from "react";
import { Power } from "lucide-react";
import { enElsewhere } from "../../i18n/enElsewhere";
import { useWords } from "../../i18n/ui/Words";
import { Credentials } from "../../identity/ui/Credentials";
import { Statement } from "../../design/Statement";
import { BackToMeetings } from "./BackToMeetings";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import type { Sitting } from "./sitting";

/** After the end: when it began and ended, how long it lasted, what was taken up. */
export function Adjourned({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const { meeting, agenda } = sitting.snapshot;
  const lines: (readonly [string, string])[] = [];
  if (meeting.began !== null) {
    const lasted = (Date.parse(meeting.phase_since) - Date.parse(meeting.began)) / 1000;
    lines.push([t("adjourned.began"), words.day(meeting.began)]);
    lines.push([t("adjourned.ended"), words.day(meeting.phase_since)]);
    lines.push([t("adjourned.lasted"), words.span(lasted)]);
  }
  if (agenda.length > 0) {
    const done = agenda.filter((item) => item.state !== "ahead").length;
    lines.push([t("adjourned.items"), t("adjourned.items.of", { done, all: agenda.length })]);
  }
  return (
    <Frame theme="light" flows doors={<Doors sitting={sitting} room={null} hearers={0} />}>
      <main>
        <Statement
          sign={<Power className="statement-sign" aria-hidden />}
          eyebrow={<bdi>{meeting.title}</bdi>}
          title={t("adjourned.title")}
        >
          <p>{t("adjourned.text")}</p>
          {lines.length === 0 ? null : <Credentials lines={lines} />}
          <p className="quiet">{words.t("shutout.adjourned.next")}</p>
          <BackToMeetings />
        </Statement>
      </main>
    </Frame>
  );
}

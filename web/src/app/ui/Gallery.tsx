import type { ReactNode } from "react";
import { DoorClosed, DoorClosedLocked } from "lucide-react";
import { enElsewhere } from "../../i18n/enElsewhere";
import { useWords } from "../../i18n/ui/Words";
import { Statement } from "../../design/Statement";
import { Leave } from "../../rooms/ui/Controls";
import { Hall } from "../../rooms/ui/Hall";
import { Listen, type SeatedProps } from "./Chamber";
import { BackToMeetings } from "./BackToMeetings";
import { Beside } from "./Beside";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import { Keys } from "./Keys";
import { LockNotice } from "./LockNotice";
import { OwnDevices } from "./OwnDevices";
import { Returning } from "./Returning";
import { Side } from "./Side";
import type { Sitting } from "./sitting";
import { useTheme } from "./theme";
import { tilesOfChamber } from "./tiles";
import { useNow } from "./useServices";

/** The opening as the press sees it: nothing to press but a language. */
export function Gallery({ sitting, call, onLeave }: SeatedProps): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const now = useNow();
  const { stage } = useTheme();
  const { snapshot } = sitting;
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room="chamber" hearers={0} />}>
      <div className="stage">
        <main className="stage-main">
          <h1 className="unseen">
            <bdi>{snapshot.meeting.title}</bdi>
          </h1>
          <LockNotice sitting={sitting} room="chamber" />
          <Returning call={call} stale={sitting.stale} />
          <Beside sitting={sitting}>
            <Hall
              tiles={tilesOfChamber(sitting, { now, live: call.seating.at === "seated", hands: [] }, words)}
              presences={call.presences}
              nameOf={(member) => snapshot.seats.find((seat) => seat.member === member)?.name ?? ""}
              empty={words.t("stage.noPrincipal")}
              note={null}
            />
          </Beside>
        </main>
        <Side sitting={sitting} caucus="none" />
        <section className="stage-controls" aria-label={words.t("controls.title")}>
          <Listen sitting={sitting} />
          <span className="stage-note quiet">{t("press.open.note")}</span>
          <OwnDevices sitting={sitting} room="chamber" />
          <Keys />
          <Leave onLeave={onLeave} />
        </section>
      </div>
    </Frame>
  );
}

/** In front of the doors: before the opening, and after it. */
export function BeforeTheDoors({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const { stage } = useTheme();
  const { meeting } = sitting.snapshot;
  const waiting = meeting.phase === "arrival" || meeting.phase === "open";
  const Sign = waiting ? DoorClosed : DoorClosedLocked;
  return (
    <Frame theme={stage} flows doors={<Doors themed sitting={sitting} room={null} hearers={0} />}>
      <main>
        <Statement
          sign={<Sign className="statement-sign" aria-hidden />}
          eyebrow={<bdi>{meeting.title}</bdi>}
          title={waiting ? t("press.waiting") : words.t("shutout.doors-closed")}
        >
          <p>{waiting ? t("press.waiting.text") : words.t("shutout.doors-closed.text")}</p>
          {waiting ? null : (
            <p className="quiet">
              {t("press.closed.since", { time: words.clock(meeting.phase_since) })}.{" "}
              {words.t("shutout.doors-closed.next")}
            </p>
          )}
          <BackToMeetings />
        </Statement>
      </main>
    </Frame>
  );
}

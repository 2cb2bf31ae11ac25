import type { ReactNode } from "react";
import { enElsewhere } from "../../i18n/enElsewhere";
import { useWords } from "../../i18n/ui/Words";
import { Clocks } from "../../summits/ui/Clocks";
import { MembersTable } from "../../summits/ui/MembersTable";
import { AgendaPanel } from "./AgendaPanel";
import { Asked } from "./Asked";
import { BackToMeetings } from "./BackToMeetings";
import { FloorPanels } from "./FloorPanels";
import { Returning } from "./Returning";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import type { Sitting } from "./sitting";
import { useTheme } from "./theme";
import { useAttempt } from "./Told";
import { useNow, useServices } from "./useServices";

/** The room as a table, for whoever runs it without hearing it. */
export function Officer({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const { orders } = useServices();
  const attempt = useAttempt();
  const now = useNow();
  const { stage } = useTheme();
  const { snapshot } = sitting;
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room={null} hearers={0} />}>
      <div className="stage without-controls">
        <main className="stage-main flowing officer">
          <div>
            <p className="eyebrow">{t("officer.title")}</p>
            <h1>
              <bdi>{snapshot.meeting.title}</bdi>
            </h1>
            <p className="quiet">
              {t("officer.note")}{" "}
              {t("officer.press", { present: snapshot.press.present, accredited: snapshot.press.accredited })}
            </p>
            <BackToMeetings />
          </div>
          <Returning stale={sitting.stale} />
          <Asked sitting={sitting} />
          <MembersTable
            snapshot={snapshot}
            you={sitting.you}
            onGive={(member) => {
              attempt(() => orders.giveTheFloor(member));
            }}
          />
        </main>
        <aside className="stage-side" aria-label={words.t("agenda.title")} tabIndex={0}>
          <Clocks snapshot={snapshot} now={now} />
          <AgendaPanel each sitting={sitting} now={now} />
          <FloorPanels sitting={sitting} now={now} />
        </aside>
      </div>
    </Frame>
  );
}

import { lazy, Suspense, type ReactNode } from "react";
import { Lock } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { mayAsk } from "../../summits";
import { Clocks } from "../../summits/ui/Clocks";
import { AgendaPanel } from "./AgendaPanel";
import { FloorPanels } from "./FloorPanels";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useNow, useServices } from "./useServices";

const ArrangingPanel = lazy(async () => ({ default: (await import("./ArrangingPanel")).ArrangingPanel }));

/** Clocks, agenda, who asked for the floor, and the door of one's own room. */
export function Side(props: { readonly sitting: Sitting; readonly caucus: "door" | "inside" | "none" }): ReactNode {
  const words = useWords();
  const now = useNow();
  const { snapshot, you } = props.sitting;
  const { meeting } = snapshot;
  const label = `${words.t("agenda.title")}, ${words.t("time.title")}`;
  return (
    <aside className="stage-side" aria-label={label} tabIndex={0}>
      <Clocks snapshot={snapshot} now={now} />
      {you.role === "press" ? null : <AgendaPanel sitting={props.sitting} now={now} />}
      <FloorPanels sitting={props.sitting} now={now} />
      {snapshot.isDoubtful || (snapshot.arrangement !== null && mayAsk("arrange_channels", you, meeting)) ? (
        <Suspense>
          <ArrangingPanel sitting={props.sitting} />
        </Suspense>
      ) : null}
      {props.caucus === "door" && mayAsk("enter_caucus", you, meeting) ? (
        <CaucusDoor sitting={props.sitting} shortcut="c" />
      ) : null}
    </aside>
  );
}

/** The way to one's own room; its key is not everywhere free. */
export function CaucusDoor({
  sitting,
  shortcut,
}: {
  readonly sitting: Sitting;
  readonly shortcut?: string;
}): ReactNode {
  const words = useWords();
  const { call } = useServices();
  const attempt = useAttempt();
  const { snapshot, you } = sitting;
  const inside = snapshot.seats.filter((seat) => seat.party === you.party && seat.present === "caucus").length;
  return (
    <section className="panel" aria-labelledby="caucus-title">
      <h2 id="caucus-title" className="eyebrow">
        {words.t("caucus.title")}
      </h2>
      <p className="quiet">{inside === 0 ? words.t("caucus.empty") : words.t("caucus.inside", { count: inside })}</p>
      <Button
        wide
        shortcut={shortcut}
        label={words.t("caucus.enter")}
        onPress={() => {
          attempt(() => call.enter("caucus"));
        }}
      >
        <Lock className="icon" aria-hidden />
        {words.t("caucus.enter")}
      </Button>
    </section>
  );
}

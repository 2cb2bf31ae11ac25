import type { ReactNode } from "react";
import type { Snapshot } from "../../contract/parse";
import { useWords } from "../../i18n/ui/Words";
import { floorSeconds, itemSeconds, meetingSeconds } from "../clocks";

/** Meeting, item, speaker and one's own wall clock, in tabular figures. */
export function Clocks(props: { readonly snapshot: Snapshot; readonly now: number }): ReactNode {
  const words = useWords();
  const { snapshot, now } = props;
  const position = snapshot.agenda.findIndex((item) => item.state === "current");
  const item = snapshot.agenda[position];
  const none = words.t("time.none");
  const span = (seconds: number | null) => (seconds === null ? none : words.span(seconds));
  return (
    <section className="panel" aria-labelledby="time-title">
      <h2 id="time-title" className="eyebrow">
        {words.t("time.title")}
      </h2>
      <dl className="clocks figures">
        <div>
          <dt>{words.t("time.meeting")}</dt>
          <dd>{span(meetingSeconds(snapshot.meeting, now))}</dd>
        </div>
        {snapshot.agenda.length === 0 ? null : (
          <div>
            <dt>{item === undefined ? words.t("time.item.none") : words.t("time.item", { number: position + 1 })}</dt>
            <dd>{span(item === undefined ? null : itemSeconds(item, now))}</dd>
          </div>
        )}
        <div>
          <dt>{words.t("time.speaker")}</dt>
          <dd>{span(floorSeconds(snapshot.floor, now))}</dd>
        </div>
        <div>
          <dt>{words.t("time.wall")}</dt>
          <dd>{words.clock(now)}</dd>
        </div>
      </dl>
    </section>
  );
}

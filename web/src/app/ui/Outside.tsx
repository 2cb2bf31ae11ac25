import type { ReactNode } from "react";
import { Users } from "lucide-react";
import { enElsewhere } from "../../i18n/enElsewhere";
import { useWords } from "../../i18n/ui/Words";
import { Statement } from "../../design/Statement";
import { Orders } from "../../summits/ui/Orders";
import { ordersOf } from "../../summits/ui/offered";
import { roleOf } from "../../summits/ui/roles";
import { Asked } from "./Asked";
import { BackToMeetings } from "./BackToMeetings";
import { Returning } from "./Returning";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import { Keys } from "./Keys";
import { Side } from "./Side";
import type { Sitting } from "./sitting";
import { useTheme } from "./theme";
import { useOrder } from "./useOrder";

/** Whom the format keeps outside: why, what goes on in there as far as it is known outside, and one's own room. */
export function Outside({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enElsewhere);
  const { stage } = useTheme();
  const order = useOrder();
  const { snapshot, you } = sitting;
  const { format } = snapshot.meeting;
  const inside = snapshot.seats.filter((seat) => seat.present === "chamber" && seat.role !== "press");
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room={null} hearers={0} />}>
      <div className="stage">
        <main className="stage-main flowing">
          <Returning stale={sitting.stale} />
          <Asked sitting={sitting} />
          <Statement
            sign={<Users className="statement-sign" aria-hidden />}
            eyebrow={<bdi>{snapshot.meeting.title}</bdi>}
            title={t("outside.title")}
          >
            <p>
              {t("outside.why", {
                format: words.t(`format.short.${format}`).toLocaleLowerCase(words.language),
                admits: words.t(`format.admits.${format}`),
                role: roleOf(you, words).toLocaleLowerCase(words.language),
              })}
            </p>
            {ordersOf(you, snapshot.meeting).length > 0 ? <p>{t("outside.orders")}</p> : null}
            <section className="in-room" aria-label={t("outside.in")}>
              <h2 className="eyebrow">{t("outside.in")}</h2>
              <p>{inside.length === 0 ? words.t("time.none") : words.list(inside.map((seat) => seat.name))}</p>
            </section>
          </Statement>
        </main>
        <Side sitting={sitting} caucus="door" />
        <section className="stage-controls" aria-label={words.t("controls.title")}>
          <Orders snapshot={snapshot} you={you} onOrder={order} />
          <Keys />
          <BackToMeetings />
        </section>
      </div>
    </Frame>
  );
}

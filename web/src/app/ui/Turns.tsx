/** Consecutive mode: who is heard now, and the one button that hands the floor on. Fetched in that mode alone. */
import type { ReactNode } from "react";
import { Languages } from "lucide-react";
import { Button } from "../../design/Button";
import { enTurns } from "../../i18n/enTurns";
import { useWords } from "../../i18n/ui/Words";
import type { CallState } from "../../rooms/model";
import { floorSeconds } from "../../summits";
import { Notepad } from "./Notepad";
import type { Sitting } from "./sitting";
import { Unheard } from "./Unheard";
import { useAttempt } from "./Told";
import { noWay, sayingOf, waitingOf, waysOf } from "./turnWords";
import "./turns.css";
import { useNow, useServices } from "./useServices";

interface TurnsProps {
  readonly sitting: Sitting;
  readonly call: CallState;
}

/** One key for both: whoever has the floor hands it on. */
const KEY = "b";

export function Turns({ sitting, call }: TurnsProps): ReactNode {
  const t = useWords().part(enTurns);
  const { snapshot, you } = sitting;
  const { phase } = snapshot.meeting;
  const has = snapshot.floor.holder === you.member;
  return (
    <section className="in-turn" aria-label={t("title")}>
      {phase === "open" || phase === "closed" ? <Said {...sitting} /> : null}
      {has && !call.sending.microphone ? <Unheard text={t("off.microphone")} /> : null}
      {has ? <Ways sitting={sitting} /> : null}
      {you.role === "interpreter" ? <Notepad /> : null}
    </section>
  );
}

/** Who is heard, for how long, and what that means for oneself. */
function Said(sitting: Sitting): ReactNode {
  const words = useWords();
  const t = words.part(enTurns);
  const { floor } = sitting.snapshot;
  const seconds = floorSeconds(floor, useNow());
  return (
    <div className="turns-said">
      <p role="status">
        <strong>{sayingOf(sitting, t)}</strong> {waitingOf(sitting, t)}
      </p>
      {seconds === null ? null : (
        <p className="turns-clock">
          <small>{t(floor.interprets === null ? "statement" : "interpretation")}</small>{" "}
          <span className="figures">{words.span(seconds)}</span>
        </p>
      )}
    </div>
  );
}

/** The speaker ends their statement, or the interpreter their interpretation. */
function Ways({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const t = useWords().part(enTurns);
  const { orders } = useServices();
  const attempt = useAttempt();
  const ways = waysOf(sitting, t) ?? [];
  if (ways.length === 0) return <p className="quiet">{noWay(sitting, t)}</p>;
  return (
    <div className="turns-ways">
      {ways.map(({ title, detail, go }, at) => (
        <Button
          key={title}
          tone={at === 0 ? "accent" : "plain"}
          large={at === 0}
          shortcut={at === 0 ? KEY : undefined}
          onPress={() => {
            attempt(() => go(orders));
          }}
        >
          {at === 0 ? <Languages className="icon" aria-hidden /> : null}
          <span>
            {title}
            {detail === "" ? null : <small className="turns-detail">{detail}</small>}
          </span>
        </Button>
      ))}
    </div>
  );
}

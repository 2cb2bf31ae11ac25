import type { ReactNode } from "react";
import { ListChecks, Play } from "lucide-react";
import type { AgendaItem, Snapshot } from "../../contract/parse";
import type { AgendaItemId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { itemSeconds } from "../clocks";

export interface AgendaProps {
  readonly agenda: Snapshot["agenda"];
  readonly now: number;
  /** Present for whoever may take up an item. */
  readonly onTakeUp?: ((item: AgendaItemId) => void) | undefined;
  /** A button at every item, instead of one for the item that comes next. */
  readonly each?: boolean;
  /** What stands beside the heading. */
  readonly aside?: ReactNode;
}

/** The items in order, the current one marked, with the time each has had or was planned for. */
export function Agenda(props: AgendaProps): ReactNode {
  const words = useWords();
  const { onTakeUp } = props;
  const next = props.agenda.find((item) => item.state === "ahead");
  return (
    <section className="panel" aria-labelledby="agenda-title">
      <div className="panel-head">
        <h2 id="agenda-title" className="eyebrow">
          {words.t("agenda.title")}
        </h2>
        {props.aside}
        {props.agenda.length === 0 ? <p className="quiet">{words.t("agenda.empty")}</p> : null}
      </div>
      <ol className="agenda">
        {props.agenda.map((item, index) => (
          <li key={item.id} data-state={item.state} aria-current={item.state === "current" ? "step" : undefined}>
            <span className="agenda-number figures" aria-hidden>
              {words.number(index + 1)}
            </span>
            <bdi className="agenda-words">{item.title}</bdi>
            <span className="agenda-time figures">
              <Spent item={item} now={props.now} />
            </span>
            {onTakeUp === undefined || !props.each || item.state === "current" ? null : (
              <TakeUp item={item} onTakeUp={onTakeUp}>
                <Play className="icon turns" aria-hidden />
              </TakeUp>
            )}
          </li>
        ))}
      </ol>
      {onTakeUp === undefined || props.each || next === undefined ? null : (
        <TakeUp item={next} onTakeUp={onTakeUp}>
          <ListChecks className="icon" aria-hidden />
          {words.t("agenda.takeUp.label", { title: next.title })}
        </TakeUp>
      )}
    </section>
  );
}

function TakeUp(props: {
  readonly item: AgendaItem;
  readonly onTakeUp: (item: AgendaItemId) => void;
  readonly children: ReactNode;
}): ReactNode {
  const words = useWords();
  return (
    <Button
      label={words.t("agenda.takeUp.label", { title: props.item.title })}
      onPress={() => {
        props.onTakeUp(props.item.id);
      }}
    >
      {props.children}
    </Button>
  );
}

function Spent({ item, now }: { readonly item: AgendaItem; readonly now: number }): ReactNode {
  const words = useWords();
  if (item.state === "ahead") return words.t("agenda.minutes", { minutes: item.minutes });
  const seconds = itemSeconds(item, now);
  const over = seconds > item.minutes * 60;
  return (
    <>
      {words.span(seconds)}
      {item.state === "done" ? <span className="unseen">, {words.t("agenda.done")}</span> : null}
      {item.state === "current" && over ? <small className="agenda-over">{words.t("agenda.over")}</small> : null}
    </>
  );
}

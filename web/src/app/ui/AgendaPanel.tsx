import { lazy, Suspense, type ReactNode } from "react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { useWords } from "../../i18n/ui/Words";
import { mayAsk } from "../../summits";
import { Agenda } from "../../summits/ui/Agenda";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

const AgendaEditor = lazy(async () => ({ default: (await import("../../summits/ui/AgendaEditor")).AgendaEditor }));
const ArrangingLink = lazy(async () => ({ default: (await import("./ArrangingPanel")).ArrangingLink }));

/** The agenda, with what its reader may do to it. */
export function AgendaPanel(props: {
  readonly sitting: Sitting;
  readonly now: number;
  /** A button at every item, instead of one for the item that comes next. */
  readonly each?: boolean;
}): ReactNode {
  const { orders } = useServices();
  const attempt = useAttempt();
  const { snapshot, you } = props.sitting;
  return (
    <Agenda
      each={props.each ?? false}
      aside={
        <>
          {mayAsk("arrange_channels", you, snapshot.meeting) ? (
            <Suspense>
              <ArrangingLink sitting={props.sitting} />
            </Suspense>
          ) : null}
          {mayAsk("arrange_agenda", you, snapshot.meeting) ? <ChangeAgenda sitting={props.sitting} /> : null}
        </>
      }
      agenda={snapshot.agenda}
      now={props.now}
      onTakeUp={
        mayAsk("take_up_item", you, snapshot.meeting)
          ? (item) => {
              attempt(() => orders.takeUp(item));
            }
          : undefined
      }
    />
  );
}

function ChangeAgenda({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { orders } = useServices();
  const attempt = useAttempt();
  const { open, sheet } = useSheet((close) => (
    <AgendaEditor
      agenda={sitting.snapshot.agenda}
      onClose={close}
      onSave={(lines) => {
        attempt(async () => {
          await orders.setAgenda(lines);
          close();
        });
      }}
    />
  ));
  return (
    <>
      <Button tone="link" label={words.t("agenda.edit")} onPress={open}>
        {words.t("agenda.edit.short")}
      </Button>
      {sheet}
    </>
  );
}

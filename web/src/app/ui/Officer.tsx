import { lazy, Suspense, useState, type ReactNode } from "react";
import { ListOrdered, MicVocal } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { mayAsk } from "../../summits";
import { Agenda } from "../../summits/ui/Agenda";
import { Clocks } from "../../summits/ui/Clocks";
import { FloorList } from "../../summits/ui/FloorList";
import { MembersTable } from "../../summits/ui/MembersTable";
import { Asked } from "./Asked";
import { Returning } from "./Returning";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import type { Sitting } from "./sitting";
import { useTheme } from "./theme";
import { useAttempt } from "./Told";
import { useNow, useServices } from "./useServices";

const AgendaEditor = lazy(async () => ({ default: (await import("../../summits/ui/AgendaEditor")).AgendaEditor }));

/** The room as a table, for whoever runs it without hearing it. */
export function Officer({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { orders } = useServices();
  const attempt = useAttempt();
  const now = useNow();
  const { stage } = useTheme();
  const { snapshot, you } = sitting;
  const mayGive = mayAsk("give_floor", you, snapshot.meeting);
  const give = (member: Parameters<typeof orders.giveTheFloor>[0]) => {
    attempt(() => orders.giveTheFloor(member));
  };
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room={null} hearers={0} />}>
      <div className="stage without-controls">
        <main className="stage-main flowing officer">
          <div>
            <p className="eyebrow">{words.t("officer.title")}</p>
            <h1>{snapshot.meeting.title}</h1>
            <p className="quiet">
              {words.t("officer.note")}{" "}
              {words.t("officer.press", { present: snapshot.press.present, accredited: snapshot.press.accredited })}
            </p>
          </div>
          <Returning stale={sitting.stale} />
          <Asked sitting={sitting} />
          <Holder sitting={sitting} />
          <MembersTable snapshot={snapshot} onGive={mayGive ? give : undefined} />
        </main>
        <aside className="stage-side" aria-label={words.t("agenda.title")} tabIndex={0}>
          <Clocks snapshot={snapshot} now={now} />
          <Agenda
            each
            agenda={snapshot.agenda}
            now={now}
            onTakeUp={
              mayAsk("take_up_item", you, snapshot.meeting)
                ? (item) => {
                    attempt(() => orders.takeUp(item));
                  }
                : undefined
            }
          />
          {mayAsk("arrange_agenda", you, snapshot.meeting) ? <ChangeAgenda sitting={sitting} /> : null}
          <FloorList snapshot={snapshot} now={now} onGive={mayGive ? give : undefined} />
        </aside>
      </div>
    </Frame>
  );
}

function Holder({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { orders } = useServices();
  const attempt = useAttempt();
  const { floor, seats } = sitting.snapshot;
  const holder = seats.find((seat) => seat.member === floor.holder);
  return (
    <div className="holder">
      <MicVocal className="icon" aria-hidden />
      <span>{holder === undefined ? words.t("floor.free") : words.t("floor.holder", { name: holder.name })}</span>
      {holder === undefined ? null : (
        <Button
          onPress={() => {
            attempt(() => orders.yieldTheFloor());
          }}
        >
          {words.t("floor.takeBack")}
        </Button>
      )}
    </div>
  );
}

function ChangeAgenda({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { orders } = useServices();
  const attempt = useAttempt();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        onPress={() => {
          setOpen(true);
        }}
      >
        <ListOrdered className="icon" aria-hidden />
        {words.t("agenda.edit")}
      </Button>
      {open ? (
        <Suspense>
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
        </Suspense>
      ) : null}
    </>
  );
}

import type { ReactNode } from "react";
import { Lock, Undo2 } from "lucide-react";
import { Button } from "../../design/Button";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import { Leave } from "../../rooms/ui/Controls";
import { Hall } from "../../rooms/ui/Hall";
import { mayAsk } from "../../summits";
import { Orders } from "../../summits/ui/Orders";
import { Asked } from "./Asked";
import { OwnSources, type SeatedProps } from "./Chamber";
import { Chat } from "./Chat";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import { hearersIn } from "./hearers";
import { Keys } from "./Keys";
import { LockNotice } from "./LockNotice";
import { offeredTo } from "./offers";
import { DeviceTrouble, OwnDevices } from "./OwnDevices";
import { Returning } from "./Returning";
import { Side } from "./Side";
import { nameOfParty, type Sitting } from "./sitting";
import { useTheme } from "./theme";
import { tilesOfCaucus } from "./tiles";
import { useOrder } from "./useOrder";
import { useDerived, useServices } from "./useServices";

/** A delegation among itself. */
export function Caucus({
  sitting,
  call,
  onLeave,
  onReturn,
}: SeatedProps & { readonly onReturn: () => void }): ReactNode {
  const words = useWords();
  const { stage } = useTheme();
  const order = useOrder();
  const { snapshot, you } = sitting;
  const hearers = useDerived(useServices().keys.state, (keys) => hearersIn(call, keys, you));
  const delegation = nameOfParty(snapshot, you.party, words);
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room="caucus" hearers={hearers} />}>
      <div className="stage">
        <main className="stage-main">
          <h1 className="unseen">{words.t("caucus.short", { delegation })}</h1>
          <LockNotice sitting={sitting} room="caucus" />
          <Returning call={call} stale={sitting.stale} />
          <Asked sitting={sitting} />
          <DeviceTrouble sitting={sitting} call={call} />
          <Notice live={false} icon={<Lock className="icon" aria-hidden />}>
            <p>{words.t("caucus.note", { delegation })}</p>
          </Notice>
          <Hall
            tiles={tilesOfCaucus(sitting, words)}
            presences={call.presences}
            nameOf={(member) => snapshot.seats.find((seat) => seat.member === member)?.name ?? ""}
            empty={words.t("caucus.alone")}
            note={null}
          />
        </main>
        <Side sitting={sitting} caucus="inside" />
        <section className="stage-controls" aria-label={words.t("controls.title")}>
          <OwnSources sitting={sitting} call={call} offered={offeredTo(sitting, "caucus")} />
          {mayReturn(sitting) ? (
            <Button tone="accent" className="control" shortcut="c" onPress={onReturn}>
              <Undo2 className="icon turns" aria-hidden />
              {words.t("caucus.return")}
            </Button>
          ) : null}
          <Orders snapshot={snapshot} you={you} onOrder={order} />
          <Chat sitting={sitting} room="caucus" />
          <OwnDevices sitting={sitting} room="caucus" />
          <Keys />
          <Leave onLeave={onLeave} />
        </section>
      </div>
    </Frame>
  );
}

function mayReturn({ snapshot, you }: Sitting): boolean {
  return mayAsk("enter_chamber", you, snapshot.meeting);
}

/** The stage of whoever has a seat in the chamber, and the controls that other stages share with it. */
import type { ReactNode } from "react";
import { useWords } from "../../i18n/ui/Words";
import { BoothControls } from "../../interpretation/ui/BoothControls";
import { Booths } from "../../interpretation/ui/Booths";
import { LanguageMenu } from "../../interpretation/ui/LanguageMenu";
import type { CallState, Source } from "../../rooms/model";
import { Leave, Sources } from "../../rooms/ui/Controls";
import { Hall } from "../../rooms/ui/Hall";
import { Orders } from "../../summits/ui/Orders";
import { Asked } from "./Asked";
import { CameMuted } from "./CameMuted";
import { Chat } from "./Chat";
import { Doors } from "./Doors";
import { FloorButton } from "./FloorButton";
import { Frame } from "./Frame";
import { HandButton } from "./HandButton";
import { grantedTo, hearersIn } from "./hearers";
import { Keys } from "./Keys";
import { LockNotice } from "./LockNotice";
import { offeredTo } from "./offers";
import { DeviceTrouble, OwnDevices } from "./OwnDevices";
import { RaisedHands } from "./RaisedHands";
import { Returning } from "./Returning";
import { Side } from "./Side";
import type { Sitting } from "./sitting";
import { SlowDown } from "./SlowDown";
import { useTheme } from "./theme";
import { tilesOfChamber } from "./tiles";
import { useAttempt, useTell } from "./Told";
import { useOrder } from "./useOrder";
import { useNow, useReadable, useServices } from "./useServices";

export interface SeatedProps {
  readonly sitting: Sitting;
  readonly call: CallState;
  readonly onLeave: () => void;
}

/** The stage: the principals as equals, the doors, the agenda, and one's own controls. */
export function Chamber({ sitting, call, onLeave }: SeatedProps): ReactNode {
  const words = useWords();
  const now = useNow();
  const { stage } = useTheme();
  const services = useServices();
  const keys = useReadable(services.keys.state);
  const { hands } = useReadable(services.gestures.state);
  const { snapshot, you } = sitting;
  const { phase } = snapshot.meeting;
  const quiet = phase === "arrival" || phase === "recess";
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room="chamber" hearers={hearersIn(call, keys, you)} />}>
      <div className="stage">
        <main className="stage-main">
          <h1 className="unseen">
            <bdi>{snapshot.meeting.title}</bdi>
          </h1>
          <SlowDown sitting={sitting} call={call} />
          <LockNotice sitting={sitting} room="chamber" />
          <Returning call={call} stale={sitting.stale} />
          <CameMuted sitting={sitting} call={call} />
          <Asked sitting={sitting} />
          <DeviceTrouble sitting={sitting} call={call} />
          <Hall
            tiles={tilesOfChamber(sitting, { now, live: call.seating.at === "seated", hands }, words)}
            presences={call.presences}
            nameOf={(member) => snapshot.seats.find((seat) => seat.member === member)?.name ?? ""}
            empty={words.t("stage.noPrincipal")}
            note={quiet ? words.t(phase === "arrival" ? "stage.quiet.arrival" : "stage.quiet.recess") : null}
          />
          <RaisedHands sitting={sitting} />
          {you.role === "interpreter" ? <OwnBooth sitting={sitting} call={call} /> : null}
          <AllBooths sitting={sitting} />
        </main>
        <Side sitting={sitting} caucus="door" />
        <ChamberControls sitting={sitting} call={call} onLeave={onLeave} />
      </div>
    </Frame>
  );
}

function OwnBooth({ sitting, call }: { readonly sitting: Sitting; readonly call: CallState }): ReactNode {
  const { gestures, interpretation } = useServices();
  const words = useWords();
  const attempt = useAttempt();
  const tell = useTell();
  const { channel, speakingInto } = useReadable(interpretation.state);
  const { slowing } = useReadable(gestures.state);
  return (
    <BoothControls
      languages={sitting.you.languages}
      speakingInto={speakingInto}
      channel={channel}
      mayGoOnAir={grantedTo(call).includes("microphone")}
      onInterpret={(language) => {
        attempt(() => interpretation.interpretInto(language));
      }}
      mayAskToSlowDown={!slowing.includes(sitting.you.identity)}
      onSlowDown={() => {
        attempt(async () => {
          await gestures.slowDown();
          tell(words.t("slow.asked"));
        });
      }}
    />
  );
}

function AllBooths({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const { interpretation } = useServices();
  const { onAir, speakingInto } = useReadable(interpretation.state);
  const all = speakingInto === null ? onAir : [...onAir, speakingInto];
  const interpreters = sitting.snapshot.seats.filter((seat) => seat.role === "interpreter");
  return <Booths languages={sitting.snapshot.languages} interpreters={interpreters} onAir={all} />;
}

function ChamberControls({ sitting, call, onLeave }: SeatedProps): ReactNode {
  const words = useWords();
  const order = useOrder();
  const { snapshot, you } = sitting;
  return (
    <section className="stage-controls" aria-label={words.t("controls.title")}>
      <OwnSources sitting={sitting} call={call} offered={offeredTo(sitting, "chamber")} />
      <Listen sitting={sitting} />
      <FloorButton sitting={sitting} />
      <HandButton you={you} />
      <Orders snapshot={snapshot} you={you} onOrder={order} />
      <Chat sitting={sitting} room="chamber" />
      <OwnDevices sitting={sitting} room="chamber" />
      <Keys />
      <Leave onLeave={onLeave} />
    </section>
  );
}

/** Language and original level; for an interpreter what they interpret from, never an own language. */
export function Listen({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const { interpretation } = useServices();
  const { channel, originalLevel, onAir } = useReadable(interpretation.state);
  const { snapshot, you } = sitting;
  const relay = you.role === "interpreter";
  return (
    <LanguageMenu
      languages={snapshot.languages.filter((language) => !relay || !you.languages.includes(language))}
      onAir={onAir}
      channel={channel}
      originalLevel={originalLevel}
      relay={relay}
      onListen={(chosen) => {
        interpretation.listenTo(chosen);
      }}
      onLevel={(level) => {
        interpretation.setOriginalLevel(level);
      }}
    />
  );
}

export function OwnSources(props: {
  readonly sitting: Sitting;
  readonly call: CallState;
  readonly offered: readonly Source[];
}): ReactNode {
  const { call, devices, keys } = useServices();
  const attempt = useAttempt();
  const { under } = useReadable(keys.state);
  const { trouble } = useReadable(devices.state);
  const { phase } = props.sitting.snapshot.meeting;
  return (
    <Sources
      sending={props.call.sending}
      wished={props.call.wished}
      offered={props.offered}
      granted={grantedTo(props.call)}
      quiet={phase === "arrival" || phase === "recess" || props.call.seating.at !== "seated"}
      keyless={under === null}
      trouble={trouble}
      onSend={(source, on) => {
        attempt(() => call.send(source, on));
      }}
    />
  );
}

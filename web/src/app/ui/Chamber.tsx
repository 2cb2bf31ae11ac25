/** The stage of whoever has a seat in the chamber, and the controls that other stages share with it. */
import { lazy, Suspense, type ReactNode } from "react";
import { useWords } from "../../i18n/ui/Words";
import { Booths } from "../../interpretation/ui/Booths";
import { LanguageMenu } from "../../interpretation/ui/LanguageMenu";
import type { CallState, Source } from "../../rooms/model";
import { Leave, Sources } from "../../rooms/ui/Controls";
import { Hall } from "../../rooms/ui/Hall";
import { isHeld } from "../../summits";
import { Orders } from "../../summits/ui/Orders";
import { Asked } from "./Asked";
import { Beside } from "./Beside";
import { CameMuted } from "./CameMuted";
import { Captions, CaptionsChoice, CaptionsWriting } from "./Captions";
import { Chat } from "./Chat";
import { Doors } from "./Doors";
import { FloorButton } from "./FloorButton";
import { Frame } from "./Frame";
import { HandButton } from "./HandButton";
import { HeardOutside } from "./HeardOutside";
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
import { TechnicianCalled } from "./TechnicianCalled";
import { useTheme } from "./theme";
import { tilesOfChamber } from "./tiles";
import { useAttempt } from "./Told";
import { useOrder } from "./useOrder";
import { useDerived, useNow, useReadable, useServices } from "./useServices";

const Turns = lazy(async () => ({ default: (await import("./Turns")).Turns }));
const Liaison = lazy(async () => ({ default: (await import("./Liaison")).Liaison }));
const Whisper = lazy(async () => ({ default: (await import("./Whisper")).Whisper }));
const ConsoleStage = lazy(async () => ({ default: (await import("./ConsoleStage")).ConsoleStage }));

export interface SeatedProps {
  readonly sitting: Sitting;
  readonly call: CallState;
  readonly onLeave: () => void;
}

export interface StageProps extends SeatedProps {
  /** What is to be known beside what everybody is told. */
  readonly notice: ReactNode;
}

/** The stage of whoever sits in the chamber: an interpreter's is the console of their booth. */
export function Chamber(props: SeatedProps): ReactNode {
  const stage = <Stage {...props} notice={null} />;
  if (props.sitting.you.role !== "interpreter") return stage;
  return (
    <Suspense fallback={stage}>
      <ConsoleStage {...props} plain={Stage} />
    </Suspense>
  );
}

/** The principals as equals, the doors, the agenda, and one's own controls. */
function Stage({ sitting, call, onLeave, notice }: StageProps): ReactNode {
  const words = useWords();
  const now = useNow();
  const { stage } = useTheme();
  const services = useServices();
  const { hands } = useReadable(services.gestures.state);
  const { snapshot, you } = sitting;
  const hearers = useDerived(services.keys.state, (keys) => hearersIn(call, keys, you));
  const { phase } = snapshot.meeting;
  const quiet = phase === "arrival" || phase === "recess";
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room="chamber" hearers={hearers} />}>
      <div className="stage">
        <main className="stage-main">
          <h1 className="unseen">
            <bdi>{snapshot.meeting.title}</bdi>
          </h1>
          <SlowDown sitting={sitting} call={call} />
          <HeardOutside sitting={sitting} />
          <LockNotice sitting={sitting} room="chamber" />
          <Returning call={call} stale={sitting.stale} />
          <CameMuted sitting={sitting} call={call} />
          <Asked sitting={sitting} />
          <DeviceTrouble sitting={sitting} call={call} />
          <TechnicianCalled sitting={sitting} />
          {notice}
          <Beside sitting={sitting}>
            <Hall
              tiles={tilesOfChamber(sitting, { now, live: call.seating.at === "seated", hands }, words)}
              presences={call.presences}
              nameOf={(member) => snapshot.seats.find((seat) => seat.member === member)?.name ?? ""}
              empty={words.t("stage.noPrincipal")}
              note={quiet ? words.t(phase === "arrival" ? "stage.quiet.arrival" : "stage.quiet.recess") : null}
            />
          </Beside>
          <Captions sitting={sitting} />
          <RaisedHands sitting={sitting} />
          <Interpreted sitting={sitting} call={call} />
          <CaptionsWriting sitting={sitting} />
        </main>
        <Side sitting={sitting} caucus="door" />
        <ChamberControls sitting={sitting} call={call} onLeave={onLeave} />
      </div>
    </Frame>
  );
}

/** How one hears the other side: from booths, or from whose turn it is to speak. */
function Interpreted({ sitting, call }: Pick<SeatedProps, "sitting" | "call">): ReactNode {
  const { mode } = sitting.snapshot.meeting;
  if (mode === "simultaneous") return <AllBooths sitting={sitting} />;
  const Panel = mode === "consecutive" ? Turns : Liaison;
  return (
    <Suspense>
      <Panel sitting={sitting} call={call} />
    </Suspense>
  );
}

function AllBooths({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const { booths } = useReadable(useServices().interpretation.state);
  return (
    <>
      <Booths booths={booths} seats={sitting.snapshot.seats} />
      {booths.length === 0 ? null : (
        <Suspense>
          <Whisper sitting={sitting} />
        </Suspense>
      )}
    </>
  );
}

function ChamberControls({ sitting, call, onLeave }: SeatedProps): ReactNode {
  const words = useWords();
  const order = useOrder();
  const { snapshot, you } = sitting;
  return (
    <section className="stage-controls" aria-label={words.t("controls.title")}>
      <OwnSources sitting={sitting} call={call} offered={offeredTo(sitting, "chamber")} />
      <Listen sitting={sitting} />
      <CaptionsChoice sitting={sitting} />
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

/** What to hear; nothing where there are no channels. */
export function Listen({ sitting }: { readonly sitting: Sitting }): ReactNode {
  return sitting.snapshot.meeting.mode === "simultaneous" ? <Channels sitting={sitting} /> : null;
}

/** Language and original level; for an interpreter what they interpret from, never an own language. */
function Channels({ sitting: { you, snapshot } }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { interpretation } = useServices();
  const { channel, originalLevel, carries, signs, pinned, booths } = useReadable(interpretation.state);
  const relay = you.role === "interpreter";
  return (
    <LanguageMenu
      channels={[...carries].filter(([language]) => !relay || !you.languages.includes(language))}
      whose={(language) => {
        // The first in the order of one's own preference is the one that is heard.
        const heard = booths.find(({ onAir }) => onAir?.into === language)?.booth;
        const theirs = snapshot.delegations.filter(({ id }) => heard?.party === null || heard?.party === id);
        return words.list(theirs.map(({ name }) => name));
      }}
      channel={channel}
      originalLevel={originalLevel}
      relay={relay}
      onListen={(chosen) => {
        interpretation.listenTo(chosen);
      }}
      onLevel={(level) => {
        interpretation.setOriginalLevel(level);
      }}
      signs={signs}
      pinned={pinned}
      onPin={(language, on) => {
        interpretation.pin(language, on);
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
  const keyless = useDerived(keys.state, ({ under }) => under === null);
  const { trouble } = useReadable(devices.state);
  const { snapshot, you } = props.sitting;
  const { phase } = snapshot.meeting;
  return (
    <Sources
      sending={props.call.sending}
      wished={props.call.wished}
      offered={props.offered}
      granted={grantedTo(props.call)}
      quiet={phase === "arrival" || phase === "recess" || props.call.seating.at !== "seated" || isHeld(you, snapshot)}
      keyless={keyless}
      trouble={trouble}
      onSend={(source, on) => {
        attempt(() => call.send(source, on));
      }}
    />
  );
}

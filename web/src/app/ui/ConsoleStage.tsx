/** An interpreter's stage in the chamber: the console, joined to the services. Fetched by interpreters alone. */
import { useCallback, useEffect, useMemo, useState, type ComponentType, type ReactNode } from "react";
import { CircleAlert } from "lucide-react";
import { Notice } from "../../design/controls";
import { consoleWordsOf } from "../../i18n/consoleWords";
import { useWords } from "../../i18n/ui/Words";
import type { BoothActions, ConsoleState } from "../../interpretation/model";
import { Console } from "../../interpretation/ui/console/Console";
import type { Hands, Sees } from "../../interpretation/ui/console/sees";
import { Cell } from "../../kernel/store";
import { Leave } from "../../rooms/ui/Controls";
import { Hall } from "../../rooms/ui/Hall";
import { Picture } from "../../rooms/ui/Picture";
import { mayAsk } from "../../summits";
import { Clocks } from "../../summits/ui/Clocks";
import type { Booth, InterpretersEar } from "../faces";
import { AgendaPanel } from "./AgendaPanel";
import { Unsigned } from "./ArrangingPanel";
import { Asked } from "./Asked";
import { Beside } from "./Beside";
import { BoothFaces, type InRoom, useBoothRoom } from "./BoothFaces";
import { BoothSheets, type BoothSheet, useBoothMessages, useInCommon } from "./BoothSheets";
import { CameMuted } from "./CameMuted";
import type { SeatedProps, StageProps } from "./Chamber";
import { Captions, CaptionsChoice, CaptionsWriting } from "./Captions";
import { Chat } from "./Chat";
import { Doors } from "./Doors";
import { FloorButton } from "./FloorButton";
import { Frame } from "./Frame";
import { hearersIn } from "./hearers";
import { HeardOutside } from "./HeardOutside";
import { useKeyChoice } from "./keyChoice";
import { LockNotice } from "./LockNotice";
import { DeviceTrouble, OwnDevices } from "./OwnDevices";
import { RaisedHands } from "./RaisedHands";
import { Returning } from "./Returning";
import { Notepad } from "./Notepad";
import { RotaButton } from "./RotaButton";
import { CaucusDoor } from "./Side";
import { SignsMenu } from "./SignsMenu";
import type { Sitting } from "./sitting";
import { TechnicianCalled } from "./TechnicianCalled";
import { TechnicianComes } from "./TechnicianComes";
import { useTheme } from "./theme";
import { tilesOfChamber } from "./tiles";
import { useAttempt, useTell } from "./Told";
import { type Turn, useTurn } from "./turnSeen";
import { useDerived, useLasting, useNow, useReadable, useServices } from "./useServices";
import { type Ears, type Monitors, NO_EAR, useSees } from "./useSees";
import { useSpeaker } from "./useSpeaker";
import { Whisper } from "./Whisper";

/** Until the booth's words are there nobody is said to be in none, in ms. */
const BRIEF = 3000;

/** In a booth, and wherever one speaks on the floor, the console; else `plain`: what everybody has, with a word on why. */
export function ConsoleStage(props: SeatedProps & { readonly plain: ComponentType<StageProps> }): ReactNode {
  const { booth } = useServices();
  const desk = useReadable(booth.state);
  const hasNone = useLasting(desk === null, BRIEF);
  const { plain: Plain, ...seated } = props;
  // On the floor one is heard without a booth, and has a console as soon as it is there.
  const needsOne = props.sitting.snapshot.meeting.mode === "simultaneous";
  if (desk === null) return <Plain {...seated} notice={hasNone && needsOne ? <NoBooth /> : null} />;
  return <AtConsole {...seated} booth={booth} desk={desk} />;
}

function NoBooth(): ReactNode {
  const { t } = consoleWordsOf(useWords());
  return (
    <Notice tone="caution" icon={<CircleAlert className="icon" aria-hidden />}>
      <p>
        <strong>{t("none")}.</strong> {t("none.text")}
      </p>
    </Notice>
  );
}

interface AtConsoleProps extends SeatedProps {
  readonly booth: Booth;
  readonly desk: ConsoleState;
}

function AtConsole(props: AtConsoleProps): ReactNode {
  const { sitting, call, booth, desk } = props;
  const services = useServices();
  const attempt = useAttempt();
  const { stage } = useTheme();
  const keys = useKeyChoice();
  const ear = useEar();
  const { snapshot, you } = sitting;
  const hearers = useDerived(services.keys.state, (now) => hearersIn(call, now, you));
  const [speakerAlone, showSpeakerAlone] = useState(false);
  const monitors = useMonitors();
  const common = useInCommon();
  const messages = useBoothMessages(common);
  const [sheet, open] = useBoothSheet(desk.booth?.id ?? null);
  const turn = useTurn(sitting, call, desk.coughing);
  const { room, hands: inRoom } = useBoothRoom();
  useCoughToEnd(booth);
  const hands = useHands(booth, { ear, monitors }, { showSpeakerAlone, open, handOn: turn.handOn, inRoom });
  const speaker = useSpeaker(snapshot, ear);
  const sees = useSees(props, { ear, monitors }, { speakerAlone, messages, turn: turn.seen, room, by: speaker });
  const speakers = useReadable(ear?.speakers ?? NO_MEASURES);
  const plain = useReadable(ear?.state ?? NO_EAR)?.plain ?? false;
  const { phase } = snapshot.meeting;
  const partners = useMemo(() => desk.partners.map(({ identity }) => identity), [desk.partners]);
  const levels = useMemo(() => (ear === null ? null : () => ear.levels(partners)), [ear, partners]);
  return (
    <Frame theme={stage} doors={<Doors themed keyed={false} sitting={sitting} room="chamber" hearers={hearers} />}>
      <Console
        sees={sees}
        hands={hands}
        quiet={phase === "arrival" || phase === "recess" ? phase : null}
        keysOn={keys.on}
        onKeysOn={keys.setOn}
        memory={services.memory}
        attempt={attempt}
        quality={speaker === undefined ? null : (speakers.get(speaker.identity) ?? null)}
        levels={levels}
        plain={plain}
        title={<bdi>{snapshot.meeting.title}</bdi>}
        notices={<Notices {...props} />}
        faces={<Faces {...props} speakerAlone={speakerAlone} room={room} />}
        notes={turn.seen === null ? null : <Notepad />}
        aside={<Aside sitting={sitting} now={sees.now} desk={desk} />}
        controls={<StageControls sitting={sitting} onLeave={props.onLeave} />}
      />
      <BoothSheets
        sitting={sitting}
        common={common}
        open={sheet}
        onClose={() => {
          open(null);
        }}
      />
    </Frame>
  );
}

/** Which of a booth's sheets is open: with the booth it goes. */
function useBoothSheet(booth: string | null): [BoothSheet, (sheet: BoothSheet) => void] {
  const [opened, set] = useState<{ readonly of: string | null; readonly sheet: BoothSheet }>({
    of: booth,
    sheet: null,
  });
  if (opened.of !== booth) set({ of: booth, sheet: null });
  const open = useCallback(
    (sheet: BoothSheet) => {
      set({ of: booth, sheet });
    },
    [booth],
  );
  return [opened.sheet, open];
}

function StageControls({ sitting, onLeave }: Pick<SeatedProps, "sitting" | "onLeave">): ReactNode {
  return (
    <>
      <CaptionsChoice sitting={sitting} />
      <SignsMenu />
      <FloorButton sitting={sitting} />
      <Chat sitting={sitting} room="chamber" shortcut="j" />
      <RotaButton sitting={sitting} as="control" />
      <OwnDevices sitting={sitting} room="chamber" />
      <Leave onLeave={onLeave} />
    </>
  );
}

function Notices({ sitting, call }: SeatedProps): ReactNode {
  return (
    <>
      <HeardOutside sitting={sitting} />
      <LockNotice sitting={sitting} room="chamber" />
      <Unsigned sitting={sitting} />
      <Returning call={call} stale={sitting.stale} />
      <CameMuted sitting={sitting} call={call} />
      <Asked sitting={sitting} />
      <DeviceTrouble sitting={sitting} call={call} />
      <TechnicianCalled sitting={sitting} />
      <TechnicianComes sitting={sitting} />
      <Whisper sitting={sitting} />
    </>
  );
}

/** The principals as everybody sees them; or whoever speaks alone, as large as the place allows. */
function Faces({ sitting, call, speakerAlone, room }: SeatedProps & Pick<Sees, "speakerAlone" | "room">): ReactNode {
  const words = useWords();
  const now = useNow();
  const { hands } = useReadable(useServices().gestures.state);
  const { snapshot } = sitting;
  const all = tilesOfChamber(sitting, { now, live: call.seating.at === "seated", hands }, words);
  const speaking = all.filter((tile) => tile.floorSeconds !== null);
  return (
    <>
      <Beside sitting={sitting} keyed={false}>
        <Hall
          tiles={speakerAlone && speaking.length > 0 ? speaking : all}
          presences={call.presences}
          nameOf={(member) => snapshot.seats.find((seat) => seat.member === member)?.name ?? ""}
          empty={words.t("stage.noPrincipal")}
          note={null}
        />
        <OwnSign sitting={sitting} call={call} />
        <BoothFaces sitting={sitting} room={room} />
      </Beside>
      <Captions sitting={sitting} />
      <RaisedHands sitting={sitting} />
    </>
  );
}

/** On air whoever signs sees themselves: no light or wall behind them is to hide their hands. */
function OwnSign({ sitting: { you }, call }: Pick<SeatedProps, "sitting" | "call">): ReactNode {
  const { t } = consoleWordsOf(useWords());
  const picture = call.presences.find(({ member }) => member === you.member)?.camera ?? null;
  if (picture === null || !call.sending.camera) return null;
  return (
    <figure className="own-sign" aria-label={t("own.picture")}>
      <Picture mirrored whole stream={picture} />
    </figure>
  );
}

function Aside(props: { readonly sitting: Sitting; readonly now: number; readonly desk: ConsoleState }): ReactNode {
  const { sitting, now } = props;
  const { snapshot, you } = sitting;
  return (
    <>
      <Clocks snapshot={snapshot} now={now} />
      <CaptionsWriting sitting={sitting} />
      <AgendaPanel sitting={sitting} now={now} />
      {mayAsk("enter_caucus", you, snapshot.meeting) ? <CaucusDoor sitting={sitting} /> : null}
    </>
  );
}

const NO_MEASURES: InterpretersEar["speakers"] = new Cell(new Map());

/** The ear, once its code is there; without it one hears the plain mix. */
function useEar(): InterpretersEar | null {
  const services = useServices();
  const attempt = useAttempt();
  const [ear, setEar] = useState<InterpretersEar | null>(null);
  useEffect(() => {
    attempt(async () => {
      setEar(await services.ear());
    });
  }, [attempt, services]);
  return ear;
}

/** What reaches the ears besides the mix, once the code of each is there. */

function useMonitors(): Monitors | null {
  const services = useServices();
  const attempt = useAttempt();
  const [monitors, setMonitors] = useState<Monitors | null>(null);
  useEffect(() => {
    attempt(async () => {
      setMonitors(await services.monitors());
    });
  }, [attempt, services]);
  return monitors;
}

/** With the console goes its cough key: whoever holds it at that moment is not silent for ever. */
function useCoughToEnd(booth: Booth): void {
  const attempt = useAttempt();
  useEffect(
    () => () => {
      attempt(async () => booth.cough(false));
    },
    [attempt, booth],
  );
}

/** What is asked of the booth. */
function actionsOf(booth: Booth): BoothActions {
  return {
    onAir: async (on) => booth.onAir(on),
    turn: async (into) => booth.turn(into),
    listenNext: async (source) => booth.listenNext(source),
    listen: async (source) => booth.listen(source),
    ask: async () => booth.ask(),
    withdraw: async () => booth.withdraw(),
    accept: async () => booth.accept(),
    takeOver: async () => booth.takeOver(),
    leave: async () => booth.leave(),
    notInterpretable: async (on) => booth.notInterpretable(on),
    cough: async (held) => booth.cough(held),
    callTechnician: async (on) => booth.callTechnician(on),
  };
}

function useHands(
  booth: Booth,
  { ear, monitors }: Ears,
  {
    showSpeakerAlone,
    open,
    handOn,
    inRoom,
  }: Pick<Hands, "showSpeakerAlone" | "open"> & Pick<Turn, "handOn"> & { readonly inRoom: InRoom },
): Omit<Hands, "readAloud"> {
  const { call, gestures } = useServices();
  const explain = useTell();
  const shape = useCallback<Hands["shape"]>(
    (part) => {
      ear?.set(part);
    },
    [ear],
  );
  return useMemo(
    () => ({
      ...actionsOf(booth),
      speak: async (on) => call.send("microphone", on),
      handOn,
      slowDown: async () => gestures.slowDown(),
      raiseHand: async (isUp) => gestures.hold(isUp),
      monitor: async (what, on) => monitors?.listen(what, on),
      shape,
      showSpeakerAlone,
      ...inRoom,
      open,
      explain,
    }),
    [booth, call, explain, gestures, handOn, inRoom, monitors, open, shape, showSpeakerAlone],
  );
}

/** An interpreter's console: the screen, the keyboard and the announcements, all from one table of functions. */
import { lazy, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Keyboard, TriangleAlert } from "lucide-react";
import { Button } from "../../../design/Button";
import { Notice } from "../../../design/controls";
import { useSheet } from "../../../design/useSheet";
import { type ConsoleWords, consoleWordsOf } from "../../../i18n/consoleWords";
import { useWords } from "../../../i18n/ui/Words";
import type { EarLevels } from "../../ear/ear";
import type { Measures } from "../../ear/measure";
import { Direction, Light } from "./Air";
import { announced, lostNow, readOut } from "./announced";
import { FunctionButton } from "./FunctionButton";
import type { ConsoleFunction } from "./consoleFunction";
import { FUNCTIONS, functionNamed, functionOf, functionsIn } from "./functions";
import { Hear } from "./Hear";
import { type Chosen, keep, keyFor, type Memory, recalled, written } from "./keys";
import type { Hands, Sees } from "./sees";
import { handoverOf, isSigning, modeOf } from "./sees";
import { Shift } from "./Shift";
import { type WorkedByKeys, useConsoleKeys } from "./useConsoleKeys";
import { useHolds } from "./useHolds";
import { useSaid } from "./useSaid";
import "./turn.css";
import "./console.css";
import "./bar.css";

const ConsoleKeys = lazy(async () => ({ default: (await import("./ConsoleKeys")).ConsoleKeys }));

export interface ConsoleProps {
  readonly sees: Sees;
  readonly hands: Omit<Hands, "readAloud">;
  /** While nobody is heard by design. */
  readonly quiet: "arrival" | "recess" | null;
  /** Single keys are on; whoever speaks to their device switches them off. */
  readonly keysOn: boolean;
  readonly onKeysOn: (on: boolean) => void;
  readonly memory: Memory;
  /** Runs what was asked for, and tells a refusal. */
  readonly attempt: (asked: () => Promise<unknown>) => void;
  readonly quality: Measures | null;
  readonly levels: (() => EarLevels) | null;
  /** The browser cannot limit what one hears. */
  readonly plain: boolean;
  readonly title: ReactNode;
  /** What must be known before anything else. */
  readonly notices: ReactNode;
  readonly faces: ReactNode;
  /** Where an interpreter writes down what was said; null in simultaneous mode. */
  readonly notes: ReactNode;
  /** Clocks, agenda, one's own room. */
  readonly aside: ReactNode;
  /** Messages, devices, leaving. */
  readonly controls: ReactNode;
}

/** The whole of an interpreter's screen under the doors' line. */
export function Console(props: ConsoleProps): ReactNode {
  const words = useWords();
  const say = useMemo(() => consoleWordsOf(words), [words]);
  const [chosen, choose] = useChosen(props.memory);
  const [spoken, speak] = useSaid();
  const { sees } = props;
  const work = useWork({ ...props, chosen }, say, speak);
  const holds = useHolds(work);
  useConsoleKeys(props.keysOn, work, holds);
  const worked = { sees, say, chosen, work, holds };
  const buttons = (place: ConsoleFunction["place"]) =>
    functionsIn(sees)
      .filter((what) => what.place === place && isOffered(what, sees))
      .map((what) => <FunctionButton key={what.id} {...worked} what={what} />);
  return (
    <div className="stage console">
      <main className="stage-main console-main">
        <h1 className="unseen">{props.title}</h1>
        <div className="console-notices">{props.notices}</div>
        {/* Screen readers hand keys on to an application; what is in it can be read with R, and reached with Tab. */}
        <div className="console-desk" role="application" aria-label={titleSaid(sees, say)}>
          <Hear
            sees={sees}
            say={say}
            chosen={chosen}
            quality={props.quality}
            levels={props.levels}
            onAct={work.act}
            onShape={props.hands.shape}
            onPartnerLevel={props.hands.setPartnerLevel}
          >
            {props.notes}
          </Hear>
          <div className="console-centre">
            <Light sees={sees} say={say} quiet={props.quiet} />
            <Way sees={sees} say={say} buttons={buttons} />
            <div className="functions" role="group" aria-label={say.t("functions")}>
              {buttons("grid")}
            </div>
            {props.faces}
            <Warnings sees={sees} say={say} chosen={chosen} plain={props.plain} />
          </div>
        </div>
      </main>
      <aside className="stage-side" aria-label={say.t("shift")} tabIndex={0}>
        <Shift sees={sees} say={say}>
          {buttons("shift")}
        </Shift>
        {props.aside}
      </aside>
      <section className="stage-controls" aria-label={words.t("controls.title")}>
        {buttons("bar")}
        <Audience sees={sees} say={say} />
        <KeysButton {...props} say={say} chosen={chosen} onChoose={choose} />
        {props.controls}
      </section>
      <Announcements sees={sees} say={say} spoken={spoken} chosen={chosen} />
    </div>
  );
}

function titleSaid({ desk }: Sees, { t }: ConsoleWords): string {
  return t(desk.booth === null ? "title.none" : "title");
}

/** From what into what; in consecutive mode, to whom the floor goes; in liaison neither is chosen. */
function Way(props: {
  readonly sees: Sees;
  readonly say: ConsoleWords;
  readonly buttons: (place: ConsoleFunction["place"]) => ReactNode;
}): ReactNode {
  const { sees, say, buttons } = props;
  switch (modeOf(sees)) {
    case "simultaneous":
      return (
        <Direction sees={sees} say={say}>
          {buttons("direction")}
        </Direction>
      );
    case "consecutive":
      return (
        <div className="turn-ways" role="group" aria-label={say.t("turn")}>
          {buttons("turn")}
        </div>
      );
    case "liaison":
      return null;
  }
}

/** What cannot be had here at all is not shown; what cannot be had now is. */
function isOffered(what: ConsoleFunction, sees: Sees): boolean {
  const { desk, monitors, own, room } = sees;
  if (what.id.startsWith("room.")) return room !== null && desk.partners.length > 0;
  if (what.id.startsWith("monitor.")) return monitors !== null && !isSigning(sees);
  return what.place !== "direction" || own.length > 1;
}

function useChosen(memory: Memory): readonly [Chosen, (chosen: Chosen) => void] {
  const [chosen, setChosen] = useState(() => recalled(memory, FUNCTIONS));
  const choose = useCallback(
    (next: Chosen) => {
      keep(memory, next);
      setChosen(next);
    },
    [memory],
  );
  return [chosen, choose];
}

/** The key of a function as it is chosen now. */
function keyTo(id: "handover" | "hear.1" | "take.next", chosen: Chosen): string {
  const what = functionNamed(id);
  return what === undefined ? "" : keyFor(what, chosen);
}

/** Does what keys and buttons ask for, by what the console shows at that moment. */
function useWork(
  { sees, hands, attempt, chosen }: ConsoleProps & { readonly chosen: Chosen },
  say: ConsoleWords,
  speak: (text: string) => void,
): WorkedByKeys {
  const readAloud = useCallback(() => {
    speak(readOut(sees, say, keyTo("handover", chosen)));
  }, [chosen, say, sees, speak]);
  return useMemo(
    () => ({
      find: (key) => functionOf(key, chosen, sees),
      act: (what) => {
        if (what.state(sees) === "unavailable") {
          const why = what.why?.(sees, say) ?? "";
          if (why !== "") hands.explain(why);
          return false;
        }
        attempt(async () => what.act({ ...hands, readAloud }, sees, say));
        return true;
      },
      release: (what) => {
        attempt(async () => what.release?.({ ...hands, readAloud }));
      },
    }),
    [attempt, chosen, hands, readAloud, say, sees],
  );
}

/** How many listen to what one interprets into, or watch it, and how many booths work from it. */
function Audience({ sees, say }: { sees: Sees; say: ConsoleWords }): ReactNode {
  // Where there are no channels, nobody listens to one.
  if (sees.turn !== null) return null;
  const { listeners, dependants } = sees.desk;
  return (
    <p className="audience" data-some={listeners + dependants > 0 || undefined}>
      {say.t(isSigning(sees) ? "watchers" : "listeners", { count: listeners })}
      {dependants === 0 ? null : <span>{say.t("depends", { count: dependants })}</span>}
    </p>
  );
}

function Warnings(props: { sees: Sees; say: ConsoleWords; chosen: Chosen; plain: boolean }): ReactNode {
  const { sees, say, chosen, plain } = props;
  const { step } = handoverOf(sees);
  const lost = lostNow(sees, say);
  const keyed = (id: "hear.1" | "take.next"): string => written(keyTo(id, chosen), say);
  const isHandingOver = step === "withdraw" || step === "accept";
  const sign = <TriangleAlert className="icon" aria-hidden />;
  return (
    <div className="console-warnings">
      {lost === "" ? null : (
        // It is announced as it happens.
        <Notice tone="caution" icon={sign} live={false}>
          <p>
            {lost} {say.t("lost.how", { key: keyed("hear.1"), take: keyed("take.next") })}
          </p>
        </Notice>
      )}
      {sees.turn === null && sees.desk.dependants > 0 && isHandingOver ? (
        <Notice tone="caution" icon={sign}>
          <p>{say.t("depends.warn", { count: sees.desk.dependants })}</p>
        </Notice>
      ) : null}
      {plain ? (
        <Notice tone="caution" icon={sign}>
          <p>{say.t("ear.plain")}</p>
        </Notice>
      ) : null}
    </div>
  );
}

interface KeysButtonProps extends ConsoleProps {
  readonly say: ConsoleWords;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function KeysButton(props: KeysButtonProps): ReactNode {
  const { sees, say, chosen } = props;
  const { open, sheet } = useSheet((close) => (
    <ConsoleKeys
      sees={sees}
      say={say}
      chosen={chosen}
      on={props.keysOn}
      onSwitch={props.onKeysOn}
      onChoose={props.onChoose}
      onClose={close}
    />
  ));
  return (
    <>
      <Button tone="quiet" className="control keys" shortcut="?" label={say.words.t("controls.keys")} onPress={open}>
        <Keyboard className="icon" aria-hidden />
        <span className="keys-words">{say.words.t("controls.keys")}</span>
      </Button>
      {sheet}
    </>
  );
}

/** Tells changes to whoever does not look, and the whole state when it was asked for. */
function Announcements(props: { sees: Sees; say: ConsoleWords; spoken: string; chosen: Chosen }): ReactNode {
  const { sees, say, chosen } = props;
  const before = useRef(sees);
  const [urgent, sayAtOnce] = useSaid();
  const [calm, sayInTime] = useSaid();
  useEffect(() => {
    const told = announced(before.current, sees, say, keyTo("handover", chosen));
    before.current = sees;
    if (told.urgent !== "") sayAtOnce(told.urgent);
    if (told.calm !== "") sayInTime(told.calm);
  }, [chosen, say, sayAtOnce, sayInTime, sees]);
  // Marked for the library, which hides all else from a screen reader while a sheet is open.
  return (
    <>
      <div className="unseen" role="alert" data-live-announcer="true">
        {urgent}
      </div>
      <div className="unseen" role="status" data-live-announcer="true">
        {calm}
      </div>
      <div className="unseen" role="status" data-live-announcer="true" data-read-aloud>
        {props.spoken}
      </div>
    </>
  );
}

/** What an interpreter can hear: the floor and the other booths, how loud and in what tone, and what comes and goes. */
import { useEffect, useState, type CSSProperties, type ReactNode } from "react";
import { Key } from "../../../design/controls";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { EarLevels } from "../../ear/ear";
import { isClipped, isNoisy, type Measures } from "../../ear/measure";
import type { Incoming } from "../../model";
import type { ConsoleFunction } from "./consoleFunction";
import { functionNamed, hear } from "./functions";
import { type Chosen, keyFor, written } from "./keys";
import { PartnerLevel } from "./PartnerLevel";
import { isSigning, nameOfSource, type Sees, type Shape } from "./sees";
import { WITHIN } from "./shaping";
import "./hear.css";

export interface HearProps {
  readonly sees: Sees;
  readonly say: ConsoleWords;
  readonly chosen: Chosen;
  /** What the sound of whoever speaks is worth. */
  readonly quality: Measures | null;
  /** Asked for some times a second; null where nothing is measured. */
  readonly levels: (() => EarLevels) | null;
  readonly onAct: (what: ConsoleFunction) => void;
  readonly onShape: (part: Partial<Shape>) => void;
  readonly onPartnerLevel: (level: number) => void;
  readonly children?: ReactNode;
}

/** The column of what is heard. Without channels there is nothing to choose. */
export function Hear(props: HearProps): ReactNode {
  const { say, sees, levels } = props;
  return (
    <section className="hear" aria-labelledby="hear-title">
      <h2 id="hear-title" className="eyebrow">
        {say.t("hear")}
      </h2>
      {sees.turn === null ? (
        <ol className="hear-lines">
          {sees.desk.incoming.map((incoming, at) => (
            <li key={incoming.source ?? "floor"}>
              <Line {...props} incoming={incoming} nth={at + 1} />
            </li>
          ))}
        </ol>
      ) : null}
      {sees.ear === null ? null : <Tone say={say} ear={sees.ear} onShape={props.onShape} />}
      {sees.room === null || sees.desk.partners.length === 0 ? null : (
        <PartnerLevel say={say} level={sees.room.level} onLevel={props.onPartnerLevel} />
      )}
      {levels === null ? null : <Levels say={say} levels={levels} of={shownLevels(sees)} />}
      {props.children}
    </section>
  );
}

function Line(props: HearProps & { readonly incoming: Incoming; readonly nth: number }): ReactNode {
  const { sees, say, incoming, nth, chosen } = props;
  const what = hear(nth);
  const state = what.state(sees);
  return (
    <button
      type="button"
      className="button line"
      data-source={incoming.source ?? "floor"}
      data-state={incoming.circle ? "circle" : state}
      aria-pressed={state === "on"}
      aria-disabled={incoming.circle || undefined}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={() => {
        props.onAct(what);
      }}
    >
      {functionNamed(what.id) === undefined ? <span /> : <Key>{written(keyFor(what, chosen), say)}</Key>}
      <strong>{nameOfSource(incoming.source, say)}</strong>
      <span className="line-state">{stateSaid(props, incoming)}</span>
      <small>{detailSaid(props, incoming, state === "waiting")}</small>
    </button>
  );
}

/** The floor: what is spoken on it. A booth: what its channel carries, or that one takes relay from it. */
function stateSaid({ sees, say }: HearProps, { source, carries }: Incoming): string {
  if (source === null) return sees.spoken === null ? "" : say.words.languageName(sees.spoken);
  if (source === sees.desk.hears && carries === "interpreted") return say.t("hear.relay");
  return say.t(`hear.${carries}`);
}

function detailSaid(props: HearProps, incoming: Incoming, isNext: boolean): string {
  const { sees, say, chosen } = props;
  const { t } = say;
  const { source, from, dependants } = incoming;
  const take = functionNamed("take.next");
  const how = take === undefined ? "" : t("hear.next.how", { key: written(keyFor(take, chosen), say) });
  const parts = [isNext ? how : ""];
  if (source === null) parts.push(qualitySaid(props), noiseSaid(props));
  else {
    const named = from === null || from === undefined ? t("floor.of") : nameOfSource(from, say);
    // On relay one does not hear whose voice it is.
    if (source === sees.desk.hears && sees.speaker !== null) parts.push(t("speaks", { name: sees.speaker }));
    parts.push(t("hear.from", { source: named }), closedSaid(props, incoming));
  }
  if (dependants > 0) parts.push(t("hear.depend", { count: dependants }));
  return parts.filter((part) => part !== "").join(" · ");
}

/** Why a booth cannot be taken. */
function closedSaid({ sees, say }: HearProps, { source, circle }: Incoming): string {
  if (!circle) return "";
  return say.t(source === sees.desk.into ? "hear.own" : "hear.circle");
}

/** Who speaks, and how well they are heard: what an interpreter tells the technician. */
function qualitySaid({ sees, say, quality }: HearProps): string {
  const { speaker } = sees;
  if (speaker === null || quality === null || quality.bandwidth === null) return speaker ?? "";
  const band = say.t(`band.${quality.bandwidth}`);
  if (isClipped(quality)) return say.t("hear.quality.clipped", { speaker, band });
  if (quality.loudness === null) return `${speaker} · ${band}`;
  return say.t("hear.quality", { speaker, band, level: Math.round(quality.loudness) });
}

function noiseSaid({ say, quality }: HearProps): string {
  return quality !== null && isNoisy(quality) ? say.t("hear.quality.noisy") : "";
}

function Tone(props: { say: ConsoleWords; ear: Shape; onShape: (part: Partial<Shape>) => void }): ReactNode {
  const { say, ear, onShape } = props;
  return (
    <div className="tone">
      {(["volume", "bass", "treble"] as const).map((what) => {
        const [least, most, step] = WITHIN[what];
        const share = Math.round(((ear[what] - least) / (most - least)) * 100);
        const text =
          what === "volume" ? say.words.percent(ear.volume) : say.t("decibels", { count: Math.round(ear[what]) });
        return (
          <label key={what} className="level">
            <span>{say.t(what)}</span>
            <input
              type="range"
              min={least}
              max={most}
              step={step}
              value={ear[what]}
              aria-valuetext={text}
              style={{ "--reach": `${share}%` } as CSSProperties}
              onChange={(event) => {
                onShape({ [what]: Number(event.target.value) });
              }}
            />
            <span className="figures" aria-hidden>
              {text}
            </span>
          </label>
        );
      })}
    </div>
  );
}

const SILENT = -60;
const LOOK = 150;

/** Levels from −60 dBFS to full scale; what is under that is silence. */
interface LevelsProps {
  readonly say: ConsoleWords;
  readonly levels: () => EarLevels;
  readonly of: readonly (keyof EarLevels)[];
}

const ALL = ["floor", "own", "partner"] as const;
/** Whoever signs has no microphone. */
const SILENT_BOOTH = ["floor"] as const;
/** On the floor a partner is one of all. */
const IN_TURN = ["floor", "own"] as const;

function shownLevels(sees: Sees): LevelsProps["of"] {
  if (sees.turn !== null) return IN_TURN;
  return isSigning(sees) ? SILENT_BOOTH : ALL;
}

function Levels({ say, levels, of }: LevelsProps): ReactNode {
  const [now, setNow] = useState<EarLevels | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(levels());
    }, LOOK);
    return () => {
      clearInterval(timer);
    };
  }, [levels]);
  return (
    <div className="ear-levels">
      {of.map((what) => {
        const level = now?.[what] ?? -100;
        const isSilent = level <= SILENT;
        const share = isSilent ? 0 : Math.round((1 - level / SILENT) * 100);
        const text = isSilent ? say.t("level.none") : say.t("decibels", { count: Math.round(level) });
        return (
          <div key={what} className="ear-level">
            <span>{say.t(`level.${what}`)}</span>
            <div
              className="meter"
              role="meter"
              aria-label={say.t(`level.${what}`)}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={share}
              aria-valuetext={text}
            >
              <div style={{ "--reach": `${share}%` } as CSSProperties} />
            </div>
            <span className="figures" aria-hidden>
              {text}
            </span>
          </div>
        );
      })}
    </div>
  );
}

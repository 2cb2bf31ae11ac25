import type { ReactNode } from "react";
import {
  CirclePause,
  DoorClosed,
  DoorClosedLocked,
  DoorOpen,
  Ear,
  Eye,
  EyeOff,
  Lock,
  TriangleAlert,
} from "lucide-react";
import type { Snapshot } from "../../contract/parse";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import "./summits.css";

type Phase = Snapshot["meeting"]["phase"];

export interface DoorsLineProps {
  readonly phase: Phase;
  /** The line no longer knows: it turns red and says so. */
  readonly unknown: boolean;
  /** From where one looks at the doors; `caucus` names the delegation whose room one is in. */
  readonly seenFrom: "chamber" | "gallery" | "outside" | { readonly caucusOf: string };
  /** How many devices can hear this one; null where one is heard by nobody by design. */
  readonly hearers: number | null;
  /** Members of the press among them. */
  readonly press: number;
  /** Delegations that have yet to agree to open them; none when nobody has asked. */
  readonly awaited?: readonly string[];
  /** How many of all devices have confirmed that they send to the press no more; null once they all have. */
  readonly closing?: { readonly done: number; readonly all: number } | null;
  /** Delegations whose chairs held the doors no more when they fell shut by themselves. */
  readonly letGo?: readonly string[];
  /** Who may still be heard outside though they are closed: the line turns red. */
  readonly overheard?: readonly string[];
  /** The state of the keys, in words and a sign. */
  readonly lock?: ReactNode;
  /** The keys are not as they should be: the line turns red. */
  readonly alarm?: boolean;
  readonly aside?: ReactNode;
}

const COLOURS: Record<Phase, string> = {
  arrival: "calm",
  open: "open",
  closed: "sealed",
  recess: "calm",
  adjourned: "calm",
};

/** The one line that always tells the truth about the doors: words, sign and colour together. Never covered. */
export function DoorsLine(props: DoorsLineProps): ReactNode {
  const words = useWords();
  const { phase, unknown, seenFrom } = props;
  const inCaucus = typeof seenFrom === "object" && !unknown;
  const state = words.t(isClosing(props) ? "doors.closing" : `doors.${phase}`);
  return (
    <section className="doors" data-doors={phase} data-colour={colourOf(props)} aria-label={words.t("doors.title")}>
      <ul>
        <li className="doors-state">
          {unknown ? <TriangleAlert className="icon" aria-hidden /> : signOf(props)}
          <strong>{unknown ? words.t("doors.unknown", { state }) : state}</strong>
        </li>
        {inCaucus ? (
          <li>
            <Lock className="icon" aria-hidden />
            {words.t("doors.caucus.more", { delegation: seenFrom.caucusOf })}
          </li>
        ) : (
          <More {...props} />
        )}
        <Overheard {...props} />
        <Awaited {...props} />
        {props.hearers === null ? null : (
          <li>
            <Ear className="icon" aria-hidden />
            {hearersOf(props.hearers, phase === "open" && !inCaucus ? props.press : 0, words)}
          </li>
        )}
        {props.lock === undefined || props.lock === null ? null : <li>{props.lock}</li>}
      </ul>
      <div className="doors-aside">{props.aside}</div>
    </section>
  );
}

function Overheard({ overheard }: DoorsLineProps): ReactNode {
  const words = useWords();
  if (overheard === undefined || overheard.length === 0) return null;
  return (
    <li>
      <TriangleAlert className="icon" aria-hidden />
      {words.t("doors.overheard", { names: words.list(overheard) })}
    </li>
  );
}

function Awaited({ phase, awaited }: DoorsLineProps): ReactNode {
  const words = useWords();
  if (phase === "open" || awaited === undefined || awaited.length === 0) return null;
  return (
    <li>
      <DoorOpen className="icon" aria-hidden />
      {words.t("doors.opening", { delegations: words.list(awaited) })}
    </li>
  );
}

function More(props: DoorsLineProps): ReactNode {
  const words = useWords();
  const text = moreOf(props, words);
  if (text === null) return null;
  const Sign = props.phase === "open" || isClosing(props) ? Eye : EyeOff;
  return (
    <li>
      <Sign className="icon" aria-hidden />
      {text}
    </li>
  );
}

/** Closed by order, but not yet by every device. */
function isClosing({ phase, closing }: DoorsLineProps): boolean {
  return phase === "closed" && closing !== undefined && closing !== null;
}

function moreOf(props: DoorsLineProps, words: Words): string | null {
  const { phase, unknown, seenFrom, closing, letGo = [] } = props;
  if (unknown) return null;
  if (closing && isClosing(props)) return words.t("doors.closing.more", closing);
  if (phase === "closed") return letGo.length > 0 ? words.t("doors.fallen", { delegations: words.list(letGo) }) : null;
  if (phase !== "open") return words.t(`doors.${phase}.more`);
  if (seenFrom === "gallery") return words.t("doors.open.more.press");
  return words.t(seenFrom === "outside" ? "doors.open.more.watching" : "doors.open.more");
}

function colourOf(props: DoorsLineProps): string {
  const { phase, unknown, seenFrom } = props;
  if (unknown || props.alarm || (props.overheard ?? []).length > 0) return "alarm";
  if (isClosing(props)) return COLOURS.open;
  return typeof seenFrom === "object" ? "sealed" : COLOURS[phase];
}

function signOf(props: DoorsLineProps): ReactNode {
  const signs = {
    arrival: DoorClosed,
    open: DoorOpen,
    closed: DoorClosedLocked,
    recess: CirclePause,
    adjourned: DoorClosed,
  };
  const Sign = isClosing(props) ? DoorClosed : signs[props.phase];
  return <Sign className="icon" aria-hidden />;
}

function hearersOf(count: number, press: number, words: Words): string {
  if (count === 0) return words.t("hearers.none");
  if (press === 0) return words.t("hearers", { count });
  return words.t("hearers.split", { count, press });
}

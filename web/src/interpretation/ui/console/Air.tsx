/** The light: whether one is on air, readable across a room; and from what into what. */
import type { ReactNode } from "react";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import { airName, besideWhisper, fromName, isWhispering, turnName } from "./announced";
import {
  handoverOf,
  isHushed,
  isOnAir,
  nameOf,
  nameOfSource,
  type Sees,
  shiftOf,
  sourceFor,
  type TurnSeen,
} from "./sees";
import "./air.css";

/** The on-air light with the clock of the shift. */
export function Light({
  sees,
  say,
  quiet,
}: {
  sees: Sees;
  say: ConsoleWords;
  quiet: "arrival" | "recess" | null;
}): ReactNode {
  const shift = shiftOf(sees);
  if (sees.turn !== null) return <TurnLight sees={sees} turn={sees.turn} say={say} quiet={quiet} />;
  return (
    <section className="light" data-light={lightOf(sees)} aria-label={say.t("title")}>
      <span className="light-lamp" aria-hidden />
      <div className="light-words">
        <strong>{airName(sees, say)}</strong>
        <span>{isWhispering(sees) ? besideWhisper(sees, say) : underLight(sees, say, quiet)}</span>
      </div>
      {shift === null ? null : <span className="light-clock figures">{say.words.span(shift / 1000)}</span>}
    </section>
  );
}

/** Where one speaks on the floor: who is heard, and for how long; red while it is oneself. */
function TurnLight(props: {
  sees: Sees;
  turn: TurnSeen;
  say: ConsoleWords;
  quiet: "arrival" | "recess" | null;
}): ReactNode {
  const { sees, turn, say, quiet } = props;
  const { clock } = turn;
  const [name, means] = turnName(sees, turn, say);
  return (
    <section className="light" data-light={turnLightOf(sees, turn)} aria-label={say.t("turn.light")}>
      <span className="light-lamp" aria-hidden />
      <div className="light-words">
        <strong>{quiet === null ? name : say.t(quiet === "arrival" ? "turn.before" : "air.recess")}</strong>
        <span>{quiet === null ? means : ""}</span>
      </div>
      {clock === null ? null : (
        <span className="light-turn">
          <small>{clock.of}</small> <span className="light-clock figures">{say.words.span(clock.seconds)}</span>
        </span>
      )}
    </section>
  );
}

/** How the light burns where one speaks on the floor. */
function turnLightOf(sees: Sees, { isHeard, isOwn }: TurnSeen): "uncertain" | "on" | "cough" | "off" {
  if (isHushed(sees)) return "cough";
  if (isHeard) return "on";
  return isOwn ? "uncertain" : "off";
}

/** How the light burns. */
function lightOf(sees: Sees): "uncertain" | "on" | "cough" | "whisper" | "whisper-cough" | "partner" | "off" {
  if (isWhispering(sees)) return sees.desk.coughing ? "whisper-cough" : "whisper";
  if (sees.desk.uncertain) return "uncertain";
  if (isOnAir(sees)) return sees.desk.coughing ? "cough" : "on";
  return sees.desk.now.onAir === null ? "off" : "partner";
}

/** On air, what from; off air, who has the microphone, or why one cannot go on air. */
function underLight(sees: Sees, say: ConsoleWords, quiet: "arrival" | "recess" | null): string {
  const { t } = say;
  const { holder, onAir } = sees.desk.now;
  if (sees.desk.uncertain) return t("air.uncertain.text");
  if (holder !== null && holder !== sees.desk.own) {
    const name = nameOf(sees, holder);
    const { step } = handoverOf(sees);
    const isThere = sees.desk.partners.some((partner) => partner.identity === holder && partner.present);
    if (step === "take" && !isThere) return t("air.gone", { name });
    return t("air.partner.holds", { name });
  }
  if (onAir !== null) return fromName(sees, onAir, say);
  if (quiet !== null) return t(quiet === "arrival" ? "air.before" : "air.recess");
  if (!sees.mayGoOnAir) return t("air.notNow");
  return t(holder === null ? "air.nobody" : "air.held");
}

/** From what, into what, and the key between them. */
export function Direction(props: { sees: Sees; say: ConsoleWords; children: ReactNode }): ReactNode {
  const { sees, say } = props;
  const { t, words } = say;
  const source = sourceFor(sees, sees.desk.into);
  const spoken = source === null && sees.spoken !== null ? words.languageName(sees.spoken) : null;
  return (
    <section className="direction" aria-label={t("directions")}>
      <p className="direction-end">
        <small>{t("from")}</small>
        <strong>{spoken ?? nameOfSource(source, say)}</strong>
      </p>
      {props.children}
      <p className="direction-end" data-chosen>
        <small>{t("to")}</small>
        <strong>{words.languageName(sees.desk.into)}</strong>
      </p>
    </section>
  );
}

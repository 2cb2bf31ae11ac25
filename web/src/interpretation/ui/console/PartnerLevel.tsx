/** How loud the others of one's booth are, beside what else comes to one's ears. */
import type { CSSProperties, ReactNode } from "react";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import { LEVEL_STEP } from "./roomFunctions";

export function PartnerLevel(props: {
  readonly say: ConsoleWords;
  readonly level: number;
  readonly onLevel: (level: number) => void;
}): ReactNode {
  const { say, level, onLevel } = props;
  const text = say.words.percent(level);
  return (
    <div className="tone">
      <label className="level">
        <span>{say.t("level.partner")}</span>
        <input
          type="range"
          min={0}
          max={1}
          step={LEVEL_STEP}
          value={level}
          aria-label={say.t("room.level")}
          aria-valuetext={text}
          style={{ "--reach": `${Math.round(level * 100)}%` } as CSSProperties}
          onChange={(event) => {
            onLevel(Number(event.target.value));
          }}
        />
        <span className="figures" aria-hidden>
          {text}
        </span>
      </label>
    </div>
  );
}

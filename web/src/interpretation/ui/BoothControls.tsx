import type { ReactNode } from "react";
import { Gauge, Radio } from "lucide-react";
import type { Language } from "../../kernel/ids";
import { Button, Toggle } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import "./interpretation.css";

export interface BoothControlsProps {
  /** The languages this interpreter is accredited for. */
  readonly languages: readonly Language[];
  readonly speakingInto: Language | null;
  readonly channel: Language | null;
  readonly mayGoOnAir: boolean;
  readonly onInterpret: (language: Language | null) => void;
  /** False while the speaker is shown that one has asked. */
  readonly mayAskToSlowDown: boolean;
  readonly onSlowDown: () => void;
}

/** An interpreter's own state in large words, and one button for each language of theirs. */
export function BoothControls(props: BoothControlsProps): ReactNode {
  const words = useWords();
  const { speakingInto, channel } = props;
  const heard =
    channel === null ? words.t("listen.floor").toLocaleLowerCase(words.language) : words.languageName(channel);
  return (
    <section className="air" data-live={speakingInto !== null || undefined} aria-label={words.t("booth.title.own")}>
      <span className="air-light" aria-hidden />
      <div className="air-words">
        <strong>
          {speakingInto === null
            ? words.t("booth.youAreOff")
            : words.t("booth.youAre", { language: words.languageName(speakingInto) })}
        </strong>
        <span>{props.mayGoOnAir ? words.t("booth.hears", { channel: heard }) : words.t("booth.notNow")}</span>
      </div>
      <div className="air-buttons">
        <Button shortcut="p" label={words.t("slow.ask")} disabled={!props.mayAskToSlowDown} onPress={props.onSlowDown}>
          <Gauge className="icon" aria-hidden />
          {words.t("slow.ask.short")}
        </Button>
        {props.languages.map((language) => (
          <Toggle
            key={language}
            tone="live"
            label={words.t("booth.into", { language: words.languageName(language) })}
            on={speakingInto === language}
            disabled={!props.mayGoOnAir}
            onChange={(on) => {
              props.onInterpret(on ? language : null);
            }}
          >
            <Radio className="icon" aria-hidden />
            {words.t("booth.into", { language: words.languageName(language) })}
          </Toggle>
        ))}
      </div>
    </section>
  );
}

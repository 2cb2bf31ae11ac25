import type { ReactNode } from "react";
import { Languages } from "lucide-react";
import type { Language } from "../../kernel/ids";
import { Level } from "../../design/controls";
import { MenuButton } from "../../design/MenuButton";
import { useWords } from "../../i18n/ui/Words";
import "./interpretation.css";

export interface LanguageMenuProps {
  /** Channels that can be chosen, besides the floor. */
  readonly languages: readonly Language[];
  readonly onAir: readonly Language[];
  readonly channel: Language | null;
  readonly originalLevel: number;
  /** An interpreter chooses what to interpret from. */
  readonly relay: boolean;
  readonly onListen: (channel: Language | null) => void;
  readonly onLevel: (level: number) => void;
}

const FLOOR = "floor";

/** What one hears: the floor or a language, and how loud the original stays under it. */
export function LanguageMenu(props: LanguageMenuProps): ReactNode {
  const words = useWords();
  const { channel, onAir } = props;
  const name =
    channel === null ? words.t("listen.floor").toLocaleLowerCase(words.language) : words.languageName(channel);
  const choices = [
    { id: FLOOR, text: words.t("listen.floor"), detail: words.t("listen.floor.more") },
    ...props.languages.map((language) => ({
      id: language,
      text: words.languageName(language),
      detail: words.t(onAir.includes(language) ? "listen.onAir" : "listen.silent"),
    })),
  ];
  return (
    <div className="listening">
      <MenuButton
        title={words.t(props.relay ? "listen.relay.title" : "listen.title")}
        chosen={channel ?? FLOOR}
        choices={choices}
        onChoose={(id) => {
          props.onListen(props.languages.find((language) => language === id) ?? null);
        }}
        trigger={{
          className: "control listen",
          shortcut: "l",
          label: words.t(props.relay ? "listen.relay" : "listen.to", { channel: name }),
          children: (
            <>
              <Languages className="icon" aria-hidden />
              <span className="listen-words">
                {words.t(props.relay ? "listen.relay" : "listen.to", { channel: name })}
              </span>
            </>
          ),
        }}
      />
      {channel === null ? null : (
        <Level
          label={words.t("listen.original.label")}
          value={props.originalLevel}
          text={words.percent(props.originalLevel)}
          onChange={props.onLevel}
        >
          {words.t("listen.original")}
        </Level>
      )}
    </div>
  );
}

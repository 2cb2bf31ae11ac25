import type { ReactNode } from "react";
import { Languages } from "lucide-react";
import type { Language } from "../../kernel/ids";
import type { SignSeen } from "../listening";
import type { Carries } from "../model";
import { Level } from "../../design/controls";
import { MenuButton, type MenuButtonProps } from "../../design/MenuButton";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import "./interpretation.css";

export interface LanguageMenuProps {
  /** Channels that can be chosen, besides the floor, and what each carries. */
  readonly channels: readonly (readonly [Language, Carries])[];
  /** Whose interpreter is on air in a channel. */
  readonly whose: (channel: Language) => string;
  readonly channel: Language | null;
  readonly originalLevel: number;
  /** An interpreter chooses what to interpret from. */
  readonly relay: boolean;
  readonly onListen: (channel: Language | null) => void;
  readonly onLevel: (level: number) => void;
  /** Sign channels, which stand beside the speaker whatever one hears; and which of them do. */
  readonly signs: readonly Pick<SignSeen, "language" | "carries">[];
  readonly pinned: readonly Language[];
  readonly onPin: (channel: Language, on: boolean) => void;
}

const FLOOR = "floor";

/** What one hears: the floor or a language, and how loud the original stays under it. */
export function LanguageMenu(props: LanguageMenuProps): ReactNode {
  const words = useWords();
  const { channel, channels } = props;
  const carries = channels.find(([language]) => language === channel)?.[1] ?? "interpreted";
  const name =
    channel === null ? words.t("listen.floor").toLocaleLowerCase(words.language) : words.languageName(channel);
  const { choices, toggles } = offered(props, words);
  return (
    <div className="listening">
      <MenuButton
        title={words.t(props.relay ? "listen.relay.title" : "listen.title")}
        chosen={channel ?? FLOOR}
        choices={choices}
        toggles={toggles}
        onChoose={(id) => {
          const signed = props.signs.find(({ language }) => language === id)?.language;
          if (signed !== undefined) props.onPin(signed, !props.pinned.includes(signed));
          else props.onListen(channels.find(([language]) => language === id)?.[0] ?? null);
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
      {/* Why one hears the floor though one chose a language: read out when it comes to be so. */}
      <small className="listen-note" role="status">
        {carries === "interpreted" ? null : words.t(`listen.${carries}`)}
      </small>
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

/** What the menu offers: one thing to hear, and any number of sign channels to watch. */
function offered(
  { channels, whose, signs, pinned }: LanguageMenuProps,
  words: Words,
): Pick<MenuButtonProps, "choices" | "toggles"> {
  const named = (kind: "listen" | "signs", language: Language, carries: Carries) => {
    const said = words.t(`${kind}.${carries}`);
    const detail = carries === "interpreted" ? `${said} · ${whose(language)}` : said;
    return { id: language, text: words.languageName(language), detail };
  };
  const seen = signs.map(({ language, carries }) => named("signs", language, carries));
  return {
    choices: [
      { id: FLOOR, text: words.t("listen.floor"), detail: words.t("listen.floor.more") },
      ...channels.map(([language, carries]) => named("listen", language, carries)),
    ],
    toggles: seen.length === 0 ? undefined : { title: words.t("signs.title"), choices: seen, on: pinned },
  };
}

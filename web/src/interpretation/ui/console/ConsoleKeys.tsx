/** The keys of the console: what each does, and another where somebody wants another. */
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "../../../design/Button";
import { Key } from "../../../design/controls";
import { Sheet } from "../../../design/Sheet";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import { enHelp } from "../../../i18n/enHelp";
import type { ConsoleFunction } from "./consoleFunction";
import { functionNamed, FUNCTIONS, functionsIn } from "./functions";
import { type Chosen, type Clash, clashOf, FIXED, keyFor, keyOf, withKey, written } from "./keys";
import type { Sees } from "./sees";

export interface ConsoleKeysProps {
  readonly sees: Sees;
  readonly say: ConsoleWords;
  readonly chosen: Chosen;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onClose: () => void;
}

/** Every function with its key; pressing one asks for another. */
export function ConsoleKeys(props: ConsoleKeysProps): ReactNode {
  const { say, chosen } = props;
  const { t, words } = say;
  const [asked, setAsked] = useState<string | null>(null);
  const [trouble, setTrouble] = useState("");
  const choose = (what: ConsoleFunction, key: string): void => {
    const clash = clashOf(FUNCTIONS, chosen, what.id, key);
    setAsked(null);
    setTrouble(clash === null ? "" : troubleSaid(clash, key, props));
    if (clash === null) props.onChoose(withKey(chosen, what, key));
  };
  return (
    <Sheet size="small" title={t("keys.title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <ul className="console-keys">
        {functionsIn(props.sees).map((what) => (
          <KeyLine
            key={what.id}
            {...props}
            what={what}
            asked={asked === what.id}
            onAsk={setAsked}
            onPress={(key) => {
              choose(what, key);
            }}
          />
        ))}
      </ul>
      <p className="quiet" role="status">
        {trouble}
      </p>
      <Button
        disabled={chosen.size === 0}
        onPress={() => {
          props.onChoose(new Map());
        }}
      >
        {t("keys.standard")}
      </Button>
      <Fixed say={say} />
      <label className="key-switch">
        <input
          type="checkbox"
          checked={props.on}
          onChange={(event) => {
            props.onSwitch(event.target.checked);
          }}
        />
        {words.part(enHelp)("switch")}
      </label>
      <p className="quiet">{t("keys.note")}</p>
      <p className="quiet">{t("keys.reader")}</p>
    </Sheet>
  );
}

/** The keys that cannot be changed. */
function Fixed({ say }: Pick<ConsoleKeysProps, "say">): ReactNode {
  return (
    <section aria-labelledby="keys-fixed">
      <h3 id="keys-fixed" className="eyebrow">
        {say.t("keys.fixed")}
      </h3>
      <ul className="console-keys">
        {FIXED.map(([key, does]) => (
          <li key={key}>
            <span>{say.t(`fixed.${does}`)}</span>
            <Key>{written(key, say)}</Key>
          </li>
        ))}
      </ul>
    </section>
  );
}

function troubleSaid(clash: Clash, key: string, { sees, say }: ConsoleKeysProps): string {
  if (clash.why === "reserved") return say.t("keys.reserved", { key: written(key, say) });
  const name = functionNamed(clash.by)?.name(sees, say) ?? "";
  return say.t("keys.taken", { key: written(key, say), name });
}

interface KeyLineProps extends ConsoleKeysProps {
  readonly what: ConsoleFunction;
  readonly asked: boolean;
  readonly onAsk: (id: string | null) => void;
  readonly onPress: (key: string) => void;
}

/** What changes another key, or begins a letter, is none by itself. */
const NO_KEYS: ReadonlySet<string> = new Set(["shift", "altgraph", "capslock", "dead", "process"]);

/** Nothing else happens to the key that is asked for; Escape takes the question back, Tab goes on. */
function KeyLine({ what, asked, sees, say, chosen, onAsk, onPress }: KeyLineProps): ReactNode {
  const name = what.name(sees, say);
  const press = (event: KeyboardEvent): void => {
    if (!asked || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const key = keyOf(event);
    if (key === "escape") onAsk(null);
    else if (key !== null && !NO_KEYS.has(key)) onPress(key);
  };
  return (
    <li>
      <span>{name}</span>
      <button
        type="button"
        className="button"
        data-asks-key={asked || undefined}
        aria-label={`${say.t("keys.change", { name })}: ${asked ? say.t("keys.press") : written(keyFor(what, chosen), say)}`}
        onKeyDown={press}
        onBlur={() => {
          if (asked) onAsk(null);
        }}
        onClick={() => {
          onAsk(what.id);
        }}
      >
        {asked ? say.t("keys.press") : <Key>{written(keyFor(what, chosen), say)}</Key>}
      </button>
    </li>
  );
}

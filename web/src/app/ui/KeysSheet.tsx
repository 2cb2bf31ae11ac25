import type { ReactNode } from "react";
import { Key } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { enHelp } from "../../i18n/enHelp";
import { useWords } from "../../i18n/ui/Words";
import { useKeyChoice } from "./keyChoice";

const KEYS = [
  ["M", "m"],
  ["V", "v"],
  ["S", "s"],
  ["F", "f"],
  ["B", "b"],
  ["H", "h"],
  ["N", "n"],
  ["L", "l"],
  ["0", "zero"],
  ["+ −", "size"],
  ["W", "w"],
  ["K", "k"],
  ["C", "c"],
  ["O", "o"],
  ["D", "d"],
  ["T", "t"],
  ["?", "question"],
] as const;

/** Every key and what it does. */
export function KeysSheet(props: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const t = words.part(enHelp);
  const { on, setOn } = useKeyChoice();
  return (
    <Sheet size="small" title={t("title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <dl className="key-list">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <label className="key-switch">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setOn(event.target.checked);
          }}
        />
        {t("switch")}
      </label>
      <p className="quiet">{t("note")}</p>
    </Sheet>
  );
}

import type { ReactNode } from "react";
import { Key } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { useWords } from "../../i18n/ui/Words";
import { useKeyChoice } from "./keyChoice";

const KEYS = [
  ["M", "help.m"],
  ["V", "help.v"],
  ["S", "help.s"],
  ["F", "help.f"],
  ["H", "help.h"],
  ["N", "help.n"],
  ["P", "help.p"],
  ["L", "help.l"],
  ["W", "help.w"],
  ["K", "help.k"],
  ["C", "help.c"],
  ["O", "help.o"],
  ["D", "help.d"],
  ["T", "help.t"],
  ["?", "help.question"],
] as const;

/** Every key and what it does. */
export function KeysSheet(props: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const { on, setOn } = useKeyChoice();
  return (
    <Sheet size="small" title={words.t("help.title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <dl className="key-list">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{words.t(meaning)}</dd>
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
        {words.t("help.switch")}
      </label>
      <p className="quiet">{words.t("help.note")}</p>
    </Sheet>
  );
}

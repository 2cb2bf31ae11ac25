/** An interpreter's notes: in this page's memory and nowhere else. */
import { useId, type ReactNode } from "react";
import { enTurns } from "../../i18n/enTurns";
import { useWords } from "../../i18n/ui/Words";
import { Cell } from "../../kernel/store";
import "./turns.css";
import { useReadable } from "./useServices";

/** As long as the page, so that a recess or the caucus costs nobody their notes. */
const written = new Cell("");

/** Gone with the page. Nothing completes, corrects or remembers what is written: some browsers ask a server for that. */
export function Notepad(): ReactNode {
  const t = useWords().part(enTurns);
  const notes = useReadable(written);
  const id = useId();
  return (
    <div className="turns-notes">
      <label htmlFor={id}>{t("notes")}</label>
      <textarea
        id={id}
        rows={6}
        value={notes}
        aria-describedby={`${id}-said`}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => {
          written.set(event.target.value);
        }}
      />
      <p id={`${id}-said`} className="quiet">
        <small>{t("notes.text")}</small>
      </p>
    </div>
  );
}

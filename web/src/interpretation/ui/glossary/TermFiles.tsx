/** Terms from a file, with each line that could not be read; and all of them as a file. */
import { useId, useState, type ReactNode } from "react";
import { Button } from "../../../design/Button";
import type { Imported } from "../../glossary/boothGlossary";
import { writeCsv } from "../../glossary/csv";
import { readFile, textOf } from "../../glossary/files";
import { LONGEST, MOST_TERMS } from "../../glossary/glossary";
import type { PartProps, Says } from "./GlossarySheet";

/** The largest file, in bytes: four times what a full glossary takes. */
const LARGEST = 2_000_000;

/** Why nothing at all was read of a file. */
type Unread = "big" | "letters";

/** A file's text, or why it has none. */
async function open(file: File): Promise<{ readonly text: string } | Unread> {
  if (file.size > LARGEST) return "big";
  const text = textOf(new Uint8Array(await file.arrayBuffer()));
  return text === null ? "letters" : { text };
}

export function TermFiles({ state, hands, attempt, say, tell }: PartProps): ReactNode {
  const { t } = say;
  const id = useId();
  const [imported, show] = useState<Imported | Unread | null>(null);
  const take = (file: File): void => {
    attempt(async () => {
      const opened = await open(file);
      const read = typeof opened === "string" ? opened : await hands.putRead(readFile(opened.text, state.languages));
      show(read);
      tell(typeof read === "string" ? t(read) : t("taken", { count: read.taken }));
    });
  };
  return (
    <section className="glossary-files">
      <h3>{t("files")}</h3>
      <div className="field">
        <label htmlFor={id}>{t("open")}</label>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.tbx,.xml"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) take(file);
            // The same file once more is a change too.
            target.value = "";
          }}
        />
        <small id={`${id}-hint`}>{t("open.hint")}</small>
      </div>
      {imported === null ? null : <Result imported={imported} say={say} />}
      <Button
        disabled={state.terms.length === 0}
        onPress={() => {
          hands.save(writeCsv(state.terms));
        }}
      >
        {t("save")}
      </Button>
    </section>
  );
}

function Result({ imported, say: { t } }: { readonly imported: Imported | Unread; readonly say: Says }): ReactNode {
  if (typeof imported === "string") return <p>{t(imported)}</p>;
  const { taken, bad, left } = imported;
  const limits = { term: LONGEST.term, note: LONGEST.note };
  return (
    <div className="glossary-result">
      <p>{t("taken", { count: taken })}</p>
      {left === 0 ? null : <p>{t("left", { count: left, most: MOST_TERMS })}</p>}
      {bad.length === 0 ? null : (
        <>
          <p>{t("bad", { count: bad.length })}</p>
          <ol>
            {bad.map(({ line, why }) => (
              <li key={line}>{t("line", { line, why: why === "long" ? t("why.long", limits) : t(`why.${why}`) })}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

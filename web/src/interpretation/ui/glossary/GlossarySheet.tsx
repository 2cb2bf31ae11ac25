/** The glossary of a booth: searched as one types, one field and the keyboard enough for it; below, what is put in. */
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { Button } from "../../../design/Button";
import { Sheet } from "../../../design/Sheet";
import { enGlossary } from "../../../i18n/enGlossary";
import type { PartOf, Words } from "../../../i18n/translator";
import { useWords } from "../../../i18n/ui/Words";
import type { BoothGlossaryState, OwnGlossary } from "../../glossary/boothGlossary";
import type { Term } from "../../glossary/glossary";
import { found, MOST_FOUND } from "../../glossary/search";
import { AddTerm } from "./AddTerm";
import { TermFiles } from "./TermFiles";
import "./glossary.css";

export interface GlossaryPartProps {
  readonly state: BoothGlossaryState;
  readonly hands: OwnGlossary;
  /** Runs what was asked for, and tells a refusal. */
  readonly attempt: (asked: () => Promise<unknown>) => void;
}

export interface GlossarySheetProps extends GlossaryPartProps {
  /** Who can read it, in words. */
  readonly who: string;
  readonly onClose: () => void;
}

export interface Says {
  readonly t: PartOf<typeof enGlossary>;
  readonly words: Words;
}

export function GlossarySheet(props: GlossarySheetProps): ReactNode {
  const words = useWords();
  const say = useMemo(() => ({ t: words.part(enGlossary), words }), [words]);
  const [text, setText] = useState("");
  const [told, tell] = useState("");
  const part = { ...props, say, tell };
  return (
    <Sheet size="side" title={say.t("title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <div className="glossary">
        <Search say={say} text={text} onChange={setText} />
        <Found {...part} text={text} />
        <div className="unseen" role="status">
          {told}
        </div>
        <AddTerm {...part} />
        <TermFiles {...part} />
        <p className="quiet">{props.who}</p>
      </div>
    </Sheet>
  );
}

function Search({
  say: { t },
  text,
  onChange,
}: {
  say: Says;
  text: string;
  onChange: (text: string) => void;
}): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  return (
    <div className="field">
      <label htmlFor={id}>{t("search")}</label>
      <input
        ref={field}
        id={id}
        type="search"
        dir="auto"
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <small id={`${id}-hint`}>{t("search.hint")}</small>
    </div>
  );
}

export interface PartProps extends GlossaryPartProps {
  readonly say: Says;
  /** Says what has happened, to whoever does not look. */
  readonly tell: (text: string) => void;
}

function Found({ state, hands, attempt, say, tell, text }: PartProps & { readonly text: string }): ReactNode {
  const { t, words } = say;
  const collator = useMemo(() => new Intl.Collator(words.language), [words]);
  const all = useMemo(
    () => found(state.terms, text, (one, other) => collator.compare(one, other)),
    [collator, state.terms, text],
  );
  const remove = (term: Term): void => {
    attempt(async () => {
      await hands.takeAway(term);
      tell(t("removed", { term: term.term }));
    });
  };
  return (
    <section className="glossary-found">
      <p className="quiet" role="status">
        {countOf(state.terms.length, all.length, say)}
      </p>
      <ul>
        {all.slice(0, MOST_FOUND).map((term) => (
          <li key={JSON.stringify([term.from, term.to, term.term, term.means])}>
            <Line term={term} say={say} />
            <Button
              tone="quiet"
              label={t("remove", { term: term.term })}
              onPress={() => {
                remove(term);
              }}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function countOf(known: number, count: number, { t }: Says): string {
  if (known === 0) return t("none");
  if (count === 0) return t("none.found");
  return count > MOST_FOUND ? t("found.more", { count, shown: MOST_FOUND }) : t("found", { count });
}

/** What is said in each language, marked as such: a screen reader reads it so. */
function Line({ term, say: { t } }: { readonly term: Term; readonly say: Says }): ReactNode {
  return (
    <p>
      <strong lang={term.from} dir="auto">
        {term.term}
      </strong>{" "}
      <span lang={term.to} dir="auto">
        {term.means}
      </span>
      <small>
        {t("into", { from: term.from.toUpperCase(), to: term.to.toUpperCase() })}
        {term.note === "" ? null : <bdi> · {term.note}</bdi>}
      </small>
    </p>
  );
}

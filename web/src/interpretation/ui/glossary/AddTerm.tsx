/** A term that is put in by hand. */
import { useState, type ReactNode } from "react";
import { Button } from "../../../design/Button";
import { Field } from "../../../design/controls";
import { Pick } from "../../../design/Pick";
import type { Language } from "../../../kernel/ids";
import { faultOf, type Written } from "../../glossary/glossary";
import type { PartProps, Says } from "./GlossarySheet";

interface Direction {
  readonly id: string;
  readonly text: string;
  readonly from: Language;
  readonly to: Language;
}

const NOTHING = { term: "", means: "", note: "" };

export function AddTerm({ state, hands, attempt, say, tell }: PartProps): ReactNode {
  const { t } = say;
  const ways = directionsIn(state.languages, say);
  const [chosen, choose] = useState("");
  const [written, write] = useState(NOTHING);
  const way = ways.find(({ id }) => id === chosen) ?? ways[0];
  if (way === undefined) return null;
  const term: Written = { ...written, from: way.from, to: way.to };
  const put = (): void => {
    attempt(async () => {
      await hands.put([term]);
      write(NOTHING);
      tell(t("added", { term: term.term }));
    });
  };
  return (
    <section>
      <h3>{t("add")}</h3>
      <form
        className="glossary-add"
        onSubmit={(event) => {
          event.preventDefault();
          if (faultOf(term) === null) put();
        }}
      >
        <Pick label={t("direction")} value={way.id} options={ways} onPick={choose} />
        {(["term", "means", "note"] as const).map((name) => (
          <Field
            key={name}
            label={t(name)}
            value={written[name]}
            onChange={(text) => {
              write({ ...written, [name]: text });
            }}
          />
        ))}
        <Button submits tone="primary" disabled={faultOf(term) !== null}>
          {t("put")}
        </Button>
      </form>
    </section>
  );
}

function directionsIn(languages: readonly Language[], { t, words }: Says): readonly Direction[] {
  return languages.flatMap((from) =>
    languages
      .filter((to) => to !== from)
      .map((to) => ({
        id: `${from} ${to}`,
        text: t("into", { from: words.languageName(from), to: words.languageName(to) }),
        from,
        to,
      })),
  );
}

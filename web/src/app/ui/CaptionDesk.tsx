/** Where a captioner writes: a line at a time, read along by whoever chose its language. */
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { Captions as CaptionsSign, CircleAlert } from "lucide-react";
import { UNFIT_IN_LINE } from "../../contract/atoms";
import { LONGEST_CAPTION } from "../../contract/captionShapes";
import { Button } from "../../design/Button";
import { Choice, KeyOn, Notice } from "../../design/controls";
import { Writing } from "../../design/Writing";
import { enCaptions } from "../../i18n/enCaptions";
import { useWords } from "../../i18n/ui/Words";
import type { Captioning } from "../../interpretation/captioning";
import type { Caption } from "../../interpretation/captions";
import type { Language } from "../../kernel/ids";
import "./captions.css";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

/** No letter is free at a console. */
const KEY = ";";

/** Control characters, line ends and marks that turn the order of letters come with what is pasted, and go in no line. */
const UNFIT = new RegExp(`${UNFIT_IN_LINE.source}+`, "gu");

export function CaptionDesk({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const t = useWords().part(enCaptions);
  const [open, setOpen] = useState(false);
  return (
    <section className="panel caption-desk" aria-label={t("title")}>
      <Button
        wide
        expanded={open}
        shortcut={KEY}
        label={t(open ? "write.end" : "write")}
        onPress={() => {
          setOpen(!open);
        }}
      >
        <CaptionsSign className="icon" aria-hidden />
        {t(open ? "write.end" : "write")}
        <KeyOn>{KEY}</KeyOn>
      </Button>
      {open ? <Desk sitting={sitting} /> : null}
    </section>
  );
}

function Desk({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enCaptions);
  const { captions } = useServices();
  const { now, trouble } = useReadable(captions.state);
  const { languages, identity } = sitting.you;
  const [chosen, choose] = useState<Language | undefined>(languages[0]);
  if (chosen === undefined) return null;
  const own = (now.get(chosen) ?? []).filter(({ by, done }) => by === identity && done);
  return (
    <>
      {languages.length > 1 ? (
        <Choice
          label={t("write.into")}
          icon={null}
          value={chosen}
          options={languages.map((language) => ({ id: language, text: words.languageName(language) }))}
          empty=""
          onChoose={(id) => {
            choose(languages.find((language) => language === id));
          }}
        />
      ) : null}
      {trouble === null ? null : (
        <Notice tone="caution" live icon={<CircleAlert className="icon" aria-hidden />}>
          <p>{t("write.trouble", { why: words.error(trouble).happened })}</p>
        </Notice>
      )}
      <ol className="caption-own" lang={chosen}>
        {own.slice(-3).map(({ line, text }) => (
          <li key={line} dir="auto">
            {text}
          </li>
        ))}
      </ol>
      <Lines key={chosen} into={chosen} last={own.at(-1)} />
    </>
  );
}

interface LinesProps {
  readonly into: Language;
  readonly last: Caption | undefined;
}

/** The line that grows; or the last one, while it is corrected. */
function Lines({ into, last }: LinesProps): ReactNode {
  const words = useWords();
  const t = words.part(enCaptions);
  const language = words.languageName(into);
  const [text, setText] = useState("");
  const [corrected, correct] = useState<Caption | null>(null);
  const say = useSaying();
  const isNew = corrected === null;
  const isGrowing = isNew && text !== "";
  // With Enter, emptied, or gone with its field: a line that nobody can write on with has ended, and is read out.
  useEffect(() => {
    if (!isGrowing) return undefined;
    return () => {
      say((captioning) => {
        captioning.end();
      });
    };
  }, [isGrowing, say]);
  return (
    <>
      <Writing
        key={corrected?.line ?? "new"}
        focused
        longest={LONGEST_CAPTION}
        label={t(isNew ? "write.field" : "correct.field", { language })}
        hint={t(isNew ? "write.hint" : "correct.hint")}
        value={text}
        onChange={(typed) => {
          const fit = typed.replaceAll(UNFIT, " ");
          setText(fit);
          if (isNew) {
            say((captioning) => {
              captioning.write(into, fit);
            });
          }
        }}
        onEnter={() => {
          if (!isNew) {
            say((captioning) => {
              captioning.correct(into, corrected.line, text);
            });
          }
          setText("");
          correct(null);
        }}
      />
      {isNew && text === "" && last !== undefined ? (
        <Button
          tone="link"
          onPress={() => {
            correct(last);
            setText(last.text);
          }}
        >
          {t("correct")}
        </Button>
      ) : null}
    </>
  );
}

/** Says it as soon as the code of it is there, in its order. */
function useSaying(): (say: (captioning: Pick<Captioning, "write" | "end" | "correct">) => void) => void {
  const { captions } = useServices();
  const attempt = useAttempt();
  return useCallback(
    (say) => {
      attempt(async () => {
        say(await captions.open());
      });
    },
    [attempt, captions],
  );
}

/** What is told in passing: a refusal, an outage, or one sentence, in a line above the screen. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { CircleAlert, Info, X } from "lucide-react";
import type { ErrorCode } from "../../contract/codes";
import { OutageError, RefusedError } from "../../kernel/errors";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";

type Telling =
  | { readonly kind: "refused"; readonly code: ErrorCode }
  | { readonly kind: "said"; readonly text: string };

interface Told {
  readonly tell: (telling: Telling) => void;
}

const ToldContext = createContext<Told>({ tell: () => undefined });
const SHOWN_MS = 12_000;

/** Runs what a person asked for; a refusal or an outage is told in their words, anything else is a bug and surfaces. */
export function useAttempt(): (asked: () => Promise<unknown>) => void {
  const { tell } = useContext(ToldContext);
  return useCallback(
    (asked) => {
      asked().catch((error: unknown) => {
        if (error instanceof RefusedError || error instanceof OutageError) tell({ kind: "refused", code: error.code });
        else throw error;
      });
    },
    [tell],
  );
}

/** Says one sentence in passing. */
export function useTell(): (text: string) => void {
  const { tell } = useContext(ToldContext);
  return useCallback(
    (text) => {
      tell({ kind: "said", text });
    },
    [tell],
  );
}

/** Shows what was told last, until it is dismissed or has been there long enough to be read. */
export function ToldProvider(props: { readonly children: ReactNode }): ReactNode {
  const [telling, setTelling] = useState<Telling | null>(null);
  const told = useMemo(() => ({ tell: setTelling }), []);
  useEffect(() => {
    if (telling === null) return undefined;
    const timer = setTimeout(() => {
      setTelling(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [telling]);
  return (
    <ToldContext value={told}>
      {props.children}
      <ToldLine
        telling={telling}
        onDismiss={() => {
          setTelling(null);
        }}
      />
    </ToldContext>
  );
}

function ToldLine(props: { readonly telling: Telling | null; readonly onDismiss: () => void }): ReactNode {
  const words = useWords();
  const { telling } = props;
  const refused = telling?.kind === "refused" ? words.error(telling.code) : null;
  const shown = telling !== null || undefined;
  return (
    // Marked for the library, which hides all else from a screen reader while a sheet is open.
    <div className="told" role={refused === null ? "status" : "alert"} data-shown={shown} data-live-announcer="true">
      {telling === null ? null : (
        <>
          {refused === null ? <Info className="icon" aria-hidden /> : <CircleAlert className="icon" aria-hidden />}
          <p data-code={telling.kind === "refused" ? telling.code : undefined}>
            {telling.kind === "said" ? (
              telling.text
            ) : (
              <>
                <strong>{refused?.happened}</strong> {refused?.safe} {refused?.next}
              </>
            )}
          </p>
          <Button tone="quiet" label={words.t("told.dismiss")} onPress={props.onDismiss}>
            <X className="icon" aria-hidden />
          </Button>
        </>
      )}
    </div>
  );
}

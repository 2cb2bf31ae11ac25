/** What surrounds every screen: words, look, services, what is told in passing, the last net. */
import { useMemo, useState, type ReactNode } from "react";
import { english, type Words } from "../i18n/translator";
import { WordsProvider } from "../i18n/ui/Words";
import { ErrorBoundary } from "./ErrorBoundary";
import type { Services } from "./faces";
import { Routes } from "./routes";
import { keepKeys, KeyContext, recallKeys } from "./ui/keyChoice";
import { ThemeContext, type Theme } from "./ui/theme";
import { ToldProvider } from "./ui/Told";
import { ServicesContext } from "./ui/useServices";

export interface ShellProps {
  readonly services: Services;
  /** English unless given. */
  readonly words?: Words;
  readonly stage?: Theme;
}

/** The frame around every screen: words, look, services, the last net. */
export function Shell(props: ShellProps): ReactNode {
  const [stage, setStage] = useState<Theme>(props.stage ?? "dark");
  const [on, setOn] = useState(recallKeys);
  const keys = useMemo(
    () => ({
      on,
      setOn: (wanted: boolean) => {
        keepKeys(wanted);
        setOn(wanted);
      },
    }),
    [on],
  );
  const theme = useMemo(() => ({ stage, setStage }), [stage]);
  return (
    <WordsProvider words={props.words ?? english}>
      <ServicesContext value={props.services}>
        <ErrorBoundary
          onBroken={() => {
            void props.services.call.leave();
            props.services.devices.stop();
          }}
        >
          <ThemeContext value={theme}>
            <KeyContext value={keys}>
              <ToldProvider>
                <Routes />
              </ToldProvider>
            </KeyContext>
          </ThemeContext>
        </ErrorBoundary>
      </ServicesContext>
    </WordsProvider>
  );
}

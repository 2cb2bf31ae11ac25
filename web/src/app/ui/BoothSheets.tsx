/** What the interpreters of a booth share, joined to the services: its messages and its glossary. Fetched with the console. */
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import { enGlossary } from "../../i18n/enGlossary";
import { useWords } from "../../i18n/ui/Words";
import type { BoothGlossaryState, OwnGlossary } from "../../interpretation/glossary/boothGlossary";
import { Cell } from "../../kernel/store";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

const ChatSheet = lazy(async () => ({ default: (await import("./ChatSheet")).ChatSheet }));
const GlossarySheet = lazy(async () => ({
  default: (await import("../../interpretation/ui/glossary/GlossarySheet")).GlossarySheet,
}));

/** Which of a booth's sheets is open. */
export type BoothSheet = "messages" | "glossary" | null;

const NOWHERE = new Cell<BoothGlossaryState | null>(null);

/** The booth's group, once its code is there. */
export function useGlossary(): OwnGlossary | null {
  const services = useServices();
  const attempt = useAttempt();
  const [glossary, setGlossary] = useState<OwnGlossary | null>(null);
  useEffect(() => {
    attempt(async () => {
      setGlossary(await services.glossary());
    });
  }, [attempt, services]);
  return glossary;
}

/** How many messages of the booth are unread; null while one is not in its group. */
export function useBoothMessages(glossary: OwnGlossary | null): number | null {
  const { chats } = useServices();
  const { unread } = useReadable(chats.state).booth;
  const state = useReadable(glossary?.state ?? NOWHERE);
  return state?.at === "inside" ? unread : null;
}

export function BoothSheets(props: {
  readonly sitting: Sitting;
  readonly glossary: OwnGlossary | null;
  readonly open: BoothSheet;
  readonly onClose: () => void;
}): ReactNode {
  const { sitting, glossary, open, onClose } = props;
  const words = useWords();
  const say = useMemo(() => words.part(enGlossary), [words]);
  const attempt = useAttempt();
  const state = useReadable(glossary?.state ?? NOWHERE);
  if (open === null || glossary === null || state === null) return null;
  const names = words.list(state.readers.map(({ member }) => member.name));
  const who = state.at === "inside" ? say("messages.who", { names }) : say("who.none");
  return (
    <Suspense>
      {open === "messages" ? (
        <ChatSheet sitting={sitting} room="booth" named={{ title: say("messages.title"), who }} onClose={onClose} />
      ) : (
        <GlossarySheet state={state} hands={glossary} attempt={attempt} who={who} onClose={onClose} />
      )}
    </Suspense>
  );
}

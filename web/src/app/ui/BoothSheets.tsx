/** What the interpreters of a booth share, joined to the services: messages, glossary, documents. Fetched with the console. */
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import { enGlossary } from "../../i18n/enGlossary";
import { useWords } from "../../i18n/ui/Words";
import type { BoothGroupState } from "../../interpretation/boothGroup";
import { Cell } from "../../kernel/store";
import type { InCommon } from "../faces";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

const ChatSheet = lazy(async () => ({ default: (await import("./ChatSheet")).ChatSheet }));
const GlossarySheet = lazy(async () => ({
  default: (await import("../../interpretation/ui/glossary/GlossarySheet")).GlossarySheet,
}));
const DocumentsSheet = lazy(async () => ({
  default: (await import("../../interpretation/ui/documents/DocumentsSheet")).DocumentsSheet,
}));

/** Which of a booth's sheets is open. */
export type BoothSheet = "messages" | "glossary" | "documents" | null;

const NOWHERE = new Cell<BoothGroupState | null>(null);

/** What the booth has in common, once its code is there. */
export function useInCommon(): InCommon | null {
  const services = useServices();
  const attempt = useAttempt();
  const [common, setCommon] = useState<InCommon | null>(null);
  useEffect(() => {
    attempt(async () => {
      setCommon(await services.inCommon());
    });
  }, [attempt, services]);
  return common;
}

/** How many messages of the booth are unread; null while one is not in its group. */
export function useBoothMessages(common: InCommon | null): number | null {
  const { chats } = useServices();
  const { unread } = useReadable(chats.state).booth;
  const state = useReadable<BoothGroupState | null>(common?.glossary.state ?? NOWHERE);
  return state?.at === "inside" ? unread : null;
}

interface SheetsProps {
  readonly sitting: Sitting;
  readonly open: BoothSheet;
  readonly onClose: () => void;
}

export function BoothSheets({ common, ...props }: SheetsProps & { readonly common: InCommon | null }): ReactNode {
  if (props.open === null || common === null) return null;
  return (
    <Suspense>
      <OpenSheet {...props} common={common} />
    </Suspense>
  );
}

function OpenSheet({ sitting, common, open, onClose }: SheetsProps & { readonly common: InCommon }): ReactNode {
  const words = useWords();
  const say = useMemo(() => words.part(enGlossary), [words]);
  const attempt = useAttempt();
  const glossary = useReadable(common.glossary.state);
  const documents = useReadable(common.documents.state);
  const names = words.list(glossary.readers.map(({ member }) => member.name));
  const readers = glossary.at === "inside" ? names : null;
  const who = readers === null ? say("who.none") : say("messages.who", { names });
  const each = { attempt, onClose };
  if (open === "documents") {
    const { documents: hands, save } = common;
    // What is read in one booth is not taken along to another.
    const booth = documents.booth?.id;
    return <DocumentsSheet key={booth} {...each} state={documents} hands={hands} save={save} readers={readers} />;
  }
  if (open === "glossary") return <GlossarySheet {...each} state={glossary} hands={common.glossary} who={who} />;
  return <ChatSheet sitting={sitting} room="booth" named={{ title: say("messages.title"), who }} onClose={onClose} />;
}

import { useState, type ReactNode } from "react";
import type { Snapshot } from "../../contract/parse";
import { Button } from "../../design/Button";
import { Sheet } from "../../design/Sheet";
import { enAgenda } from "../../i18n/enAgenda";
import { useWords } from "../../i18n/ui/Words";
import { AgendaLines, draftOf, linesOf, type AgendaLine, type Draft } from "./AgendaLines";

export interface AgendaEditorProps {
  readonly agenda: Snapshot["agenda"];
  readonly onSave: (lines: readonly AgendaLine[]) => void;
  readonly onClose: () => void;
}

/** Add, rename, reorder, remove; nothing is sent before it is saved. */
export function AgendaEditor(props: AgendaEditorProps): ReactNode {
  const words = useWords();
  const t = words.part(enAgenda);
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => props.agenda.map(draftOf));
  const lines = linesOf(drafts);
  const footer = (
    <>
      <Button onPress={props.onClose}>{words.t("cancel")}</Button>
      <Button
        tone="primary"
        disabled={lines === null}
        onPress={() => {
          if (lines !== null) props.onSave(lines);
        }}
      >
        {t("agenda.save")}
      </Button>
    </>
  );
  return (
    <Sheet title={t("agenda.editing")} closeLabel={words.t("close")} onClose={props.onClose} footer={footer}>
      <AgendaLines drafts={drafts} onChange={setDrafts} />
    </Sheet>
  );
}

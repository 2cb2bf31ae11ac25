/** The documents of a booth: what there is, how far one on its way is, what one reads of it, and a file to put in. */
import { useId, useMemo, useState, type ReactNode } from "react";
import { Button } from "../../../design/Button";
import { Sheet } from "../../../design/Sheet";
import { enDocuments } from "../../../i18n/enDocuments";
import { useWords } from "../../../i18n/ui/Words";
import { RefusedError } from "../../../kernel/errors";
import type { BoothDocumentsState, Moving, OwnDocuments } from "../../documents/boothDocuments";
import type { BoothDocument } from "../../documents/documents";
import { opened, type Opened } from "../../documents/kinds";
import { ReadSheet } from "./ReadSheet";
import "./documents.css";

export interface DocumentsSheetProps {
  readonly state: BoothDocumentsState;
  readonly hands: OwnDocuments;
  /** Runs what was asked for, and tells a refusal. */
  readonly attempt: (asked: () => Promise<unknown>) => void;
  /** Hands bytes to the person as a file. */
  readonly save: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Who can read them, in words; null while one is not in the group. */
  readonly readers: string | null;
  readonly onClose: () => void;
}

export function DocumentsSheet(props: DocumentsSheetProps): ReactNode {
  const { state, readers } = props;
  const words = useWords();
  const t = words.part(enDocuments);
  const { told, reading, fetching, ...does } = useDocuments(props);
  return (
    <Sheet size="side" title={t("title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <div className="documents">
        {state.documents.length === 0 ? <p className="quiet">{t(readers === null ? "none.group" : "none")}</p> : null}
        <ul>
          {state.documents.map((document) => (
            <Document
              key={document.id}
              document={document}
              // Whoever pressed a button keeps the focus on it, to be given back when what they read is closed.
              busy={state.moving !== null && fetching !== document.id}
              onRead={does.read}
              onSave={does.save}
              onRemove={does.remove}
            />
          ))}
        </ul>
        {state.moving === null ? null : <OnItsWay moving={state.moving} />}
        <p role="status">{told}</p>
        {readers === null ? null : <PutIn busy={state.moving !== null} onPut={does.put} />}
        {readers === null ? null : <p className="quiet">{t("who", { names: readers })}</p>}
      </div>
      {reading === null ? null : <ReadSheet {...reading} onClose={does.close} />}
    </Sheet>
  );
}

/** What is open, and what it is called. */
interface Reading {
  readonly name: string;
  readonly opened: Opened;
}

/** What is done with documents here, what is said of it, and which of them is read. */
function useDocuments({ hands, attempt, save }: Pick<DocumentsSheetProps, "hands" | "attempt" | "save">) {
  const words = useWords();
  const t = useMemo(() => words.part(enDocuments), [words]);
  const [told, tell] = useState("");
  const [reading, setReading] = useState<Reading | null>(null);
  const [fetching, setFetching] = useState<string | null>(null);
  const fetch = (document: BoothDocument, then: (bytes: Uint8Array<ArrayBuffer>) => void): void => {
    if (fetching !== null) return;
    setFetching(document.id);
    attempt(async () => {
      tell("");
      try {
        then(await hands.read(document));
      } catch (error) {
        if (!(error instanceof RefusedError) || error.code !== "not_found") throw error;
        tell(t("gone", { name: document.name }));
      } finally {
        setFetching(null);
      }
    });
  };
  return {
    told,
    reading,
    fetching,
    close: () => {
      setReading(null);
    },
    put: (file: File): void => {
      const fault = hands.faultOf(file.size);
      if (fault !== null) return tell(t(`why.${fault}`, { name: file.name }));
      attempt(async () => {
        tell("");
        await hands.put(file.name, new Uint8Array(await file.arrayBuffer()));
        tell(t("added", { name: file.name }));
      });
    },
    read: (document: BoothDocument): void => {
      const { name } = document;
      fetch(document, (bytes) => {
        const what = opened(bytes);
        if (what === null) tell(t("read.not", { name }));
        else if (what.as === "paper" && !navigator.pdfViewerEnabled) tell(t("paper.none", { name }));
        else setReading({ name, opened: what });
      });
    },
    save: (document: BoothDocument): void => {
      fetch(document, (bytes) => {
        save(document.name, bytes);
      });
    },
    remove: (document: BoothDocument): void => {
      attempt(async () => {
        await hands.takeAway(document);
        tell(t("removed", { name: document.name }));
      });
    },
  };
}

function Document(
  props: Readonly<
    { document: BoothDocument; busy: boolean } & Record<
      "onRead" | "onSave" | "onRemove",
      (document: BoothDocument) => void
    >
  >,
): ReactNode {
  const { document } = props;
  const { name, size } = document;
  const words = useWords();
  const t = words.part(enDocuments);
  return (
    <li>
      <p>
        <bdi>{name}</bdi>
        <small>{sizeIn(words.language, size)}</small>
      </p>
      <Button
        label={t("read.what", { name })}
        disabled={props.busy}
        onPress={() => {
          props.onRead(document);
        }}
      >
        {t("read")}
      </Button>
      <Button
        label={t("save.what", { name })}
        disabled={props.busy}
        onPress={() => {
          props.onSave(document);
        }}
      >
        {t("save")}
      </Button>
      <Button
        tone="quiet"
        label={t("remove", { name })}
        disabled={props.busy}
        onPress={() => {
          props.onRemove(document);
        }}
      >
        ×
      </Button>
    </li>
  );
}

function OnItsWay({ moving: { name, part, of } }: { readonly moving: Moving }): ReactNode {
  const words = useWords();
  const text = words.part(enDocuments)("moving", { name, percent: words.percent(part / of) });
  return (
    <div className="documents-moving">
      <progress max={of} value={part} aria-label={name} />
      <span>{text}</span>
    </div>
  );
}

function PutIn({ busy, onPut }: { readonly busy: boolean; readonly onPut: (file: File) => void }): ReactNode {
  const id = useId();
  const t = useWords().part(enDocuments);
  return (
    <div className="field">
      <label htmlFor={id}>{t("put")}</label>
      <input
        id={id}
        type="file"
        disabled={busy}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onPut(file);
          // The same file once more is a change too.
          target.value = "";
        }}
      />
      <small id={`${id}-hint`}>
        {t("put.hint")} {t("read.hint")} {t("save.hint")}
      </small>
    </div>
  );
}

const KILO = 1000;

function sizeIn(language: string, bytes: number): string {
  const isLarge = bytes >= KILO * KILO;
  const unit = isLarge ? "megabyte" : "kilobyte";
  // Nobody wants to read that there are 0 kB.
  const count = Math.max(1, bytes / (isLarge ? KILO * KILO : KILO));
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(count);
}

import { useState, type ReactNode } from "react";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { Snapshot } from "../../contract/parse";
import type { AgendaItemId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Field } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { useWords } from "../../i18n/ui/Words";

export interface AgendaLine {
  readonly id?: AgendaItemId;
  readonly title: string;
  readonly minutes: number;
}

interface Draft {
  /** Stays the same while the line moves, so that focus moves with it. */
  readonly key: string;
  readonly id: AgendaItemId | null;
  readonly title: string;
  readonly minutes: string;
}

export interface AgendaEditorProps {
  readonly agenda: Snapshot["agenda"];
  readonly onSave: (lines: readonly AgendaLine[]) => void;
  readonly onClose: () => void;
}

/** Add, rename, reorder, remove; nothing is sent before it is saved. */
export function AgendaEditor(props: AgendaEditorProps): ReactNode {
  const words = useWords();
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => props.agenda.map(draftOf));
  const lines = linesOf(drafts);
  const change = (position: number, part: Partial<Draft>) => {
    setDrafts(drafts.map((draft, index) => (index === position ? { ...draft, ...part } : draft)));
  };
  const add = () => {
    setDrafts([
      ...drafts,
      {
        key: `new ${drafts.length} ${Math.max(0, ...drafts.map((each) => each.key.length))}`,
        id: null,
        title: "",
        minutes: "10",
      },
    ]);
  };
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
        {words.t("agenda.save")}
      </Button>
    </>
  );
  return (
    <Sheet title={words.t("agenda.editing")} closeLabel={words.t("close")} onClose={props.onClose} footer={footer}>
      <ol className="agenda-editor">
        {drafts.map((draft, index) => (
          <Line
            key={draft.key}
            draft={draft}
            number={index + 1}
            last={index === drafts.length - 1}
            onChange={(part) => {
              change(index, part);
            }}
            onMove={(by) => {
              setDrafts(moved(drafts, index, by));
            }}
            onRemove={() => {
              setDrafts(drafts.filter((_, position) => position !== index));
            }}
          />
        ))}
      </ol>
      <Button onPress={add}>
        <Plus className="icon" aria-hidden />
        {words.t("agenda.add")}
      </Button>
    </Sheet>
  );
}

function Line(props: {
  readonly draft: Draft;
  readonly number: number;
  readonly last: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const words = useWords();
  const { draft, number } = props;
  return (
    <li>
      <Field
        labelUnseen
        label={words.t("agenda.item.title", { number })}
        value={draft.title}
        onChange={(title) => {
          props.onChange({ title });
        }}
      />
      <Field
        labelUnseen
        kind="number"
        label={words.t("agenda.item.minutes", { number })}
        value={draft.minutes}
        onChange={(minutes) => {
          props.onChange({ minutes });
        }}
      />
      <Button
        tone="quiet"
        label={words.t("agenda.up", { number })}
        disabled={number === 1}
        onPress={() => {
          props.onMove(-1);
        }}
      >
        <ArrowUp className="icon" aria-hidden />
      </Button>
      <Button
        tone="quiet"
        label={words.t("agenda.down", { number })}
        disabled={props.last}
        onPress={() => {
          props.onMove(1);
        }}
      >
        <ArrowDown className="icon" aria-hidden />
      </Button>
      <Button tone="quiet" label={words.t("agenda.remove", { number })} onPress={props.onRemove}>
        <Trash2 className="icon" aria-hidden />
      </Button>
    </li>
  );
}

function draftOf(item: Snapshot["agenda"][number]): Draft {
  return { key: item.id, id: item.id, title: item.title, minutes: String(item.minutes) };
}

/** What would be saved; null while a title is empty or the minutes are no whole number above 0. */
function linesOf(drafts: readonly Draft[]): readonly AgendaLine[] | null {
  const lines: AgendaLine[] = [];
  for (const draft of drafts) {
    const minutes = Number(draft.minutes);
    const title = draft.title.trim();
    if (title === "" || !Number.isInteger(minutes) || minutes < 1) return null;
    lines.push(draft.id === null ? { title, minutes } : { id: draft.id, title, minutes });
  }
  return lines;
}

function moved(drafts: readonly Draft[], from: number, by: -1 | 1): readonly Draft[] {
  const draft = drafts[from];
  if (draft === undefined) return drafts;
  const rest = drafts.filter((_, index) => index !== from);
  return [...rest.slice(0, from + by), draft, ...rest.slice(from + by)];
}

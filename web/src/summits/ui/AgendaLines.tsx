import type { ReactNode } from "react";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { Snapshot } from "../../contract/parse";
import type { AgendaItemId } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Field } from "../../design/controls";
import { enAgenda } from "../../i18n/enAgenda";
import { useWords } from "../../i18n/ui/Words";

export interface AgendaLine {
  readonly id?: AgendaItemId;
  readonly title: string;
  readonly minutes: number;
}

export interface Draft {
  /** Stays the same while the line moves, so that focus moves with it. */
  readonly key: string;
  readonly id: AgendaItemId | null;
  readonly title: string;
  readonly minutes: string;
}

/** The lines of an agenda that is being written: add, rename, reorder, remove. */
export function AgendaLines(props: {
  readonly drafts: readonly Draft[];
  readonly onChange: (drafts: readonly Draft[]) => void;
}): ReactNode {
  const t = useWords().part(enAgenda);
  const { drafts, onChange } = props;
  const change = (position: number, part: Partial<Draft>) => {
    onChange(drafts.map((draft, index) => (index === position ? { ...draft, ...part } : draft)));
  };
  const add = () => {
    onChange([
      ...drafts,
      {
        key: `new ${drafts.length} ${Math.max(0, ...drafts.map((each) => each.key.length))}`,
        id: null,
        title: "",
        minutes: "10",
      },
    ]);
  };
  return (
    <>
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
              onChange(moved(drafts, index, by));
            }}
            onRemove={() => {
              onChange(drafts.filter((_, position) => position !== index));
            }}
          />
        ))}
      </ol>
      <Button onPress={add}>
        <Plus className="icon" aria-hidden />
        {t("agenda.add")}
      </Button>
    </>
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
  const t = useWords().part(enAgenda);
  const { draft, number } = props;
  return (
    <li>
      <Field
        labelUnseen
        label={t("agenda.item.title", { number })}
        value={draft.title}
        onChange={(title) => {
          props.onChange({ title });
        }}
      />
      <Field
        labelUnseen
        kind="number"
        unit={t("agenda.unit")}
        label={t("agenda.item.minutes", { number })}
        value={draft.minutes}
        onChange={(minutes) => {
          props.onChange({ minutes });
        }}
      />
      <Button
        tone="quiet"
        label={t("agenda.up", { number })}
        disabled={number === 1}
        onPress={() => {
          props.onMove(-1);
        }}
      >
        <ArrowUp className="icon" aria-hidden />
      </Button>
      <Button
        tone="quiet"
        label={t("agenda.down", { number })}
        disabled={props.last}
        onPress={() => {
          props.onMove(1);
        }}
      >
        <ArrowDown className="icon" aria-hidden />
      </Button>
      <Button tone="quiet" label={t("agenda.remove", { number })} onPress={props.onRemove}>
        <Trash2 className="icon" aria-hidden />
      </Button>
    </li>
  );
}

export function draftOf(item: Snapshot["agenda"][number]): Draft {
  return { key: item.id, id: item.id, title: item.title, minutes: String(item.minutes) };
}

/** What would be sent; null while a title is empty or the minutes are no whole number above 0. */
export function linesOf(drafts: readonly Draft[]): readonly AgendaLine[] | null {
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

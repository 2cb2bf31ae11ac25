/** What is read, chosen or filled in: choices, fields, meters, notices, badges, keys. */
import { useId, type CSSProperties, type ReactNode } from "react";
import { ChevronDown } from "lucide-react";
import type { Tone } from "./Button";

/** One of few, picked by the browser's own control, which every phone and screen reader knows. */
export function Choice(props: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: string | null;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly empty: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const none = props.options.length === 0;
  return (
    <div className="choice">
      {props.icon}
      <select
        aria-label={props.label}
        disabled={none}
        value={none ? "" : (props.value ?? props.options[0]?.id ?? "")}
        onChange={(event) => {
          props.onChoose(event.target.value);
        }}
      >
        {none ? <option value="">{props.empty}</option> : null}
        {props.options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
      <ChevronDown className="icon opens" aria-hidden />
    </div>
  );
}

/** A line of text to fill in. */
export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: "text" | "number" | "datetime-local";
  readonly labelUnseen?: boolean;
  /** What a number counts, seen beside it; the label says it in words. */
  readonly unit?: string;
}): ReactNode {
  const id = useId();
  return (
    <div className="field" data-unit={props.unit === undefined ? undefined : true}>
      <label htmlFor={id} className={props.labelUnseen ? "unseen" : undefined}>
        {props.label}
      </label>
      <input
        id={id}
        // What people write reads in its own direction, whatever the page's.
        dir={props.kind === undefined ? "auto" : undefined}
        type={props.kind ?? "text"}
        min={props.kind === "number" ? 1 : undefined}
        maxLength={props.kind === undefined ? 200 : undefined}
        value={props.value}
        onChange={(event) => {
          props.onChange(event.target.value);
        }}
      />
      {props.unit === undefined ? null : (
        <span className="field-unit" aria-hidden>
          {props.unit}
        </span>
      )}
    </div>
  );
}

/** `value` from 0 to 1, told as a percentage. */
export function Meter(props: { readonly label: string; readonly value: number }): ReactNode {
  const percent = Math.round(props.value * 100);
  return (
    <div
      className="meter"
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={reach(percent)} />
    </div>
  );
}

/** A slider from 0 to 1. `text` is its value in words. */
export function Level(props: {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly onChange: (value: number) => void;
  readonly children: ReactNode;
}): ReactNode {
  const percent = Math.round(props.value * 100);
  return (
    <div className="level">
      <span aria-hidden>{props.children}</span>
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        aria-label={props.label}
        aria-valuetext={props.text}
        value={percent}
        style={reach(percent)}
        onChange={(event) => {
          props.onChange(Number(event.target.value) / 100);
        }}
      />
    </div>
  );
}

function reach(percent: number): CSSProperties {
  return { "--reach": `${percent}%` } as CSSProperties;
}

/** Something to know, with a way on. Alarms are told at once, the rest when the listener is free. */
export function Notice(props: {
  readonly icon: ReactNode;
  readonly tone?: "calm" | "caution" | "alarm";
  readonly children: ReactNode;
  /** False where it stands on the page from the start. */
  readonly live?: boolean;
}): ReactNode {
  const live = props.live ?? true;
  const role = props.tone === "alarm" ? "alert" : "status";
  return (
    <div className="notice" data-tone={props.tone ?? "calm"} role={live ? role : undefined}>
      {props.icon}
      <div>{props.children}</div>
    </div>
  );
}

export function Badge(props: {
  readonly tone?: Extract<Tone, "plain" | "accent">;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className="badge" data-tone={props.tone ?? "plain"}>
      {props.children}
    </span>
  );
}

/** The key of what it stands on, for those who look: others are told by the control itself. */
export function KeyOn({ children }: { readonly children: string }): ReactNode {
  return (
    <span aria-hidden className="function-key">
      <Key>{children}</Key>
    </span>
  );
}

export function Key(props: { readonly children: string }): ReactNode {
  return <kbd className="key">{props.children}</kbd>;
}

/** A field for more than one line. */
import { useEffect, useId, useRef, type ReactNode } from "react";

export interface WritingProps {
  readonly label: string;
  /** What is to be known before one writes. */
  readonly hint: string;
  readonly value: string;
  readonly longest: number;
  /** Where whoever opened the field wants to begin. */
  readonly focused: boolean;
  readonly onChange: (value: string) => void;
  /** Enter without Shift. */
  readonly onEnter: () => void;
}

/** Some lines to fill in: Enter is done with them, Shift and Enter begin another. */
export function Writing(props: WritingProps): ReactNode {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { focused } = props;
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  return (
    <div className="field writing">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        ref={field}
        id={id}
        rows={2}
        // What people write reads in its own direction, whatever the page's.
        dir="auto"
        maxLength={props.longest}
        aria-describedby={`${id}-hint`}
        value={props.value}
        onChange={(event) => {
          props.onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          // Enter also ends what an input method composes: that is no word to send.
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          props.onEnter();
        }}
      />
      <small id={`${id}-hint`}>{props.hint}</small>
    </div>
  );
}

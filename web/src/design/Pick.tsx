/** A field of a form that is picked, not written. */
import { useId, type ReactNode } from "react";
import { ChevronDown } from "lucide-react";

/** One of few, with its question above it, as a field of a form has. */
export function Pick<Id extends string>(props: {
  readonly label: string;
  readonly value: Id;
  readonly options: readonly { readonly id: Id; readonly text: string }[];
  readonly onPick: (id: Id) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="choice plain">
        <select
          id={id}
          value={props.value}
          onChange={(event) => {
            const picked = props.options.find((option) => option.id === event.target.value);
            if (picked !== undefined) props.onPick(picked.id);
          }}
        >
          {props.options.map((option) => (
            <option key={option.id} value={option.id} dir="auto">
              {option.text}
            </option>
          ))}
        </select>
        <ChevronDown className="icon opens" aria-hidden />
      </div>
    </div>
  );
}

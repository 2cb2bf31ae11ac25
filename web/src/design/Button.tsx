import type { ReactNode } from "react";
import { Button as AriaButton, ToggleButton } from "react-aria-components";

export type Tone = "plain" | "primary" | "accent" | "danger" | "quiet" | "link" | "live";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  readonly tone?: Tone;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly large?: boolean;
  /** The accessible name, where the words inside are not enough. */
  readonly label?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly type?: "button" | "submit";
  readonly className?: string;
}

/** A button with words in it; `wide` fills its line, `large` is for the one thing to do on a page. */
export function Button(props: ButtonProps): ReactNode {
  return (
    <AriaButton
      className={`button ${props.className ?? ""}`}
      type={props.type ?? "button"}
      isDisabled={props.disabled ?? false}
      data-tone={props.tone ?? "plain"}
      data-wide={props.wide || undefined}
      data-large={props.large || undefined}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.shortcut === undefined ? {} : { "aria-keyshortcuts": props.shortcut })}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
    >
      {props.children}
    </AriaButton>
  );
}

export interface ToggleProps {
  readonly children: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  /** Stays the same whether on or off; on and off are told by the pressed state. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly tone?: Tone;
  readonly shortcut?: string;
}

/** A button that is on or off. */
export function Toggle(props: ToggleProps): ReactNode {
  return (
    <ToggleButton
      className="button"
      isSelected={props.on}
      isDisabled={props.disabled ?? false}
      data-tone={props.tone ?? "plain"}
      aria-label={props.label}
      {...(props.shortcut === undefined ? {} : { "aria-keyshortcuts": props.shortcut })}
      onChange={props.onChange}
    >
      {props.children}
    </ToggleButton>
  );
}

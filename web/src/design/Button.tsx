/** What is pressed: buttons and toggles. */
import type { ReactNode } from "react";

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
  readonly className?: string;
  /** Whether what it opens beside it is open. */
  readonly expanded?: boolean;
  /** Sends the form it stands in. */
  readonly submits?: boolean;
}

/**
 * A button with words in it; `wide` fills its line, `large` is for the one thing to do on a page.
 *
 * The browser's own, not the library's: everybody loads it before the stage, and the library's would weigh 16 kB.
 */
export function Button(props: ButtonProps): ReactNode {
  return (
    <button
      type={props.submits ? "submit" : "button"}
      className={`button ${props.className ?? ""}`}
      disabled={props.disabled}
      data-tone={props.tone ?? "plain"}
      data-wide={props.wide || undefined}
      data-large={props.large || undefined}
      aria-label={props.label}
      aria-expanded={props.expanded}
      aria-keyshortcuts={props.shortcut}
      onClick={props.onPress}
    >
      {props.children}
    </button>
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
  /** Why what is on does nothing yet: shown by its look, said in words to those who do not see it. */
  readonly tells?: { readonly state: "waits" | "trouble"; readonly text: string } | undefined;
}

/** A button that is on or off. */
export function Toggle(props: ToggleProps): ReactNode {
  return (
    <button
      type="button"
      className="button"
      disabled={props.disabled}
      data-tone={props.tone ?? "plain"}
      data-tells={props.tells?.state}
      title={props.tells?.text}
      aria-pressed={props.on}
      aria-label={props.label}
      aria-keyshortcuts={props.shortcut}
      onClick={() => {
        props.onChange(!props.on);
      }}
    >
      {props.children}
    </button>
  );
}

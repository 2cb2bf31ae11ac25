/** The page that says one thing, in the middle. */
import type { ReactNode } from "react";

/** A page that says one thing. */
export function Statement(props: {
  readonly sign: ReactNode;
  readonly title: string;
  /** What it is about, above the title. */
  readonly eyebrow?: ReactNode;
  readonly busy?: boolean;
  /** A name for tests and styles to know which statement it is. */
  readonly kind?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="statement" data-statement={props.kind} aria-busy={props.busy ?? false}>
      {props.sign}
      {props.eyebrow === undefined ? null : <p className="eyebrow">{props.eyebrow}</p>}
      <h1>{props.title}</h1>
      {props.children}
    </section>
  );
}

/** The page that says one thing, in the middle. */
import type { ReactNode } from "react";

/** A page that says one thing. */
export function Statement(props: {
  readonly sign: ReactNode;
  readonly title: string;
  readonly busy?: boolean;
  /** A name for tests and styles to know which statement it is. */
  readonly kind?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="statement" data-statement={props.kind} aria-busy={props.busy ?? false}>
      {props.sign}
      <h1>{props.title}</h1>
      {props.children}
    </section>
  );
}

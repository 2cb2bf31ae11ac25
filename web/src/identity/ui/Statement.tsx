import type { ReactNode } from "react";
import "./identity.css";

/** A page that says one thing. */
export function Statement(props: {
  readonly sign: ReactNode;
  readonly title: string;
  readonly busy?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="statement" aria-busy={props.busy ?? false}>
      {props.sign}
      <h1>{props.title}</h1>
      {props.children}
    </section>
  );
}

import type { ReactNode } from "react";
import "./identity.css";

/** Who one is and what is agreed, line by line, as accredited. */
export function Credentials(props: { readonly lines: readonly (readonly [term: string, value: string])[] }): ReactNode {
  return (
    <dl className="credentials">
      {props.lines.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

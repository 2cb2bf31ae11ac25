import type { ReactNode } from "react";

/** What stands over the columns of a table. */
export function TableHead({ heads }: { readonly heads: readonly string[] }): ReactNode {
  return (
    <thead>
      <tr>
        {heads.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

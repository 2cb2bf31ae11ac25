/** The pictures of a stage, and beside them, never over them, whoever signs in the channels that one chose. */
import { lazy, Suspense, type ReactNode } from "react";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const Signs = lazy(async () => ({ default: (await import("./Signs")).Signs }));

export interface BesideProps {
  readonly sitting: Sitting;
  readonly children: ReactNode;
  /** Whether single keys set the size; at a console they mean other things. */
  readonly keyed?: boolean;
}

export function Beside({ sitting, children, keyed = true }: BesideProps): ReactNode {
  const { signs, pinned } = useReadable(useServices().interpretation.state);
  const shown = signs.filter(({ language }) => pinned.includes(language));
  return (
    <div className="beside">
      {children}
      {shown.length === 0 ? null : (
        <Suspense>
          <Signs signs={shown} seats={sitting.snapshot.seats} keyed={keyed} />
        </Suspense>
      )}
    </div>
  );
}

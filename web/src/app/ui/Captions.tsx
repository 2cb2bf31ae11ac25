/** Captions where somebody writes them, and the desk at which an interpreter does; their code is fetched then. */
import { lazy, Suspense, type ReactNode } from "react";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const Reading = lazy(async () => ({ default: (await import("./CaptionsRead")).Reading }));
const CaptionsMenu = lazy(async () => ({ default: (await import("./CaptionsRead")).CaptionsMenu }));
const CaptionDesk = lazy(async () => ({ default: (await import("./CaptionDesk")).CaptionDesk }));

interface CaptionsProps {
  readonly sitting: Sitting;
}

/** The lines that one reads. */
export function Captions({ sitting }: CaptionsProps): ReactNode {
  const { now, reads } = useReadable(useServices().captions.state);
  if (reads === null || now.size === 0) return null;
  return (
    <Suspense>
      <Reading sitting={sitting} />
    </Suspense>
  );
}

/** Hear one, read another: the choice of what is read. */
export function CaptionsChoice({ sitting }: CaptionsProps): ReactNode {
  const { now } = useReadable(useServices().captions.state);
  if (now.size === 0) return null;
  return (
    <Suspense>
      <CaptionsMenu sitting={sitting} />
    </Suspense>
  );
}

/** For interpreters: writes instead of speaking. */
export function CaptionsWriting({ sitting }: CaptionsProps): ReactNode {
  if (sitting.you.role !== "interpreter") return null;
  return (
    <Suspense>
      <CaptionDesk sitting={sitting} />
    </Suspense>
  );
}

import { lazy, Suspense, type ReactNode } from "react";
import type { CallState } from "../../rooms/model";
import type { Sitting } from "./sitting";

const Words = lazy(async () => ({ default: (await import("./CameMutedWords")).CameMutedWords }));

/** Says to whoever comes back from the caucus or a recess that they are not heard, and which key changes that. */
export function CameMuted({ sitting, call }: { readonly sitting: Sitting; readonly call: CallState }): ReactNode {
  const { mode } = sitting.snapshot.meeting;
  // The region is there before its words: only then are they surely read out.
  return (
    <div className="came-muted" role="status">
      {call.cameMuted && mayBeHeard(call) ? (
        <Suspense>
          <Words interpreter={sitting.you.role === "interpreter"} onFloor={mode !== "simultaneous"} />
        </Suspense>
      ) : null}
    </div>
  );
}

function mayBeHeard({ seating }: CallState): boolean {
  return seating.at === "seated" && seating.room === "chamber" && seating.grant.publish.includes("microphone");
}

import { lazy, type ReactNode } from "react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import type { Lock } from "../../keys";
import { LockState } from "./Lock";
import type { Sitting } from "./sitting";

const CodeSheet = lazy(async () => ({ default: (await import("./CodeSheet")).CodeSheet }));

/** The state of the keys in the doors' line; behind it the code, for whoever can compare it. */
export function Code({ sitting, lock }: { readonly sitting: Sitting; readonly lock: Lock }): ReactNode {
  const { open, sheet } = useSheet((close) => <CodeSheet sitting={sitting} onClose={close} />);
  return (
    <>
      <span className="lock-line" role="status">
        {isAboutTheCode(lock) ? (
          <Button tone="link" className="lock-button" shortcut="k" onPress={open}>
            <LockState lock={lock} />
          </Button>
        ) : (
          <LockState lock={lock} />
        )}
      </span>
      {sheet}
    </>
  );
}

function isAboutTheCode(lock: Lock): boolean {
  if (lock.lock === "alarm") return lock.why === "mismatch" || lock.why === "warned";
  return lock.lock === "verified" || lock.lock === "unverified";
}

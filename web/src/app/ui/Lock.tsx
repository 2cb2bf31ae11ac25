/** The one state of the keys, in words and a sign that are the same wherever it is shown. */
import type { ReactNode } from "react";
import { Eye, KeyRound, LockKeyhole, ShieldAlert, ShieldCheck, ShieldQuestionMark } from "lucide-react";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import { type Lock, lockOf } from "../../keys";
import type { RoomName } from "../../rooms/model";
import { useCeremony } from "./ceremony";
import { phaseSeen } from "./doorsSeen";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const SIGNS = {
  alarm: ShieldAlert,
  waiting: KeyRound,
  open: Eye,
  verified: ShieldCheck,
  unverified: ShieldQuestionMark,
  caucus: LockKeyhole,
} as const;

/** The state of the keys as one sees it from a room; null in none. */
export function useLock(sitting: Sitting, room: RoomName | null): Lock | null {
  const { gestures, keys } = useServices();
  const state = useReadable(keys.state);
  const { findings } = useReadable(gestures.state);
  const { ceremony } = useCeremony();
  if (room === null) return null;
  return lockOf({ keys: state, ceremony, findings, room, areDoorsOpen: phaseSeen(sitting, state) === "open" });
}

function lockWords(lock: Lock, words: Words): string {
  if ("why" in lock) return words.t(`lock.${lock.why}`);
  if (lock.lock !== "verified") return words.t(`lock.${lock.lock}`);
  const time = words.clock(lock.at);
  return lock.since === 0
    ? words.t("lock.verified", { time })
    : words.t("lock.verified.since", { time, count: lock.since });
}

/** Sign and words together, never a colour alone. */
export function LockState({ lock }: { readonly lock: Lock }): ReactNode {
  const words = useWords();
  const Sign = SIGNS[lock.lock];
  return (
    <span className="lock" data-lock={lock.lock}>
      <Sign className="icon" aria-hidden />
      <span>{lockWords(lock, words)}</span>
    </span>
  );
}

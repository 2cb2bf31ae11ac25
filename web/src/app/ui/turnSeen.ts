/** Consecutive mode as an interpreter's console shows it. Fetched with the console. */
import { useMemo } from "react";
import { enTurns } from "../../i18n/enTurns";
import { useWords } from "../../i18n/ui/Words";
import type { TurnSeen } from "../../interpretation/ui/console/sees";
import type { CallState } from "../../rooms/model";
import { floorSeconds, isHeld } from "../../summits";
import type { Sitting } from "./sitting";
import { noWay, sayingOf, waitingOf, waysOf } from "./turnWords";
import { useNow, useServices } from "./useServices";

/** What there is to see, and how the floor is handed on by the nth way. */
export interface Turn {
  readonly seen: TurnSeen | null;
  readonly handOn: (nth: number) => Promise<void>;
}

export function useTurn(sitting: Sitting, { sending, wished }: CallState): Turn {
  const words = useWords();
  const { orders } = useServices();
  const now = useNow();
  const isConsecutive = sitting.snapshot.meeting.mode === "consecutive";
  const isSent = sending.microphone;
  const isOn = wished.microphone;
  return useMemo(() => {
    const t = words.part(enTurns);
    const ways = waysOf(sitting, t);
    const { floor } = sitting.snapshot;
    const seconds = floorSeconds(floor, now);
    const of = t(floor.interprets === null ? "statement" : "interpretation");
    const seen: TurnSeen = {
      says: sayingOf(sitting, t),
      means: meaning(),
      has: ways !== null,
      microphone: isOn,
      isHeard: isSent && !isHeld(sitting.you, sitting.snapshot),
      clock: seconds === null ? null : { of, seconds },
      ways: ways ?? [],
    };
    return { seen: isConsecutive ? seen : null, handOn: async (nth) => ways?.[nth - 1]?.go(orders) };

    function meaning(): string {
      if (ways !== null && !isSent) return t("off.microphone");
      return ways?.length === 0 ? noWay(sitting, t) : waitingOf(sitting, t);
    }
  }, [isConsecutive, isOn, isSent, now, orders, sitting, words]);
}

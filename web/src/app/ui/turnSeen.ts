/** Interpretation in turn, as an interpreter's console shows it. Fetched with the console. */
import { useMemo } from "react";
import { enLiaison } from "../../i18n/enLiaison";
import { enTurns } from "../../i18n/enTurns";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import type { TurnSeen } from "../../interpretation/ui/console/sees";
import type { CallState } from "../../rooms/model";
import { floorSeconds, isHeld } from "../../summits";
import { grantedTo } from "./hearers";
import { besidesOf, mannerOf, speaksNow } from "./liaisonWords";
import type { Sitting } from "./sitting";
import { noWay, sayingOf, waitingOf, type WayOn, waysOf } from "./turnWords";
import { useNow, useServices } from "./useServices";

/** What there is to see, and how the floor is handed on by the nth way. */
export interface Turn {
  readonly seen: TurnSeen | null;
  readonly handOn: (nth: number) => Promise<void>;
}

/** One's own microphone: wished, and on the line, be it that one coughs. */
interface Microphone {
  readonly isOn: boolean;
  readonly isSent: boolean;
}

/** @param coughing whether one keeps silent what one sends, for as long as one holds the key. */
export function useTurn(sitting: Sitting, call: CallState, coughing: boolean): Turn {
  const words = useWords();
  const { orders } = useServices();
  const now = useNow();
  const isOn = call.wished.microphone;
  const isSent = call.sending.microphone || (coughing && isOn && grantedTo(call).includes("microphone"));
  return useMemo((): Turn => {
    switch (sitting.snapshot.meeting.mode) {
      case "simultaneous":
        return { seen: null, handOn: async () => undefined };
      case "consecutive": {
        const ways = waysOf(sitting, words.part(enTurns));
        const seen = consecutiveSeen({ sitting, words, now }, { isOn, isSent }, ways);
        return { seen, handOn: async (nth) => ways?.[nth - 1]?.go(orders) };
      }
      case "liaison":
        return { seen: liaisonSeen({ sitting, words }, { isOn, isSent }), handOn: async () => undefined };
    }
  }, [isOn, isSent, now, orders, sitting, words]);
}

function consecutiveSeen(
  { sitting, words, now }: { readonly sitting: Sitting; readonly words: Words; readonly now: number },
  { isOn, isSent }: Microphone,
  ways: readonly WayOn[] | null,
): TurnSeen {
  const t = words.part(enTurns);
  const { floor } = sitting.snapshot;
  const seconds = floorSeconds(floor, now);
  const of = t(floor.interprets === null ? "statement" : "interpretation");
  return {
    mode: "consecutive",
    says: sayingOf(sitting, t),
    means: meaning(),
    isOwn: ways !== null,
    microphone: isOn,
    isHeard: isSent && !isHeld(sitting.you, sitting.snapshot),
    clock: seconds === null ? null : { of, seconds },
    ways: ways ?? [],
  };

  function meaning(): string {
    if (ways !== null && !isSent) return t("off.microphone");
    return ways?.length === 0 ? noWay(sitting, t) : waitingOf(sitting, t);
  }
}

function liaisonSeen(
  { sitting, words }: { readonly sitting: Sitting; readonly words: Words },
  { isOn, isSent }: Microphone,
): TurnSeen {
  const t = words.part(enLiaison);
  const isOwn = speaksNow(sitting) === "always";
  const isHeard = isSent && isOwn;
  return {
    mode: "liaison",
    says: t(isHeard ? "heard.you" : isOn ? "unheard.now" : "unheard.you"),
    means: meaning(),
    isOwn,
    microphone: isOn,
    isHeard,
    clock: null,
    ways: [],
  };

  function meaning(): string {
    if (!isHeard) return isOn ? "" : t("switch.on");
    const besides = besidesOf(sitting, t);
    return besides === "" ? mannerOf(sitting, t) : besides;
  }
}

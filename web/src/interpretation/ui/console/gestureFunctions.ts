/** What an interpreter shows the chamber without a word: two rows of the table of functions. */
import { Gauge, Hand } from "lucide-react";
import type { ConsoleFunction } from "./consoleFunction";

export const SLOW: ConsoleFunction = {
  id: "slow",
  key: "s",
  place: "grid",
  icon: Gauge,
  name: (_, { t }) => t("slow"),
  state: ({ slowing }) => (slowing ? "waiting" : "off"),
  act: async (hands, { slowing }, { t }) => {
    if (slowing) return;
    await hands.slowDown();
    hands.explain(t("slow.asked"));
  },
};

/** Its key is no letter: none is free. */
export const HAND: ConsoleFunction = {
  id: "hand",
  key: "-",
  place: "bar",
  icon: Hand,
  name: ({ handUp }, { words }) => words.t(handUp ? "hand.lower" : "hand.raise"),
  state: ({ handUp }) => (handUp ? "waiting" : "off"),
  act: async (hands, { handUp }) => hands.raiseHand(!handUp),
};

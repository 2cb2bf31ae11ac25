import type { MessageTable } from "./translator";

/** English for what waits for the delegations' consent: fetched when something does. */
export const enConsents = {
  open_doors: "{delegations} asked to open the doors.",
  change_format: "{delegations} asked to change to {argument}.",
  change_mode: "{delegations} asked for {argument} interpretation.",
  mine: "Waiting for {delegations}.",
  yours: "It waits for your answer.",
  theirs: "It is done when your chair agrees.",
  agree: "Agree",
  withdraw: "Withdraw",
} as const satisfies MessageTable;

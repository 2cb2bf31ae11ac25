import type { MessageTable } from "./translator";

/** English for what is written to each other: fetched with its sheet. */
export const enChat = {
  "chat.title.chamber": "Messages in the chamber",
  "chat.title.caucus": "Messages of {delegation}",
  "chat.who.chamber": "Sealed for the delegations in the chamber. The press cannot read them, doors open or closed.",
  "chat.who.caucus": "Sealed for {delegation}. No other delegation can read them.",
  "chat.before": "What was said before you came cannot be shown.",
  "chat.log": "What was said",
  "chat.none": "Nobody has written anything yet.",
  "chat.field": "Your message",
  "chat.hint": "Enter sends. Shift and Enter begin a new line.",
  "chat.send": "Send",
  "chat.you": "You",
  "chat.from": "{role} · {delegation}",
  "chat.sending": "Sending",
  "chat.sent": "Sent",
  "chat.unsent": "Not sent.",
  "chat.unsent.keys": "This device has no keys for this room at the moment. It may or may not have come.",
  "chat.again": "Send again",
  "chat.mend": "Change it",
  "chat.gap": { one: "{count} message of {name} has not come", other: "{count} messages of {name} have not come" },
  "chat.forged": "A message came that was changed on its way, or is by somebody else than it says. It is not shown.",
  "chat.replay": "A message came a second time, or out of its order. It is not shown.",
  "chat.removed": "A message came from somebody who had been put out. It is not shown.",
  "chat.unknown": "A message came that this device has no key for, or cannot read.",
} as const satisfies MessageTable;

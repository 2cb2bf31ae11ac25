import type { MessageTable } from "./translator";

/** English for what is said and shown beside sound and picture: messages, raised hands, the word to slow down. */
export const enTalk = {
  "chat.open": "Messages",
  "chat.open.unread": { one: "Messages {count} unread", other: "Messages {count} unread" },
  "chat.unread": { one: "{count} unread message", other: "{count} unread messages" },

  "hand.raise": "Raise your hand",
  "hand.lower": "Lower your hand",
  "hand.up": "Hand raised",
  "hand.title": "Raised hands",
  "hand.told": "Raised hands: {names}",
  "hand.from": "{name}, {delegation}",
  "hand.you": "{name} · You",

  "slow.down": "Please slow down",
  "slow.down.text": "— the interpreters cannot follow",
} as const satisfies MessageTable;

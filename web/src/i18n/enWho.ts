import type { MessageTable } from "./translator";

/** English for who can hear: fetched with its sheet. */
export const enWho = {
  "who.title": "Who can hear me",
  "who.count": { one: "{count} device can hear you now.", other: "{count} devices can hear you now." },
  "who.none": "Nobody can hear you now.",
  "who.willCount": {
    one: "{count} device will be able to hear you when you enter.",
    other: "{count} devices will be able to hear you when you enter.",
  },
  "who.willNone": "Nobody will hear you when you enter.",
  "who.accredited": "Device accredited by {delegation}",
  "who.press": { one: "{count} member of the press", other: "{count} members of the press" },
  "who.nobodyOf": "Nobody of this delegation",
  "who.device": "Device {identity}",
  "who.sealed":
    "Sound and picture are sealed on this device for those who are listed here, and for nobody else. {host} runs the server and passes on what it cannot read.",
} as const satisfies MessageTable;

import type { MessageTable } from "./translator";

/** English for the check of one's own microphone. */
export const enMicrophone = {
  headset: "I wear a headset",
  "headset.on": "Your voice is sent as it is.",
  "headset.off": "Echo is cancelled and noise is reduced, which takes from your voice. A headset is heard better.",
  check: "Check how you sound",
  listening: "Speak as you will in the meeting, for some seconds, with pauses. Nothing of it leaves this device.",
  failed: "This browser cannot measure how you sound. You can be heard all the same.",
  found: "How you sound",
  telephone: "This microphone sends telephone quality. A headset with a cable would be heard better.",
  wide: "This microphone leaves out the high part of your voice, as headsets without a cable do. One with a cable would be heard better.",
  clipped: "Your voice is cut off at its loudest. Turn the microphone down, or speak from further away.",
  loud: "You are very loud. Turn the microphone down a little.",
  soft: "You are very soft. Come closer to the microphone, or turn it up.",
  noisy: "There is noise around you. Close doors and windows, or come closer to the microphone.",
  good: "You will be heard well.",
} as const satisfies MessageTable;

import type { MessageTable } from "./translator";

/** English for a browser without what the meeting needs: fetched by such a browser alone. */
export const enUnfit = {
  title: "This browser cannot take part",
  more: "It lacks what the meeting needs to be safe and to be heard:",
  next: "Use an up-to-date Chrome, Edge, Firefox or Safari on this or another device. An invitation that was not used yet still works there.",
  address: "This address is not protected",
  "address.more":
    "Browsers give no microphone, camera or keys to a page that came over an unprotected address. Nothing was shared.",
  "address.next":
    "Open your link again exactly as you were sent it: it begins with https. If it does not, tell your delegation's technician.",
  "lack.secure-context": "A protected address (https)",
  "lack.media-devices": "Microphone and camera (media devices)",
  "lack.webrtc": "Sound and picture between browsers (WebRTC)",
  "lack.encoded-transforms": "Sealing of sound and picture (encoded transforms)",
  "lack.web-assembly": "The keys of the meeting (WebAssembly; a protected mode of the browser may switch it off)",
  "lack.web-locks": "One seat in one tab (Web Locks)",
  "lack.web-audio": "Mixing of languages (Web Audio)",
  "lack.indexed-db": "A place for this device's key (IndexedDB; private windows may have none)",
  "lack.ed25519": "Signatures of this device (Ed25519)",
} as const satisfies MessageTable;

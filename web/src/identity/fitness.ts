import { newDeviceKey } from "./statements";

/** What this client cannot do without. */
export type Lack =
  | "secure-context"
  | "media-devices"
  | "webrtc"
  | "encoded-transforms"
  | "web-assembly"
  | "web-locks"
  | "web-audio"
  | "indexed-db"
  | "ed25519";

/** Without these names nothing can be heard, sealed or kept. */
const NEEDED: readonly (readonly [name: string, Lack])[] = [
  ["RTCPeerConnection", "webrtc"],
  ["RTCRtpScriptTransform", "encoded-transforms"],
  ["WebAssembly", "web-assembly"],
  ["AudioContext", "web-audio"],
  ["indexedDB", "indexed-db"],
];

/** Which of it this browser lacks; over an address that is not protected browsers hide most of it, so only that. */
export async function lacking(): Promise<readonly Lack[]> {
  const lacks: Lack[] = [];
  if (!globalThis.isSecureContext) return ["secure-context"];
  if (!("mediaDevices" in navigator)) lacks.push("media-devices");
  if (!("locks" in navigator)) lacks.push("web-locks");
  for (const [name, lack] of NEEDED) if (!(name in globalThis)) lacks.push(lack);
  try {
    await newDeviceKey();
  } catch {
    lacks.push("ed25519");
  }
  return lacks;
}

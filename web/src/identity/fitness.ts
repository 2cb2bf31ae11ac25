import { newDeviceKey } from "./statements";

/** What this client cannot do without. */
export type Lack = "secure-context" | "media-devices" | "webrtc" | "web-locks" | "web-audio" | "indexed-db" | "ed25519";

/** Which of it this browser lacks; over an address that is not protected browsers hide most of it, so only that. */
export async function lacking(): Promise<readonly Lack[]> {
  const lacks: Lack[] = [];
  if (!globalThis.isSecureContext) return ["secure-context"];
  if (!("mediaDevices" in navigator)) lacks.push("media-devices");
  if (!("RTCPeerConnection" in globalThis)) lacks.push("webrtc");
  if (!("locks" in navigator)) lacks.push("web-locks");
  if (!("AudioContext" in globalThis)) lacks.push("web-audio");
  if (!("indexedDB" in globalThis)) lacks.push("indexed-db");
  try {
    await newDeviceKey();
  } catch {
    lacks.push("ed25519");
  }
  return lacks;
}

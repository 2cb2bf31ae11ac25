import { newDeviceKey } from "./statements";

/** What this client cannot do without, by the names an operator would search for. */
export async function lacking(): Promise<readonly string[]> {
  const lacks: string[] = [];
  if (!globalThis.isSecureContext) return ["secure context"];
  if (!("mediaDevices" in navigator)) lacks.push("Media devices");
  if (!("RTCPeerConnection" in globalThis)) lacks.push("WebRTC");
  if (!("locks" in navigator)) lacks.push("Web Locks");
  if (!("AudioContext" in globalThis)) lacks.push("Web Audio");
  if (!("indexedDB" in globalThis)) lacks.push("IndexedDB");
  try {
    await newDeviceKey();
  } catch {
    lacks.push("Ed25519");
  }
  return lacks;
}

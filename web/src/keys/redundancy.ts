/**
 * Whether what is said travels with what was said just before (RED, RFC 2198).
 *
 * The SFU cuts RED open for whoever did not negotiate it, and a sealed payload cut open is noise to them. So either
 * everybody takes it, or all send plain Opus, which carries a weaker form of the same (in-band FEC, RFC 6716 §2.1.7).
 */
import { isRedundant } from "./frames/layout";

/** Whether a browser takes RED, by the codecs that `RTCRtpReceiver.getCapabilities("audio")` names. */
export function takesRed(codecs: readonly { readonly mimeType: string }[]): boolean {
  return codecs.some(({ mimeType }) => isRedundant(mimeType));
}

/** Whether all may send RED, by whether each member takes it. */
export function agreesOnRed(members: Iterable<boolean>): boolean {
  return [...members].every(Boolean);
}

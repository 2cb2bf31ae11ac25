/**
 * livekit-client and the browser under it, made ready ahead of the first seat: the arrival screen does not wait for
 * them, and the seat does not either.
 */
/** What is used of the library. */
export type LiveKit = (typeof import("./livekit"))["livekit"];

/** Where lines come from; fetched and started ahead of the first seat. */
export interface MediaEngine {
  load(): Promise<LiveKit>;
  warm(): void;
}

let loading: Promise<LiveKit> | null = null;

async function loadLiveKit(): Promise<LiveKit> {
  loading ??= import("./livekit").then(
    ({ livekit }) => {
      // What the library logs does not pass our mask; what matters of it is told in our own lines.
      livekit.setLogLevel("silent");
      return livekit;
    },
    (error: unknown) => {
      // Out of reach now; the next who asks tries again.
      loading = null;
      throw error;
    },
  );
  return loading;
}

let warm = false;

/**
 * Has the browser start its media engine: the first connection of a page costs about a tenth of a second before its
 * first byte leaves, which is better spent while somebody reads the arrival screen.
 */
function warmWebRtc(): void {
  if (warm) return;
  warm = true;
  const peer = new RTCPeerConnection();
  peer.addTransceiver("audio");
  peer.addTransceiver("video");
  void peer.createOffer().finally(() => {
    peer.close();
  });
}

/** The library, and the browser under it. */
export const mediaEngine: MediaEngine = { load: loadLiveKit, warm: warmWebRtc };

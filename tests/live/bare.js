/* What somebody with a ticket and no conscience would write: join, take everything, count what comes. */
globalThis.bare = (() => {
  const receivers = [];
  let room;
  let newest = "";

  // The SFU refreshes tokens over its own WebSocket; livekit-client keeps the newest to itself.
  function listenForTokens() {
    newest = room.engine?.token ?? newest;
  }

  async function join(url, token) {
    const { Room, RoomEvent } = LivekitClient;
    newest = token;
    room = new Room({ adaptiveStream: false, dynacast: false });
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind !== "audio") return;
      receivers.push(track.receiver);
    });
    try {
      await room.connect(url, token, { maxRetries: 0 });
      setInterval(listenForTokens, 100);
      return "";
    } catch (trouble) {
      return String(trouble);
    }
  }

  async function packets() {
    let received = 0;
    for (const receiver of receivers) {
      for (const part of (await receiver.getStats()).values()) {
        if (part.type === "inbound-rtp") received += part.packetsReceived;
      }
    }
    return received;
  }

  /** Whether the SFU forwards sound to this page: a talker's packets come every 20 ms. */
  async function flows() {
    const before = await packets();
    await new Promise((done) => setTimeout(done, 250));
    return (await packets()) > before;
  }

  const isIn = () => room?.state === "connected";

  return { flows, isIn, join, token: () => newest };
})();

/* What somebody with a ticket and no conscience would write: join, subscribe to everything, listen. */
globalThis.bare = (() => {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
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
      const element = track.attach();
      element.muted = true;
      audio.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(analyser);
    });
    await audio.resume();
    try {
      await room.connect(url, token, { maxRetries: 0 });
      setInterval(listenForTokens, 100);
      return "";
    } catch (trouble) {
      return String(trouble);
    }
  }

  /** Sends a tone as microphone under any name. */
  async function publish(name, hertz) {
    const { LocalAudioTrack, Track } = LivekitClient;
    const source = audio.createOscillator();
    source.frequency.value = hertz;
    const level = audio.createGain();
    level.gain.value = 0.25;
    const out = audio.createMediaStreamDestination();
    source.connect(level).connect(out);
    source.start();
    const track = new LocalAudioTrack(out.stream.getAudioTracks()[0], undefined, true);
    await room.localParticipant.publishTrack(track, { name, source: Track.Source.Microphone });
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

  function levels(tones) {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const width = audio.sampleRate / analyser.fftSize;
    return tones.map((tone) => {
      const near = Math.round(tone / width);
      return Math.max(-200, ...bins.slice(near - 2, near + 3));
    });
  }

  const isIn = () => room?.state === "connected";

  return { flows, isIn, join, levels, publish, token: () => newest };
})();

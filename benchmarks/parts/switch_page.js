/*
 * `switch`: what a page with nothing but livekit-client does when its listener chooses another language: it unsubscribes from one and
 * subscribes to the other. And one that sends both languages.
 */
(() => {
  const { LocalAudioTrack, Room, RoomEvent } = LivekitClient;
  const publishDefaults = { audioPreset: { maxBitrate: 64_000 }, dtx: false, red: true };

  function tone(audio, hertz) {
    const source = new OscillatorNode(audio, { frequency: hertz });
    const out = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
    source.connect(new GainNode(audio, { gain: 0.25 })).connect(out);
    source.start();
    return new LocalAudioTrack(out.stream.getAudioTracks()[0], undefined, true);
  }

  /** Sends a tone for each language. */
  globalThis.interpret = async (url, token, tones) => {
    const audio = new AudioContext({ sampleRate: 48_000 });
    const room = new Room({ publishDefaults });
    await room.connect(url, token);
    for (const [name, hertz] of Object.entries(tones)) {
      await room.localParticipant.publishTrack(tone(audio, hertz), { name, source: "microphone" });
    }
  };

  /** Listens; `chooseChannel` chooses a language from then on. */
  globalThis.listen = async (url, token) => {
    const audioContext = new AudioContext({ latencyHint: "interactive" });
    const mixerTap = new GainNode(audioContext);
    mixerTap.connect(audioContext.destination);
    globalThis.__visavisProbe = { audioContext, mixerTap };
    const heard = new Map();
    const room = new Room();
    room.on(RoomEvent.TrackSubscribed, (track) => {
      const element = track.attach();
      element.muted = true;
      const source = audioContext.createMediaStreamSource(new MediaStream([track.mediaStreamTrack]));
      source.connect(mixerTap);
      heard.set(track, source);
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => {
      heard.get(track)?.disconnect();
      heard.delete(track);
      track.detach();
    });
    await room.connect(url, token, { autoSubscribe: false });
    globalThis.chooseChannel = (wanted) => {
      for (const { trackPublications } of room.remoteParticipants.values()) {
        for (const publication of trackPublications.values()) {
          publication.setSubscribed(publication.trackName === wanted);
        }
      }
    };
  };
})();

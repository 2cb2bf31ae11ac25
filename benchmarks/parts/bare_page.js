/*
 * The least that joins a room with livekit-client: own devices shown before, a button, and tracks shown as they come.
 * Sends exactly what a member's page sends.
 */
(() => {
  const { Room, RoomEvent, createLocalTracks } = LivekitClient;
  const audio = new AudioContext();
  const mix = new GainNode(audio);
  mix.connect(audio.destination);
  const publishDefaults = {
    audioPreset: { maxBitrate: 64_000 },
    dtx: false,
    red: true,
    videoCodec: "vp8",
    backupCodec: false,
    simulcast: false,
    videoEncoding: { maxBitrate: 700_000, maxFramerate: 20 },
  };
  const mark = (name) => (bench.marks[name] = performance.now());

  function show(track) {
    const element = track.attach();
    if (track.kind === "video") {
      document.querySelector("main").append(element);
      return;
    }
    // Heard through one graph, as in a member's page, so that it is measured at the same place.
    element.muted = true;
    audio.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(mix);
  }

  async function join(url, token, tracks) {
    const room = new Room({ publishDefaults });
    room.on(RoomEvent.TrackSubscribed, show);
    room.on(RoomEvent.SignalConnected, () => mark("joined"));
    await room.connect(url, token);
    mark("connected");
    await Promise.all(tracks.map((track) => room.localParticipant.publishTrack(track)));
    mark("published");
  }

  /** Shows one's own camera, and joins at the click. */
  globalThis.prepare = async (url, token) => {
    const video = { resolution: { width: 640, height: 360, frameRate: 20 } };
    const tracks = await createLocalTracks({ audio: true, video });
    for (const track of tracks) if (track.kind === "video") track.attach(document.querySelector("#own"));
    document.querySelector("button").onclick = () => join(url, token, tracks);
    bench.watchVideo("main video");
    bench.watchSound(mix);
    bench.mix = mix;
  };
})();

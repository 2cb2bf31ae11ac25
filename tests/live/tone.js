/*
 * Runs in a member's page before the client does: the microphone is one tone, the camera a plain moving picture.
 * The tone is what tells the pages apart: whoever hears 440 Hz hears this member.
 */
(() => {
  const hertz = /*HERTZ*/ 0;
  globalThis.__visavisProbe = {};
  let audio;
  let picture;
  let loudness = 0.25;
  const levels = [];

  function microphone() {
    audio ??= new AudioContext({ sampleRate: 48000, latencyHint: "playback", sinkId: { type: "none" } });
    const source = audio.createOscillator();
    source.frequency.value = hertz;
    const level = audio.createGain();
    level.gain.value = loudness;
    levels.push(level);
    const out = audio.createMediaStreamDestination();
    source.connect(level).connect(out);
    source.start();
    return out.stream.getAudioTracks()[0];
  }

  // One canvas for all cameras: it holds on to every track that was ever taken from it.
  function camera() {
    picture ??= drawn();
    return picture.clone();
  }

  function drawn() {
    const canvas = document.createElement("canvas");
    canvas.width = 320;
    canvas.height = 180;
    const pen = canvas.getContext("2d");
    let frame = 0;
    const draw = () => {
      frame += 1;
      pen.fillStyle = `hsl(${hertz % 360} 40% ${30 + (frame % 20)}%)`;
      pen.fillRect(0, 0, 320, 180);
    };
    draw();
    setInterval(draw, 200);
    return canvas.captureStream(5).getVideoTracks()[0];
  }

  async function getUserMedia(wanted) {
    const stream = new MediaStream();
    if (wanted?.audio) stream.addTrack(microphone());
    if (wanted?.video) stream.addTrack(camera());
    return stream;
  }

  /** The microphone stays on, and nothing comes into it; or the tone again. */
  globalThis.hush = (on) => {
    loudness = on ? 0 : 0.25;
    for (const level of levels) level.gain.value = loudness;
  };

  Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value: getUserMedia });

  /** The level of each tone at the mixer's output, in dBFS, over the last 170 ms. -200 where there is no output yet. */
  globalThis.levels = (tones) => {
    const probe = globalThis.__visavisProbe;
    if (!probe.mixerTap || !probe.audioContext) return tones.map(() => -200);
    if (!probe.analyser) {
      probe.analyser = probe.audioContext.createAnalyser();
      probe.analyser.fftSize = 8192;
      probe.analyser.smoothingTimeConstant = 0;
      probe.mixerTap.connect(probe.analyser);
    }
    const bins = new Float32Array(probe.analyser.frequencyBinCount);
    probe.analyser.getFloatFrequencyData(bins);
    const width = probe.audioContext.sampleRate / probe.analyser.fftSize;
    return tones.map((tone) => {
      const near = Math.round(tone / width);
      return Math.max(-200, ...bins.slice(near - 2, near + 3));
    });
  };
})();

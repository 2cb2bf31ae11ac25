/*
 * Runs in every page of `sealed_join` and `sfu_kill` before anything else. The microphone is a tone that never pauses, the camera is the
 * browser's own fake one. Moments are in ms of `performance.now()`.
 */
(() => {
  const POLL = 4; // ms; timers are no finer
  const LOUD = 0.02; // peak, of 1
  globalThis.__visavisProbe = { rawAudio: true };
  const bench = { click: 0, firstFrame: 0, firstAudio: 0, marks: {} };
  globalThis.bench = bench;

  const devices = navigator.mediaDevices;
  const capture = devices.getUserMedia.bind(devices);

  function tone() {
    const audio = new AudioContext();
    const level = new GainNode(audio, { gain: 0.25 });
    const out = audio.createMediaStreamDestination();
    const source = new OscillatorNode(audio, { frequency: 440 });
    source.connect(level).connect(out);
    source.start();
    return out.stream.getAudioTracks()[0];
  }

  async function getUserMedia({ audio, video }) {
    const stream = video ? await capture({ video }) : new MediaStream();
    if (audio) stream.addTrack(tone());
    return stream;
  }

  Object.defineProperty(devices, "getUserMedia", { value: getUserMedia });
  addEventListener("click", ({ timeStamp }) => (bench.click ||= timeStamp), true);

  /** Notes when the first frame of a video under `selector` is shown. */
  bench.watchVideo = (selector) => {
    const seen = new WeakSet();
    const look = () => {
      for (const video of document.querySelectorAll(selector)) {
        if (seen.has(video)) continue;
        seen.add(video);
        video.requestVideoFrameCallback(() => (bench.firstFrame ||= performance.now()));
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  };

  /** Returns what tells whether sound passes `node` now, or did in the time of so many samples before. */
  function listener(node, fftSize) {
    const analyser = new AnalyserNode(node.context, { fftSize });
    node.connect(analyser);
    const samples = new Float32Array(fftSize);
    return () => {
      analyser.getFloatTimeDomainData(samples);
      return samples.some((sample) => Math.abs(sample) > LOUD);
    };
  }

  /** Notes when sound first passes `node`. */
  bench.watchSound = (node) => {
    const hears = listener(node, 256);
    const polling = setInterval(() => {
      if (!hears()) return;
      bench.firstAudio = performance.now();
      clearInterval(polling);
    }, POLL);
  };

  /** Keeps in `bench.gap` the longest time without sound at `node`, and in `bench.quiet` how long it has lasted now. */
  bench.watchGaps = (node) => {
    const hears = listener(node, 2048);
    let heard = performance.now();
    bench.gap = 0;
    setInterval(() => {
      bench.quiet = performance.now() - heard;
      if (!hears()) return;
      bench.gap = Math.max(bench.gap, bench.quiet);
      heard = performance.now();
    }, POLL);
  };
})();

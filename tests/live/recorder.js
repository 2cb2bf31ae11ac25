/*
 * Keeps the amplitude of each tone in every 5 ms of what the mixer gives to the speakers, in `recordedSteps`. Every sample counts: what
 * the page is too busy for at the moment waits for it.
 */
(tones) => {
  const WAITING = 2000; // frames of 10 ms
  const { audioContext, mixerTap } = globalThis.__visavisProbe;
  const { sampleRate } = audioContext;
  const length = Math.round(sampleRate / 200);
  const turns = tones.map((tone) => (2 * Math.PI * tone) / sampleRate);
  const steps = (globalThis.recordedSteps = []);
  let sums = tones.map(() => [0, 0]);
  let count = 0;

  function take(sample) {
    turns.forEach((turn, tone) => {
      sums[tone][0] += sample * Math.cos(turn * count);
      sums[tone][1] += sample * Math.sin(turn * count);
    });
    count += 1;
    if (count < length) return;
    steps.push(sums.map(([real, other]) => (2 * Math.hypot(real, other)) / length));
    sums = sums.map(() => [0, 0]);
    count = 0;
  }

  const out = new MediaStreamAudioDestinationNode(audioContext, { channelCount: 1 });
  mixerTap.connect(out);
  const [track] = out.stream.getAudioTracks();
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: WAITING }).readable.getReader();
  const read = async () => {
    for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      value.close();
      samples.forEach(take);
    }
  };
  void read();
};

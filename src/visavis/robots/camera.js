/*
 * Runs in a robot's page before the client does: the camera is a drawn portrait, the microphone a voice.
 * The page's own code cannot tell. `robot.say(base64Wav)` speaks and resolves when the last word is out.
 */
(() => {
  const look = /*LOOK*/ null;
  if (!look || globalThis.robot) return;
  const width = 640;
  const height = 360;
  const framesPerSecond = 12;
  const scale = 0.75; // what is drawn on 640 × 360 is sent on 480 × 270: as large as a tile, and half the work

  // A robot looks at nobody: pictures that are not laid out are not painted.
  const blind = new CSSStyleSheet();
  blind.replaceSync("video { display: none }");
  document.adoptedStyleSheets = [blind];

  let audio;
  let voiceOut;
  let meter;
  const samples = new Float32Array(512);

  function microphone() {
    if (!audio) {
      audio = new AudioContext({ sampleRate: 48000 });
      voiceOut = audio.createMediaStreamDestination();
      meter = audio.createAnalyser();
      meter.fftSize = samples.length;
      meter.connect(voiceOut);
      // A room is never digitally silent: without this hiss a codec may send nothing and a tile looks dead.
      const hiss = audio.createBufferSource();
      const noise = audio.createBuffer(1, audio.sampleRate, audio.sampleRate);
      const channel = noise.getChannelData(0);
      let seed = 1;
      for (let i = 0; i < channel.length; i += 1) {
        seed = (seed * 16807) % 2147483647;
        channel[i] = (seed / 2147483647 - 0.5) * 0.0006;
      }
      hiss.buffer = noise;
      hiss.loop = true;
      hiss.connect(voiceOut);
      hiss.start();
    }
    return voiceOut.stream.getAudioTracks()[0].clone();
  }

  function loudness() {
    if (!meter) return 0;
    meter.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    return Math.min(1, Math.sqrt(sum / samples.length) * 6);
  }

  function head(pen, x, y, mouth, blink) {
    if (look.long_hair) {
      pen.fillStyle = look.hair;
      pen.beginPath();
      pen.ellipse(x, y + 40, 86, 128, 0, 0, Math.PI * 2);
      pen.fill();
    }
    pen.fillStyle = look.coat;
    pen.beginPath();
    pen.ellipse(x, y + 240, 150, 140, 0, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = look.skin;
    pen.fillRect(x - 24, y + 60, 48, 60);
    pen.fillStyle = "#f4f1ea";
    pen.beginPath();
    pen.moveTo(x - 34, y + 98);
    pen.lineTo(x, y + 150);
    pen.lineTo(x + 34, y + 98);
    pen.closePath();
    pen.fill();
    pen.fillStyle = look.tie;
    pen.beginPath();
    pen.moveTo(x - 9, y + 118);
    pen.lineTo(x + 9, y + 118);
    pen.lineTo(x + 13, y + 190);
    pen.lineTo(x, y + 206);
    pen.lineTo(x - 13, y + 190);
    pen.closePath();
    pen.fill();
    pen.fillStyle = look.hair;
    pen.beginPath();
    pen.ellipse(x, y - 18, 70, 82, 0, Math.PI, Math.PI * 2);
    pen.fill();
    pen.fillStyle = look.skin;
    pen.beginPath();
    pen.ellipse(x, y + 14, 62, 80, 0, 0, Math.PI * 2);
    pen.fill();
    pen.fillStyle = look.hair;
    pen.beginPath();
    pen.ellipse(x, y - 46, 64, 34, 0, Math.PI, Math.PI * 2);
    pen.fill();
    pen.fillStyle = "#1c1714";
    for (const side of [-24, 24]) {
      pen.beginPath();
      pen.ellipse(x + side, y + 4, 6, blink ? 1 : 5, 0, 0, Math.PI * 2);
      pen.fill();
    }
    pen.fillStyle = "#7d3f37";
    pen.beginPath();
    pen.ellipse(x, y + 50, 20, 3 + mouth * 14, 0, 0, Math.PI * 2);
    pen.fill();
  }

  function camera() {
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    let frame = 0;
    function draw() {
      frame += 1;
      const wall = pen.createLinearGradient(0, 0, width, height);
      wall.addColorStop(0, look.wall);
      wall.addColorStop(1, "#12151b");
      pen.fillStyle = wall;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = "rgba(255,255,255,0.05)";
      pen.fillRect(70, 0, 46, height);
      pen.fillStyle = "rgba(0,0,0,0.18)";
      pen.fillRect(500, 0, 66, height);
      const sway = Math.sin(frame / 23) * 5;
      head(pen, width / 2 + sway, 140 + Math.sin(frame / 17) * 2, loudness(), frame % 47 < 2);
    }
    draw();
    setInterval(draw, 1000 / framesPerSecond);
    return canvas.captureStream(framesPerSecond).getVideoTracks()[0];
  }

  async function getUserMedia(wanted) {
    const stream = new MediaStream();
    if (wanted?.audio) stream.addTrack(microphone());
    if (wanted?.video) stream.addTrack(camera());
    return stream;
  }

  async function say(wav) {
    microphone();
    await audio.resume();
    const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
    const voice = audio.createBufferSource();
    voice.buffer = await audio.decodeAudioData(bytes.buffer);
    voice.connect(meter);
    await new Promise((done) => {
      voice.onended = done;
      voice.start();
    });
  }

  Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value: getUserMedia });
  globalThis.robot = { say };
})();

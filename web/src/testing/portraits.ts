/** Drawn people for the gallery's pictures. */
interface Looks {
  readonly wall: readonly [string, string];
  readonly skin: string;
  readonly hair: string;
  readonly coat: string;
}

const LOOKS: Record<string, Looks> = {
  maren: { wall: ["#31404f", "#1b2430"], skin: "#d9a98a", hair: "#3b2a24", coat: "#1f2632" },
  vey: { wall: ["#4a4033", "#26211b"], skin: "#b98563", hair: "#1c1a18", coat: "#2a2f3b" },
  sorel: { wall: ["#2f443f", "#18221f"], skin: "#e0b79b", hair: "#8a8f98", coat: "#222a33" },
  lund: { wall: ["#43364a", "#211b26"], skin: "#e3bda5", hair: "#a87b3e", coat: "#2b2230" },
};

function canvasOf(draw: (pen: CanvasRenderingContext2D) => void): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 800;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("no canvas");
  const stream = canvas.captureStream(4);
  const paint = () => {
    draw(pen);
  };
  paint();
  setInterval(paint, 250);
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new Error("no track");
  return track;
}

function ellipse(
  pen: CanvasRenderingContext2D,
  colour: string,
  box: readonly [x: number, y: number, rx: number, ry: number],
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(box[0], box[1], box[2], box[3], 0, 0, Math.PI * 2);
  pen.fill();
}

export function portrait(name: string): MediaStreamTrack {
  const looks = LOOKS[name] ?? LOOKS["maren"];
  return canvasOf((pen) => {
    if (looks === undefined) return;
    const wall = pen.createLinearGradient(0, 0, 900, 800);
    wall.addColorStop(0, looks.wall[0]);
    wall.addColorStop(1, looks.wall[1]);
    pen.fillStyle = wall;
    pen.fillRect(0, 0, 1280, 800);
    ellipse(pen, looks.coat, [640, 860, 380, 260]);
    ellipse(pen, looks.hair, [640, 290, 168, 190]);
    ellipse(pen, looks.skin, [640, 360, 146, 184]);
    ellipse(pen, "#231c18", [580, 350, 13, 10]);
    ellipse(pen, "#231c18", [700, 350, 13, 10]);
    pen.strokeStyle = "#7c4a3c";
    pen.lineWidth = 8;
    pen.beginPath();
    pen.arc(640, 420, 50, 0.25 * Math.PI, 0.75 * Math.PI);
    pen.stroke();
  });
}

/** A sheet of paper with lines on it. */
export function sheetOfPaper(): MediaStreamTrack {
  return canvasOf((pen) => {
    pen.fillStyle = "#fffefa";
    pen.fillRect(0, 0, 1280, 800);
    pen.fillStyle = "#1d2026";
    pen.font = "600 44px Georgia";
    pen.fillText("Crossings at Hesk: the present state", 90, 130);
    pen.fillStyle = "#b8b1a0";
    for (let line = 0; line < 9; line += 1) pen.fillRect(90, 200 + line * 58, line % 4 === 3 ? 620 : 1080, 16);
  });
}

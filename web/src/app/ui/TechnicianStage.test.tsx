// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { LineWord, Told, Watched } from "../../interpretation/watch/watched";
import type { Identity, Party } from "../../kernel/ids";
import { aConsole } from "../../testing/booth";
import { aDossier, aSnapshot, type MemberName, NOW, SEATS, type SnapshotPart } from "../../testing/builders";
import { fakeServices, type FakeServices, type Scene } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const AMSEL = SEATS.amsel.identity;

function told(part: Partial<LineWord> = {}): Told {
  const way = { lost: 0, lost_sent: 0, round_trip: 40, delay: 60 };
  const word = { kind: "line", at: new Date(NOW).toISOString(), calls: false, sound: null, way, ...part } as const;
  return { word, heard: NOW, since: NOW - 95_000 };
}

async function show(
  watched: Partial<Watched>,
  part: SnapshotPart = {},
  more: Partial<Scene> = {},
): Promise<FakeServices> {
  const you: MemberName = part.you ?? "kirsch";
  keepPlace({ meeting: "meeting", seated: true });
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ ...part, you }) },
    watched,
    ...more,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

const lines = () =>
  [...document.querySelectorAll("tbody tr")].map((line) => [...line.children].map(({ textContent }) => textContent));

test("a technician whom the format keeps out sees how their delegation's devices do, the most troubled first", async () => {
  const sound = { loudness: -23, bandwidth: "telephone", amiss: ["telephone"], rate: 64 } as const;
  await show({
    lines: new Map<Identity, Told>([
      [SEATS.vey.identity, told()],
      [AMSEL, told({ sound })],
    ]),
  });
  const [worst, well, ...rest] = lines();
  expect(worst).toEqual([
    "Ruben AmselInterpreterIn the chamber",
    "Telephone sound, as from a wireless headset: ask them to use a headset with a cable.for 1:35",
    "Telephone sound · -23 LUFS · 64 kbit/s",
    "0% heard, 0% sent",
    "40 ms",
    "60 ms",
  ]);
  expect(well?.[0]).toBe("Prime Minister Odran VeyPrincipal · chairIn the chamber");
  expect(well?.[1]).toBe("Nothing is amiss.");
  // Of the other delegation, and of technicians, nothing is shown.
  expect(rest.map(([name]) => name)).toEqual(["Anselm DornAdviserNot here"]);
});

test("in a plenary, too, a technician has this page and no stage of faces", async () => {
  await show({}, { meeting: { format: "plenary" } });
  expect(lines()).toHaveLength(3);
  expect(page.button("Microphone")).toBeUndefined();
});

test("calls are on top, answered with one's coming, and ended with done", async () => {
  const calling = new Map([[AMSEL, told({ calls: true })]]);
  const services = await show({ lines: calling });
  expect(page.text).toContain("Ruben Amsel calls for you.");
  await page.press("On my way to Ruben Amsel");
  expect(services.asked.at(-1)).toBe(`comes ${AMSEL}`);
  const going = await show({ lines: calling, coming: new Map([[AMSEL, SEATS.kirsch.identity]]) });
  expect(page.text).toContain("Pia Kirsch is on the way to Ruben Amsel.");
  await page.press("Done for Ruben Amsel");
  expect(going.asked.at(-1)).toBe(`done ${AMSEL}`);
});

test("whoever has called is told that the technician comes", async () => {
  const helper = { ...SEATS.kirsch, party: "arven" as Party };
  const seats = Object.values(SEATS).map((seat) => (seat === SEATS.kirsch ? helper : seat));
  const coming = new Map([[SEATS.fane.identity, helper.identity]]);
  const call = { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } } as const;
  await show({ coming }, { you: "fane", seats }, { booth: aConsole({ technicianCalled: true }), call });
  expect(page.text).toContain("Pia Kirsch, your technician, is on the way.");
});

// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { aConsole, type ConsolePart, onAirFor, ORU } from "../../../testing/booth";
import { NOW, SEATS } from "../../../testing/builders";
import { showConsole, spoken, strike } from "../../../testing/console";
import { aPage, settled } from "../../../testing/page";

const page = aPage();
const SOL = SEATS.lund.identity;
const partners = [
  { identity: ORU, name: "Karel Oru", present: true },
  { identity: SOL, name: "Nadia Sol", present: true },
] as const;
const orusMicrophone = { holder: ORU, since: NOW - 60_000, onAir: "en" as never };

/** Fane's console in a booth of three. */
const three = ({ now, ...part }: ConsolePart = {}) =>
  aConsole({ partners, now: { ...orusMicrophone, ...now }, ...part });
const handover = () => document.querySelector("[data-function=handover]");

describe("in a booth of three", () => {
  test("what a partner asks of another is theirs to answer: one can neither accept it nor ask besides", async () => {
    const services = await showConsole(page, three());
    await settled(() => {
      services.cells.booth.set(three({ now: { asked: { by: SOL, at: NOW } } }));
    });
    expect(spoken("alert")).not.toContain("Nadia Sol");
    const before = services.asked.length;
    expect(handover()?.getAttribute("aria-disabled")).toBe("true");
    await strike("h");
    expect(services.asked.slice(before)).toEqual([]);
    expect(page.text).toContain("Nadia Sol has asked for the microphone before you.");
    await settled(() => {
      services.cells.booth.set(three());
    });
    expect(spoken("alert")).not.toContain("took the question back");
  });

  test.each([
    ["has not answered in time", three({ now: { asked: { by: SOL, at: NOW - 10_000 } } })],
    [
      "is gone",
      three({
        now: { asked: { by: SOL, at: NOW } },
        partners: partners.map((each) => ({ ...each, present: each.identity === SOL })),
      }),
    ],
  ])("the third takes over, too, from whoever %s", async (_why, booth) => {
    const services = await showConsole(page, booth);
    await strike("h");
    expect(services.asked.at(-1)).toBe("take over the microphone");
  });

  test("whoever hands over hands over to whichever partner says yes", async () => {
    const services = await showConsole(page, onAirFor(60, { partners }));
    expect(handover()?.textContent).toContain("Hand over");
    expect(handover()?.textContent).not.toContain("Karel");
    await settled(() => {
      services.cells.booth.set(onAirFor(60, { partners, now: { asked: { by: SEATS.fane.identity, at: NOW } } }));
    });
    expect(handover()?.textContent).toContain("Your partners are asked: take it back");
    await settled(() => {
      services.cells.booth.set(three({ now: { asked: { by: ORU, at: NOW } } }));
    });
    expect(spoken("alert")).toContain("Karel Oru hands over to you. H takes it.");
    await strike("h");
    expect(services.asked.at(-1)).toBe("accept handover");
  });
});

import { beforeEach, expect, test } from "vitest";
import type { Language } from "../../kernel/ids";
import { SEATS } from "../../testing/builders";
import { COMMON_BOOTH, CommonBooth, CommonPage, FakeDepot, type Interpreter, snapshotFor } from "../../testing/common";
import { aHolder } from "../../testing/standings";
import { writeCsv } from "./csv";
import { readFile } from "./files";

const [EN, FR] = ["en" as Language, "fr" as Language];
const PAUSE = 5000;

let group = new CommonBooth();

beforeEach(() => {
  group = new CommonBooth();
});

/** The page of one who works in the booth. */
function aPage(name: Interpreter): CommonPage {
  return new CommonPage(name, group, new FakeDepot());
}

function termsOf(page: CommonPage): readonly string[] {
  return page.glossary.state.get().terms.map(({ term, means }) => `${term} ${means}`);
}

/** What was said of the glossary alone. */
function said(): readonly string[] {
  return group.said.filter((each) => each.endsWith(" glossary")).map((each) => each.replace(" glossary", ""));
}

const border = { from: EN, to: FR, term: "border", means: "frontière", note: "" };

test("partners have one glossary; who comes later asks, and is told all of it", async () => {
  const fane = aPage("fane");
  group.join(fane);
  expect(fane.sat).toEqual(["arven.en"]);
  await fane.glossary.put([border]);
  expect(said()).toEqual(["fane put"]);
  const sorel = aPage("sorel");
  group.join(sorel);
  expect(said()).toEqual(["fane put", "sorel ask", "fane put"]);
  expect(termsOf(sorel)).toEqual(["border frontière"]);
  const [term] = sorel.glossary.state.get().terms;
  if (term !== undefined) await sorel.glossary.takeAway(term);
  expect([termsOf(fane), termsOf(sorel)]).toEqual([[], []]);
});

test("who has missed a word asks again, not more often than after a pause", async () => {
  const [fane, sorel] = [aPage("fane"), aPage("sorel")];
  group.join(fane);
  group.join(sorel);
  await fane.glossary.put([border]);
  group.clock.pass(PAUSE);
  group.said.length = 0;
  for (let time = 0; time < 3; time += 1) {
    sorel.hear({ told: "gap", number: 90 + time, from: aHolder("fane", 0).member, missing: 1 });
  }
  expect(said()).toEqual(["sorel ask", "fane put"]);
  group.clock.pass(PAUSE);
  expect(said()).toEqual(["sorel ask", "fane put", "sorel ask", "fane put"]);
});

test("what is said by who does not work in the booth counts for nothing, and they are told nothing", async () => {
  const fane = aPage("fane");
  group.join(fane);
  await fane.glossary.put([border]);
  group.said.length = 0;
  const put = { ...border, term: "planted", version: 1, gone: false };
  group.say("amsel", 1, { kind: "glossary", at: "2026-12-07T14:09:00.000Z", does: "put", terms: [put] });
  group.say("amsel", 2, { kind: "glossary", at: "2026-12-07T14:09:00.000Z", does: "ask" });
  expect(termsOf(fane)).toEqual(["border frontière"]);
  expect(said()).toEqual(["amsel put", "amsel ask"]);
});

test("another booth begins with nothing; a file is read into it, and saved again", async () => {
  const fane = aPage("fane");
  group.join(fane);
  await fane.glossary.put([border]);
  const joint = { ...COMMON_BOOTH, id: "joint.en", party: null, members: [SEATS.fane.identity] };
  fane.feed.set({ at: "live", snapshot: { ...snapshotFor("fane", ["fane"]), booths: [joint] } });
  expect(fane.sat).toEqual(["arven.en", "joint.en"]);
  expect(termsOf(fane)).toEqual([]);
  const back = { at: "live" as const, snapshot: snapshotFor("fane", ["fane"]) };
  fane.feed.set(back);
  const { languages } = fane.glossary.state.get();
  expect(await fane.glossary.putRead(readFile("bank,rive\nalone\n", languages))).toEqual({
    taken: 1,
    bad: [{ line: 2, why: "fields" }],
    left: 0,
  });
  fane.glossary.save(writeCsv(fane.glossary.state.get().terms));
  expect(fane.saved).toContain("en,fr,bank,rive,");
});

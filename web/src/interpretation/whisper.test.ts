import { describe, expect, test } from "vitest";
import type { Seat } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { aSeat, aSnapshot, ago, SEATS, type SnapshotPart } from "../testing/builders";
import { afterWhisper, mayWhisper, type WhispersNow, whisperersFor } from "./whisper";

const EN = "en" as Language;
const FR = "fr" as Language;
const MAREN = SEATS.maren.identity;
const FANE = SEATS.fane.identity;
const VEY = SEATS.vey.identity;
const AMSEL = SEATS.amsel.identity;
const LIND = aSeat("lind", { role: "adviser" }).identity;

type Step = readonly [from: Identity, does: "ask" | "accept" | "end", to: Identity, into?: Language];

function after(steps: readonly Step[], may: Parameters<typeof afterWhisper>[2] = () => true): readonly string[] {
  const now = steps.reduce<WhispersNow>(
    (before, [from, does, to, into = FR]) =>
      afterWhisper(before, { from, word: { kind: "whisper", at: ago(0), does, to, into } }, may),
    [],
  );
  const names = new Map(
    [MAREN, FANE, VEY, AMSEL, LIND].map((each, at) => [each, ["maren", "fane", "vey", "amsel", "lind"][at]]),
  );
  return now.map(({ by, to, into, on }) => `${names.get(by)} ${on ? "whispers" : "is asked"} ${names.get(to)} ${into}`);
}

const ASKED: Step = [MAREN, "ask", FANE];
const ON: readonly Step[] = [ASKED, [FANE, "accept", MAREN]];

describe("a word", () => {
  test.each<[string, readonly Step[], readonly string[]]>([
    ["asks", [ASKED], ["fane is asked maren fr"]],
    ["says yes", ON, ["fane whispers maren fr"]],
    ["says no", [ASKED, [FANE, "end", MAREN]], []],
    ["takes back what was asked", [ASKED, [MAREN, "end", FANE]], []],
    ["ends it, by the hearer", [...ON, [MAREN, "end", FANE]], []],
    ["ends it, by the interpreter", [...ON, [FANE, "end", MAREN]], []],
    ["of others ends nothing", [...ON, [VEY, "end", FANE], [AMSEL, "end", MAREN]], ["fane whispers maren fr"]],
    [
      "says yes to what was not asked, or not so",
      [ASKED, [AMSEL, "accept", MAREN], [FANE, "accept", MAREN, EN]],
      ["fane is asked maren fr"],
    ],
    ["says yes to oneself", [ASKED, [MAREN, "accept", FANE]], ["fane is asked maren fr"]],
    ["asks a second while one is asked", [ASKED, [MAREN, "ask", AMSEL]], ["fane is asked maren fr"]],
    [
      "asks a second while one whispers: two do not whisper to one",
      [...ON, [MAREN, "ask", AMSEL]],
      ["fane whispers maren fr"],
    ],
    ["asks who whispers to another", [...ON, [VEY, "ask", FANE]], ["fane whispers maren fr"]],
    [
      "says yes to one of two, and the other has to ask somebody else",
      [ASKED, [VEY, "ask", FANE], [FANE, "accept", VEY]],
      ["fane whispers vey fr"],
    ],
    [
      "says yes to two",
      [ASKED, [VEY, "ask", FANE], [FANE, "accept", VEY], [FANE, "accept", MAREN]],
      ["fane whispers vey fr"],
    ],
  ])("%s", (_name, steps, now) => {
    expect(after(steps)).toEqual(now);
  });

  test("asks, and says yes, only where there may be whispering", () => {
    expect(after([ASKED], () => false)).toEqual([]);
    let asks = 0;
    expect(after(ON, () => (asks += 1) === 1)).toEqual(["fane is asked maren fr"]);
  });
});

const joint: Partial<SnapshotPart> = { booths: [{ id: "joint.fr", party: null, languages: [FR], members: [AMSEL] }] };
const seats = (part: Partial<Record<keyof typeof SEATS, Partial<Seat>>>): Partial<SnapshotPart> => ({
  seats: Object.entries(SEATS).map(([name, seat]) => ({ ...seat, ...part[name as keyof typeof SEATS] })),
});

describe("who may whisper to whom", () => {
  test.each<[string, boolean, Identity, Identity, SnapshotPart?]>([
    ["one's own delegation's interpreter", true, FANE, MAREN],
    ["another delegation's", false, AMSEL, MAREN],
    ["of a joint booth", true, AMSEL, MAREN, joint],
    ["who is no interpreter", false, VEY, MAREN],
    ["to an interpreter", false, FANE, FANE],
    ["to who is not in the chamber", false, FANE, SEATS.sorel.identity],
    ["who is not in the chamber", false, FANE, MAREN, seats({ fane: { present: "caucus" } })],
    ["in a language they are not accredited for", false, FANE, MAREN, seats({ fane: { languages: [EN] } })],
    ["in a language of signs", false, FANE, MAREN, { channels: [{ language: FR, kind: "signed" }] }],
    ["while the press is in the room", false, FANE, MAREN, { meeting: { phase: "open" } }],
    ["in a recess", false, FANE, MAREN, { meeting: { phase: "recess" } }],
    ["in consecutive mode", false, FANE, MAREN, { meeting: { mode: "consecutive" } }],
    ["in liaison", false, FANE, MAREN, { meeting: { mode: "liaison" } }],
  ])("%s: %s", (_name, so, by, to, part) => {
    expect(mayWhisper({ by, to, into: FR }, aSnapshot(part))).toBe(so);
  });

  test("is offered, by language", () => {
    expect(whisperersFor(SEATS.maren, aSnapshot()).map(({ by, into }) => [by, into])).toEqual([
      [FANE, EN],
      [FANE, FR],
    ]);
    expect(whisperersFor(SEATS.fane, aSnapshot())).toEqual([]);
  });
});

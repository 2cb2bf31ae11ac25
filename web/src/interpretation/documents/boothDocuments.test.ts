import { beforeEach, expect, test } from "vitest";
import { RefusedError } from "../../kernel/errors";
import { aHolder } from "../../testing/standings";
import { CommonBooth, CommonPage, FakeDepot, type Interpreter } from "../../testing/common";
import { open, seal } from "./sealed";

const SPEECH = new TextEncoder().encode("We have come a long way.");

let group = new CommonBooth();
let depot = new FakeDepot();

beforeEach(() => {
  group = new CommonBooth();
  depot = new FakeDepot();
});

function enters(name: Interpreter): CommonPage {
  const page = new CommonPage(name, group, depot);
  group.join(page);
  return page;
}

function namesOf(page: CommonPage): readonly string[] {
  return page.documents.state.get().documents.map(({ name }) => name);
}

async function readFirst(page: CommonPage): Promise<Uint8Array> {
  const [first] = page.documents.state.get().documents;
  if (first === undefined) throw new Error("no document");
  return page.documents.read(first);
}

test("partners have the same documents; who comes later is told of them and opens them", async () => {
  const fane = enters("fane");
  await fane.documents.put("speech.txt", SPEECH);
  const sorel = enters("sorel");
  expect(group.said).toEqual(["fane put documents", "sorel ask glossary", "sorel ask documents", "fane put documents"]);
  expect([namesOf(fane), namesOf(sorel)]).toEqual([["speech.txt"], ["speech.txt"]]);
  expect(await readFirst(sorel)).toEqual(SPEECH);
  expect(sorel.documents.state.get().moving).toBeNull();
});

test("the depot has a box that says nothing, and opens under no other name", async () => {
  const fane = enters("fane");
  await fane.documents.put("speech.txt", SPEECH);
  const [box] = depot.boxes.values();
  if (box === undefined) throw new Error("no box");
  expect(new TextDecoder("latin1").decode(box)).not.toContain("long way");
  box[20] = (box[20] ?? 0) ^ 1;
  await expect(readFirst(fane)).rejects.toEqual(new RefusedError("not_found"));
  box[20] = (box[20] ?? 0) ^ 1;
  expect(await readFirst(fane)).toEqual(SPEECH);
  const sealed = await seal("one", SPEECH);
  await expect(open("another", sealed)).rejects.toEqual(new RefusedError("not_found"));
});

test("what is taken away is gone for everybody, from the depot too, and comes back by nobody's word", async () => {
  const [fane, sorel] = [enters("fane"), enters("sorel")];
  await fane.documents.put("speech.txt", SPEECH);
  const [document] = sorel.documents.state.get().documents;
  if (document === undefined) throw new Error("no document");
  await sorel.documents.takeAway(document);
  expect([namesOf(fane), namesOf(sorel), [...depot.boxes]]).toEqual([[], [], []]);
  group.say("fane", 99, { kind: "documents", at: "2026-12-07T14:09:00.000Z", does: "put", documents: [document] });
  expect(namesOf(sorel)).toEqual([]);
});

test("who does not work in the booth puts nothing in", async () => {
  const fane = enters("fane");
  const key = "A".repeat(43);
  const planted = { id: crypto.randomUUID(), name: "planted", size: 1, key, gone: false };
  group.say("amsel", 1, { kind: "documents", at: "2026-12-07T14:09:00.000Z", does: "put", documents: [planted] });
  expect(namesOf(fane)).toEqual([]);
  fane.hear({ told: "gap", number: 9, from: aHolder("fane", 0).member, missing: 1 });
  expect(group.said).toContain("fane ask documents");
});

test("how far one is can be seen on the way, and nothing is said of what did not get there", async () => {
  const fane = enters("fane");
  const seen: unknown[] = [];
  fane.documents.state.subscribe(() => seen.push(fane.documents.state.get().moving));
  depot.bring = async (_shelf, _box, brought) => {
    brought(1, 4);
    return Promise.reject(new RefusedError("body_too_large"));
  };
  await expect(fane.documents.put("speech.txt", SPEECH)).rejects.toEqual(new RefusedError("body_too_large"));
  expect(seen).toEqual([{ name: "speech.txt", part: 1, of: 4 }, null]);
  expect([namesOf(fane), group.said]).toEqual([[], []]);
});

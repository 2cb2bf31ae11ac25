import { expect, test } from "vitest";
import { NOW } from "../testing/builders";
import { amselSays, aPair, EN, FR, ORU, settled } from "../testing/desks";

test("what one hears is what one interprets from, in each direction; a circle is refused here", async () => {
  const { chamber, fane, oru } = aPair();
  await fane.desk.onAir(true);
  await fane.desk.listen(FR);
  expect(oru.now()?.sources).toEqual(new Map([[EN, FR]]));
  await fane.desk.turn(FR);
  expect(fane.listening.get().channel).toBeNull();
  await expect(fane.desk.listen(FR)).rejects.toMatchObject({ code: "move_not_possible" });
  chamber.say("amsel", { kind: "booth", at: new Date(NOW).toISOString(), does: "air", into: FR });
  chamber.say("amsel", { kind: "booth", at: new Date(NOW).toISOString(), does: "source", into: FR, from: EN });
  // Amsel's choice would have closed a circle with Fane's, into English from French: it counts nowhere.
  expect(fane.state.get()?.incoming.find(({ source }) => source === FR)?.from).toBeNull();
});

test("whoever takes the microphone hears what they chose for its direction, and all know what they take in each", async () => {
  const { fane, oru } = aPair();
  await oru.desk.listen(FR);
  expect(oru.state.get()).toMatchObject({ into: EN, hears: FR, next: FR });
  await fane.desk.turn(FR);
  await fane.desk.onAir(true);
  await oru.desk.takeOver();
  await settled();
  expect(oru.state.get()).toMatchObject({ into: FR, hears: null, next: null });
  expect(fane.now()?.sources).toEqual(new Map([[EN, FR]]));
  await oru.desk.turn(EN);
  await settled();
  expect([oru.listening.get().channel, fane.now()?.onAir]).toEqual([FR, EN]);
  await fane.desk.takeOver();
  await settled();
  expect([fane.listening.get().channel, oru.now()?.sources.get(EN)]).toEqual([null, null]);
});

test("what is chosen ahead stays chosen when the microphone comes", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  await oru.desk.listenNext(FR);
  await oru.desk.takeOver();
  await settled();
  expect(oru.state.get()).toMatchObject({ hears: null, next: FR });
});

test("a direction's own source is told when one turns to it", async () => {
  const { fane, oru } = aPair();
  await fane.desk.listen(FR);
  await fane.desk.turn(FR);
  await fane.desk.onAir(true);
  await fane.desk.turn(EN);
  await settled();
  expect([fane.listening.get().channel, oru.now()]).toMatchObject([FR, { onAir: EN, sources: new Map([[EN, FR]]) }]);
});

test("what has become a circle is not taken with the microphone: one hears the floor, and all know so", async () => {
  const { chamber, fane, oru } = aPair();
  await fane.desk.onAir(true);
  await oru.desk.listen(FR);
  amselSays(chamber, { does: "air", into: FR }, { does: "source", into: FR, from: EN });
  expect(oru.listening.get().channel).toBe(FR);
  await oru.desk.takeOver();
  await settled();
  expect([oru.listening.get().channel, oru.state.get()?.next]).toEqual([null, null]);
  expect(fane.now()).toMatchObject({ holder: ORU.identity, sources: new Map() });
});

test("of two choices that would close a circle the first counts, and whose came second hears again what they did", async () => {
  const { chamber, fane } = aPair();
  await fane.desk.onAir(true);
  amselSays(chamber, { does: "air", into: FR });
  fane.post.isHeld = true;
  const late = Promise.allSettled([fane.desk.listen(FR)]);
  expect(fane.listening.get().channel).toBe(FR);
  amselSays(chamber, { does: "source", into: FR, from: EN });
  for (const go of fane.held.splice(0)) go();
  await expect(late).resolves.toMatchObject([{ status: "rejected", reason: { code: "move_not_possible" } }]);
  expect(fane.listening.get().channel).toBeNull();
});

test("what could not be said is not heard either, and can be chosen again", async () => {
  const { fane, oru } = aPair();
  await fane.desk.onAir(true);
  fane.post.isLost = true;
  await expect(fane.desk.listen(FR)).rejects.toThrow("no_answer");
  expect(fane.state.get()).toMatchObject({ hears: null, next: null });
  fane.post.isLost = false;
  await fane.desk.listen(FR);
  expect([fane.listening.get().channel, oru.now()?.sources.get(EN)]).toEqual([FR, FR]);
});

test("what one hears of another booth in the language that one leaves comes as soon as one has left it", async () => {
  const { fane } = aPair();
  await fane.desk.turn(FR);
  await fane.desk.listen(EN);
  await fane.desk.turn(EN);
  await fane.desk.onAir(true);
  expect(fane.listening.get().channel).toBeNull();
  await fane.desk.turn(FR);
  await settled();
  expect([fane.sound(), fane.listening.get().channel]).toEqual([FR, EN]);
});

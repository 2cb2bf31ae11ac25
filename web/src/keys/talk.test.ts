import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import type { Identity, Party } from "../kernel/ids";
import type { Member } from "./credential";
import { Talk } from "./talk";

const AT = "2026-12-07T14:09:00.000Z";

function member(name: string): Member {
  const who = { party: "arven" as Party, serial: name, identity: name as Identity, name };
  return { ...who, role: "adviser", chair: false, red: true, expires: 0 };
}

const [ada, boris] = [member("ada"), member("boris")] as const;

/** Ada's chat, and what she has sent by it. */
function aTalk(isInside = true): { readonly talk: Talk; readonly sent: Said[] } {
  const sent: Said[] = [];
  let tickets = 0;
  const talk = new Talk({
    own: ada.identity,
    now: () => Date.parse(AT),
    ticket: () => (tickets += 1),
    say: (_ticket, said) => {
      sent.push(said);
      return isInside;
    },
  });
  return { talk, sent };
}

function chat(text: string): Said {
  return { kind: "chat", at: AT, text };
}

test("what is said stands in the order in which it was heard, one's own too, once it has its number", () => {
  const { talk, sent } = aTalk();
  talk.say("Shall we?");
  expect(sent).toEqual([chat("Shall we?")]);
  expect(talk.state.get()).toEqual({
    lines: [],
    pending: [{ ticket: 1, text: "Shall we?", said: AT, at: "sending", code: null }],
  });
  talk.hear({ told: "heard", number: 4, from: boris, said: chat("One moment") });
  talk.hear({ told: "heard", number: 5, from: ada, said: chat("Shall we?") });
  talk.hear({ told: "sent", ticket: 1, number: 5 });
  expect(talk.state.get()).toEqual({
    lines: [
      { is: "text", number: 4, from: boris, isOwn: false, at: AT, text: "One moment" },
      { is: "text", number: 5, from: ada, isOwn: true, at: AT, text: "Shall we?" },
    ],
    pending: [],
  });
});

test("nothing is not said", () => {
  const { talk, sent } = aTalk();
  talk.say(" \n ");
  expect(sent).toEqual([]);
  expect(talk.state.get().pending).toEqual([]);
});

test("what was not sent stays, with the reason, until it is taken away", () => {
  const { talk } = aTalk();
  talk.say("one");
  talk.say("two");
  talk.hear({ told: "unsent", ticket: 1, code: "no_answer" });
  expect(talk.state.get().pending).toMatchObject([{ at: "unsent", code: "no_answer" }, { at: "sending" }]);
  talk.drop(1);
  expect(talk.state.get().pending).toMatchObject([{ text: "two" }]);
  const outside = aTalk(false).talk;
  outside.say("one");
  expect(outside.state.get().pending).toMatchObject([{ at: "unsent", code: null }]);
});

test("what is missing, and what is not to be believed, stands where it was found out", () => {
  const { talk } = aTalk();
  talk.hear({ told: "unheard", number: 1, why: "earlier", from: null });
  talk.hear({ told: "gap", number: 3, from: boris, missing: 2 });
  talk.hear({ told: "unheard", number: 4, why: "forged", from: null });
  talk.hear({ told: "unheard", number: 5, why: "replay", from: boris });
  expect(talk.state.get().lines).toEqual([
    { is: "gap", number: 3, from: boris, missing: 2 },
    { is: "unheard", number: 4, why: "forged", from: null },
    { is: "unheard", number: 5, why: "replay", from: boris },
  ]);
});

test("what has its number is sent, and stands where it is until it is heard", () => {
  const { talk } = aTalk();
  talk.say("Shall we?");
  talk.hear({ told: "sent", ticket: 1, number: 5 });
  expect(talk.state.get().pending).toMatchObject([{ at: "sent" }]);
  talk.hear({ told: "heard", number: 5, from: ada, said: chat("Shall we?") });
  expect(talk.state.get().pending).toEqual([]);
});

test("what is heard after no answer came was sent; what nobody will tell of may not have been", () => {
  const { talk } = aTalk();
  talk.say("one");
  talk.say("two");
  talk.say("three");
  talk.hear({ told: "unsent", ticket: 1, code: "no_answer" });
  talk.hear({ told: "sent", ticket: 2, number: 4 });
  talk.doubt();
  expect(talk.state.get().pending.map(({ text, at, code }) => [text, at, code])).toEqual([
    ["one", "unsent", "no_answer"],
    ["two", "sent", null],
    ["three", "unsent", null],
  ]);
  talk.hear({ told: "heard", number: 3, from: boris, said: chat("one") });
  expect(talk.state.get().pending).toHaveLength(3);
  talk.hear({ told: "heard", number: 5, from: ada, said: chat("one") });
  expect(talk.state.get().pending.map(({ text }) => text)).toEqual(["two", "three"]);
});

test("nothing is said that others would not take", () => {
  const { talk, sent } = aTalk();
  talk.say("\u202E one\r\ntwo\tthree\u2028four\u0007 ");
  expect(sent).toEqual([chat("one\ntwo three\nfour")]);
});

test("orders and signals are no lines; of very many lines the last are kept", () => {
  const { talk } = aTalk();
  talk.hear({ told: "heard", number: 1, from: boris, said: { kind: "signal", at: AT, signal: "raise_hand" } });
  expect(talk.state.get().lines).toEqual([]);
  for (let number = 2; number < 700; number += 1)
    talk.hear({ told: "heard", number, from: boris, said: chat(String(number)) });
  expect(talk.state.get().lines).toHaveLength(500);
  expect(talk.state.get().lines.at(-1)).toMatchObject({ text: "699" });
});

import { expect, test } from "vitest";
import { ServerDoor } from "../contract/client";
import type { ModeName } from "../contract/parse";
import { en } from "../i18n/en";
import { enErrors } from "../i18n/enErrors";
import { wordsIn } from "../i18n/translator";
import type { MeetingId } from "../kernel/ids";
import { aMeeting, SEATS } from "../testing/builders";
import { MeetingOrders } from "./orders";
import { ordersOf } from "./ui/offered";
import { nameOfOrder, questionBefore } from "./ui/orderWords";

/** Keeps what is asked. */
class Listening extends ServerDoor {
  readonly bodies: unknown[] = [];

  override async ask<T>({ body }: { readonly body?: unknown }, parse: (value: unknown) => T): Promise<T> {
    this.bodies.push(body);
    return Promise.resolve(parse({ done: true }));
  }

  override async tell({ body }: { readonly body?: unknown }): Promise<void> {
    this.bodies.push(body);
    return Promise.resolve();
  }
}

const IDLE = { hold: () => undefined, close: async () => undefined };

async function nobodySigns(): Promise<never> {
  return Promise.reject(new Error("nothing is to be signed"));
}

test("an order is for the meeting that was seen when it was chosen, however long it is thought over", async () => {
  const door = new Listening("");
  const orders = new MeetingOrders(door, () => "m" as MeetingId, IDLE, nobodySigns);
  const seen = aMeeting({ phase: "closed", format: "restricted" });
  for (const order of ordersOf(SEATS.maren, seen)) await orders.move(order);
  const meant = { phase: "closed", format: "restricted" };
  expect(door.bodies).toEqual([
    { move: "open_doors", argument: null, ...meant },
    { move: "recess", argument: null, ...meant },
    { move: "change_format", argument: "one-on-one", ...meant },
    { move: "change_format", argument: "plenary", ...meant },
    { move: "change_mode", argument: "consecutive", ...meant },
    { move: "change_mode", argument: "liaison", ...meant },
    { move: "adjourn", argument: null, ...meant },
  ]);
});

test("each mode is changed to from either other, in the words of that mode", () => {
  const words = wordsIn("en-GB", en, enErrors, "UTC");
  const asked = (mode: ModeName): readonly string[] => {
    const seen = aMeeting({ phase: "closed", mode });
    const orders = ordersOf(SEATS.maren, seen).filter(({ move }) => move === "change_mode");
    return orders.map((order) => `${nameOfOrder(order, seen, words)}: ${questionBefore(order, 0, words).text}`);
  };
  const [simultaneous, consecutive, liaison] = [
    "Change to simultaneous interpretation: Interpreters speak while the speaker speaks.",
    "Change to consecutive interpretation: Interpreters speak after each statement.",
    "Change to liaison interpretation: Principals and interpreters speak in turn, sentence by sentence;",
  ];
  for (const [mode, others] of [
    ["simultaneous", [consecutive, liaison]],
    ["consecutive", [simultaneous, liaison]],
    ["liaison", [simultaneous, consecutive]],
  ] as const)
    expect(asked(mode).map((each, at) => each.startsWith(others[at] ?? "?"))).toEqual([true, true]);
});

test("doors are closed by one's own word before the server is asked, and held once it has agreed to open them", async () => {
  const told: unknown[] = [];
  const door = new Listening("");
  const doors = {
    hold: () => void told.push(["hold", door.bodies.length]),
    close: async () => Promise.resolve(void told.push(["close", door.bodies.length])),
  };
  const orders = new MeetingOrders(door, () => "m" as MeetingId, doors, nobodySigns);
  const order = { argument: null, phase: "open", format: "plenary" } as const;
  await orders.move({ ...order, move: "close_doors" });
  await orders.move({ ...order, move: "open_doors" });
  await orders.move({ ...order, move: "recess" });
  expect(told).toEqual([
    ["close", 0],
    ["hold", 2],
  ]);
});

test("what is arranged goes out with this device's signature under it, and what needs none without", async () => {
  const door = new Listening("");
  const signed: unknown[] = [];
  const orders = new MeetingOrders(
    door,
    () => "m" as MeetingId,
    IDLE,
    async (said) => {
      signed.push(said);
      return Promise.resolve(new Uint8Array([1, 2]));
    },
  );
  const signs = { type: "visavis arrangement 1", bytes: new Uint8Array([7]) };
  await orders.arrange({ method: "PUT", rest: "channels", body: { statement: "Bw" }, signs });
  await orders.arrange({ method: "DELETE", rest: "channels" });
  expect(signed).toEqual([signs]);
  expect(door.bodies).toEqual([{ statement: "Bw", signature: "AQI" }, undefined]);
});

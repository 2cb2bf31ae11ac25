// @vitest-environment node
import { expect, test } from "vitest";
import { fromB64u, toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import { TestSummit } from "../testing/summit";
import { readAddress, seatAddress } from "./invitation";

function relinked(link: string, change: (parts: Record<string, string>) => Record<string, string>): string {
  const bytes = fromB64u(link.slice("#/join/".length));
  const parts = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
  return `#/join/${toB64u(canonical(change(parts)))}`;
}

test("a link says who is invited, and carries the seed", async () => {
  const summit = await TestSummit.open();
  const address = readAddress(await summit.link("Ilse Maren", "principal"));
  if (address.at !== "invited") throw new Error("not invited");
  expect(address.invited.invitation).toMatchObject({ name: "Ilse Maren", role: "principal", descriptor: summit.dh });
  expect(address.invited.seed).toHaveLength(32);
});

test("a torn or changed link is refused as a bad invitation", async () => {
  const summit = await TestSummit.open();
  const link = await summit.link("Ilse Maren", "principal");
  const bad = [
    "#/join/",
    link.slice(0, -7),
    `${link}=`,
    relinked(link, (parts) => ({ ...parts, more: "" })),
    relinked(link, ({ secret: _secret, ...parts }) => parts),
    relinked(link, (parts) => ({ ...parts, invitation: toB64u(new Uint8Array([0xff])) })),
  ];
  for (const each of bad) expect(() => readAddress(each)).toThrow(expect.objectContaining({ code: "invitation_bad" }));
});

test.each([
  ["two lines", "Ilse\nMaren"],
  ["a name that turns the order of what follows", "Ilse \u202EMaren"],
  ["an isolate", "Ilse \u2066Maren"],
  ["a space at the end", "Ilse Maren "],
  ["no name", ""],
])("an invitation with %s is refused", async (_what, name) => {
  const summit = await TestSummit.open();
  const link = await summit.link(name, "principal");
  expect(() => readAddress(link)).toThrow(expect.objectContaining({ code: "invitation_bad" }));
});

test("the address of a seat opens nothing, and says which key to use", () => {
  const serial = "abcdefghijklmnopqrstuv";
  expect(readAddress(seatAddress(serial))).toEqual({ at: "seat", serial });
  expect(readAddress("")).toEqual({ at: "nowhere" });
  expect(readAddress("#/seat/short")).toEqual({ at: "nowhere" });
});

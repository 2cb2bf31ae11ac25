import { expect, test } from "vitest";
import type { Request } from "../contract/client";
import { SummitRegistry } from "./registry";

function aRegistry(answer: string): {
  readonly registry: SummitRegistry;
  readonly asked: Request[];
  readonly saved: (readonly [string, string])[];
} {
  const asked: Request[] = [];
  const saved: (readonly [string, string])[] = [];
  const registry = new SummitRegistry({
    server: {
      ask: async (request, parse) => {
        asked.push(request);
        return parse(JSON.parse(answer));
      },
      read: async (request) => {
        asked.push(request);
        return answer;
      },
    },
    formats: () => ["plenary"],
    save: (name, text) => {
      saved.push([name, text]);
    },
  });
  return { registry, asked, saved };
}

const LINE = {
  serial: "AAAAAAAAAAAAAAAAAAAAAA",
  name: "Mikko Sorel",
  role: "adviser",
  chair: false,
  identity: "A".repeat(26),
  enrolled: "2026-03-01T09:00:00.000Z",
  revoked: null,
};

test("the log is saved as it came, unread", async () => {
  const { registry, asked, saved } = aRegistry('{"number":1}\n{"number": 2}\n');
  await registry.saveLog();
  expect(saved).toEqual([["visavis-log.ndjson", '{"number":1}\n{"number": 2}\n']]);
  expect(asked).toMatchObject([{ method: "GET", path: "audit" }]);
});

test("who enrolled is told, and a list with more in it than agreed is refused", async () => {
  expect(await aRegistry(JSON.stringify({ enrolments: [LINE] })).registry.enrolments()).toEqual([LINE]);
  const more = JSON.stringify({ enrolments: [{ ...LINE, secret: "AA" }] });
  await expect(aRegistry(more).registry.enrolments()).rejects.toMatchObject({ code: "message_bad" });
});

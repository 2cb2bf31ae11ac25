/**
 * A crowd: members of a summit without pages, as many as are called, in one process. Words come as lines of JSON and are
 * answered so; how somebody stands is told whenever it changes. Driven by `tests/live/crowd.py`.
 *
 *     node main.js <the crate's WebAssembly>
 */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { argv, env, stdin, stdout } from "node:process";
import type { MoveName, Said } from "../../contract/parse";
import { RefusedError } from "../../kernel/errors";
import type { MeetingId } from "../../kernel/ids";
import { start } from "../../keys/group";
import { type GroupName, readGroupName } from "../../keys/groupName";
import { type Address, Attendee, type House } from "./member";
import { moment, prepare } from "./node";

/** What a member is told to do. */
type Word =
  | ({ readonly do: "arrive" } & Address)
  | { readonly do: "enter"; readonly meeting: MeetingId }
  | { readonly do: "say"; readonly group: string; readonly said: Said }
  | { readonly do: "move"; readonly move: MoveName; readonly argument: string | null }
  | { readonly do: "roster"; readonly group: GroupName["kind"] }
  | { readonly do: "leave" };

type Line = Word & { readonly id: number; readonly name: string };

const [, , crate = ""] = argv;
prepare({ aloud: env["CROWD_ALOUD"] !== undefined });
const house: House = {
  crate: readFile(crate).then(async (bytes) => start(bytes)),
  seats: new Map(),
};
const attendees = new Map<string, Attendee>();

function write(line: object): void {
  stdout.write(`${JSON.stringify(line)}\n`);
}

/** Many changes within so many ms are told as one, with the moment of the last. */
const TOGETHER = 20;

function newAttendee(name: string, address: Address): Attendee {
  let changed: number | null = null;
  let last = "";
  const made: Attendee = new Attendee(house, address, {
    standing() {
      const isDue = changed !== null;
      changed = moment();
      if (isDue) return;
      setTimeout(() => {
        const stands = made.told;
        const now = JSON.stringify(stands);
        if (now !== last) write({ name, at: changed, stands });
        last = now;
        changed = null;
      }, TOGETHER);
    },
    envelope(group, told) {
      write({ name, at: moment(), group, letter: told });
    },
  });
  attendees.set(name, made);
  return made;
}

function attendee(name: string): Attendee {
  const found = attendees.get(name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

async function obey({ name, ...word }: Line): Promise<unknown> {
  switch (word.do) {
    case "arrive":
      return newAttendee(name, word).arrive();
    case "enter":
      attendee(name).enter(word.meeting);
      return moment();
    case "say":
      return attendee(name).say(readGroupName(word.group), word.said);
    case "move":
      return attendee(name).move(word.move, word.argument);
    case "roster":
      return attendee(name).roster(word.group);
    case "leave":
      return attendee(name).leave();
  }
}

async function answer(line: Line): Promise<void> {
  const { id } = line;
  try {
    write({ id, answer: (await obey(line)) ?? null });
  } catch (error) {
    write({ id, refused: error instanceof RefusedError ? error.code : String(error) });
  }
}

createInterface({ input: stdin })
  .on("line", (line) => {
    void answer(JSON.parse(line) as Line);
  })
  .on("close", () => {
    process.exit();
  });

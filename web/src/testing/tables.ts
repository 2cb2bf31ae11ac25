/** A table for each test of a file, with agents of real groups; whoever was seated at it is let go after the test. */
import { afterEach, beforeAll, beforeEach } from "vitest";
import { AccreditedSummit } from "./accredited";
import { Table } from "./agents";
import type { FakeClock } from "./clock";
import { startCrate } from "./mls";

/** Calls `laid` before each test with a new table of one summit, for this group. */
export function layTables(clock: FakeClock, laid: (table: Table) => void, group?: string): void {
  let summit: AccreditedSummit;
  let table: Table | undefined;
  beforeAll(async () => {
    await startCrate();
    summit = await AccreditedSummit.agreed(clock);
  });
  beforeEach(() => {
    table = new Table(summit, clock, group);
    laid(table);
  });
  afterEach(() => {
    for (const { agent, envelopes } of table?.delegates ?? []) {
      agent.end();
      envelopes.end();
    }
  });
}

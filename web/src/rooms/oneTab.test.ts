import { expect, test } from "vitest";
import { FakeLog } from "../testing/log";
import { OneTab } from "./oneTab";

/** One browser's locks, shared by its tabs. */
class FakeLocks {
  private readonly holders = new Map<string, (reason: DOMException) => void>();
  readonly names: string[] = [];

  async request(name: string, options: unknown, granted?: unknown): Promise<unknown> {
    this.names.push(name);
    const grant = granted as (lock: object | null) => Promise<unknown>;
    const { steal = false, ifAvailable = false } = options as LockOptions;
    const held = this.holders.get(name);
    const gone = new DOMException("gone", "AbortError");
    if (held !== undefined && ifAvailable) return grant(null);
    if (held !== undefined && !steal) throw gone;
    held?.(gone);
    return new Promise((_resolve, reject) => {
      this.holders.set(name, reject);
      void grant({ name });
    });
  }

  /** The tab that has it is closed. */
  release(): void {
    this.holders.clear();
  }
}

function aTab(locks: FakeLocks, seat: string | null = "serial") {
  const told: string[] = [];
  const manager = locks as unknown as LockManager;
  const tab = new OneTab(
    manager,
    () => seat,
    () => {
      told.push("lost");
    },
    new FakeLog(),
  );
  return { tab, told };
}

test("the first tab has the seat, the second has not", async () => {
  const locks = new FakeLocks();
  const [first, second] = [aTab(locks), aTab(locks)];
  expect(await first.tab.claim()).toBe(true);
  expect(await second.tab.claim()).toBe(false);
  expect(await first.tab.claim()).toBe(true);
  expect([first.told, second.told]).toEqual([[], []]);
});

test("a seat that nobody has is one's own, however long the browser takes to say so", async () => {
  const locks = {
    async request(_name: string, options: LockOptions, granted: (lock: object) => Promise<never>): Promise<never> {
      // So busy a machine that whatever may take no longer than a moment has taken longer.
      if (options.signal !== undefined) throw new DOMException("timed out", "TimeoutError");
      return granted({});
    },
  };
  const tab = new OneTab(
    locks as unknown as LockManager,
    () => "serial",
    () => undefined,
    new FakeLog(),
  );
  expect(await tab.claim()).toBe(true);
});

test("the lock of the page before a reload may be there for a moment, and even a moment longer", async () => {
  const locks = new FakeLocks();
  const [before, after] = [aTab(locks), aTab(locks)];
  await before.tab.claim();
  const claim = after.tab.claim();
  locks.release();
  expect(await claim).toBe(true);
});

test("two seats in one browser do not stand in each other's way", async () => {
  const locks = new FakeLocks();
  expect(await aTab(locks, "one").tab.claim()).toBe(true);
  expect(await aTab(locks, "other").tab.claim()).toBe(true);
});

test("without a seat there is nothing to claim", async () => {
  const locks = new FakeLocks();
  expect(await aTab(locks, null).tab.claim()).toBe(false);
  expect(locks.names).toEqual([]);
});

test("taken over, the first tab is told once and the second goes on", async () => {
  const locks = new FakeLocks();
  const [first, second] = [aTab(locks), aTab(locks)];
  await first.tab.claim();
  let free = false;
  const waiting = second.tab.free().then(() => {
    free = true;
  });
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  expect(free).toBe(false);
  await second.tab.takeOver();
  await waiting;
  expect(first.told).toEqual(["lost"]);
  expect(await second.tab.claim()).toBe(true);
  expect(await first.tab.claim()).toBe(false);
  expect(first.told).toEqual(["lost"]);
});

test("a claim that waits in vain does not give away the seat that was taken over meanwhile", async () => {
  const told: string[] = [];
  const waiting = Promise.withResolvers<never>();
  const locks = {
    async request(
      _name: string,
      options: LockOptions,
      granted: (lock: object | null) => Promise<never>,
    ): Promise<never> {
      if (options.ifAvailable === true) return granted(null);
      return options.steal === true ? granted({}) : waiting.promise;
    },
  };
  const tab = new OneTab(
    locks as unknown as LockManager,
    () => "serial",
    () => {
      told.push("lost");
    },
    new FakeLog(),
  );
  const claim = tab.claim();
  await tab.takeOver();
  waiting.reject(new DOMException("timed out", "AbortError"));
  expect(await claim).toBe(true);
  expect(told).toEqual([]);
  expect(await tab.claim()).toBe(true);
});

test("asked twice at once, the browser is asked once", async () => {
  const locks = new FakeLocks();
  const { tab } = aTab(locks);
  expect(await Promise.all([tab.claim(), tab.claim()])).toEqual([true, true]);
  expect(locks.names).toEqual(["visavis seat serial"]);
});

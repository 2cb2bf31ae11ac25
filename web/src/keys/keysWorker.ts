/** The keys worker: one agent for one group of keys. Its secrets go to the frames worker, over a port of their own. */
import { consoleLog } from "../kernel/log";
import { start } from "./group";
import { KeysWork } from "./keysWork";
import { isPulse, type WorkerTold } from "./words";

/** What is used of `DedicatedWorkerGlobalScope`, which is not among the document's types. */
interface Scope {
  addEventListener(event: "message", heard: (event: MessageEvent<unknown>) => void): void;
  addEventListener(event: "messageerror" | "error" | "unhandledrejection", heard: () => void): void;
  postMessage(told: WorkerTold): void;
  close(): void;
}

const scope = globalThis as unknown as Scope;

function tell(told: WorkerTold): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
  scope.postMessage(told);
}

// Compiled while the page still shows the arrival screen.
const work = new KeysWork(start(), tell);

/** In doubt there are no keys: nothing is sent and nothing is heard. */
function end(): void {
  work.end();
  tell({ told: "ended" });
  scope.close();
}

scope.addEventListener("error", end);
scope.addEventListener("unhandledrejection", end);
scope.addEventListener("messageerror", end);
scope.addEventListener("message", ({ data }) => {
  if (isPulse(data)) {
    tell({ told: "pulse" });
    return;
  }
  work.hear(data).catch((error: unknown) => {
    consoleLog.trouble("the keys worker", error);
    end();
  });
});

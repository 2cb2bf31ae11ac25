/** A worker that does nothing but wait, and say that it has. */
import type { Due } from "./steadyClock";

/** What is used of `DedicatedWorkerGlobalScope`, which is not among the document's types. */
interface Scope {
  addEventListener(event: "message", heard: (event: MessageEvent<Due>) => void): void;
  postMessage(number: number): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener("message", ({ data: { number, ms } }) => {
  setTimeout(() => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    scope.postMessage(number);
  }, ms);
});

/** The frames worker: the browser hands it every frame that leaves and every frame that comes. */
import { Frames, type Transformer } from "./frames";
import { readPageWord, type Told } from "./messages";

/** What is used of `DedicatedWorkerGlobalScope`, which is not among the document's types. */
interface Scope {
  addEventListener(event: "rtctransform", heard: (event: { readonly transformer: Transformer }) => void): void;
  addEventListener(event: "message", heard: (event: MessageEvent<unknown>) => void): void;
  addEventListener(event: "messageerror" | "error" | "unhandledrejection", heard: () => void): void;
  postMessage(told: Told): void;
  close(): void;
}

const scope = globalThis as unknown as Scope;
const [start = 0] = crypto.getRandomValues(new Uint32Array(1));

function tell(listener: { postMessage(told: Told): void }, told: Told): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers and ports have no origin to name
  listener.postMessage(told);
}

const frames = new Frames(start, () => performance.now(), {
  failed: () => {
    tell(scope, { told: "ended" });
    scope.close();
  },
  renewing: () => {
    tell(scope, { told: "renewing" });
  },
  overheard: (sender, group) => {
    tell(scope, { told: "overheard", sender, group });
  },
});

function end(): void {
  frames.end();
}

const ports = new Map<string, MessagePort>();

function connect(group: string, keys: MessagePort): void {
  ports.set(group, keys);
  keys.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    // What was said before the group was left may come after it.
    if (ports.get(group) !== keys) return;
    void frames.obey(data, group, (counts) => {
      tell(keys, { told: "counts", counts });
    });
  });
  // A word that cannot be read may have been the one to put somebody out.
  keys.addEventListener("messageerror", end);
  keys.start();
}

function disconnect(group: string): void {
  ports.get(group)?.close();
  ports.delete(group);
  frames.leave(group);
}

scope.addEventListener("error", end);
scope.addEventListener("unhandledrejection", end);
scope.addEventListener("messageerror", end);
scope.addEventListener("rtctransform", ({ transformer }) => {
  void frames.take(transformer);
});
scope.addEventListener("message", ({ data }) => {
  const word = readPageWord(data);
  switch (word?.do) {
    case "connect":
      return connect(word.group, word.keys);
    case "disconnect":
      return disconnect(word.group);
    case "under":
      return frames.sealUnder(word.group);
    case "claim":
      return void frames.claim(word.place, word.task);
    case "pulse":
      return tell(scope, { told: "pulse" });
    case "counts":
      return tell(scope, { told: "counts", counts: frames.counts() });
    case undefined:
      return frames.end();
  }
});

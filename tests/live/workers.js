/* Runs in a page before the client does: keeps the workers that it starts, by what they are for. */
(() => {
  const kept = [];
  let goingOn = null;
  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    constructor(address, options) {
      super(address, options);
      this.keptAs = /frames/u.test(String(address)) ? "frames" : "";
      kept.push(this);
    }

    postMessage(word, transfer) {
      // A keys worker is for the group that it begins with.
      if (word?.do === "begin") this.keptAs = word.group;
      super.postMessage(word, transfer);
      if (word?.do !== "under" || word.group !== "chamber" || goingOn === null) return;
      super.postMessage({ do: "under", group: goingOn });
      goingOn = null;
    }
  };

  const newest = (name) => kept.findLast(({ keptAs }) => keptAs === name);

  async function counts() {
    const worker = newest("frames");
    return new Promise((resolve) => {
      worker.addEventListener("message", function hear({ data }) {
        if (data.told !== "counts") return;
        worker.removeEventListener("message", hear);
        resolve(data.counts);
      });
      worker.postMessage({ do: "counts" });
    });
  }

  globalThis.workers = {
    counts,
    /** Ends the newest of a name without a word to anybody. */
    kill: (name) => newest(name).terminate(),
    /** Has the frames worker go on under a group's keys once, when the page tells it to seal for the chamber. */
    goOnUnder: (group) => void (goingOn = group),
    /** In place of the group's keys worker, gives the frames worker a key for every sender that is not theirs. */
    async mislead(group) {
      const { senders } = await counts();
      const { port1, port2 } = new MessageChannel();
      newest("frames").postMessage({ do: "connect", group, keys: port2 }, [port2]);
      for (const { sender, keyId } of senders) {
        port1.postMessage({ do: "receive", sender, keyId, secret: new Uint8Array(32).fill(77) });
      }
    },
  };
})();

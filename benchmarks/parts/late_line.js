/* Runs in a page before anything else: everything it says and is told over HTTP and WebSockets is late by `lineDelay` ms each way. */
(() => {
  globalThis.lineDelay = 0;
  const late = (then) => (globalThis.lineDelay === 0 ? then() : setTimeout(then, globalThis.lineDelay));
  const waited = () => new Promise((go) => late(go));
  const Native = globalThis.WebSocket;
  const ask = globalThis.fetch;

  globalThis.fetch = async (...asked) => {
    await waited();
    const answer = await ask(...asked);
    await waited();
    return answer;
  };

  globalThis.WebSocket = class extends Native {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", (told) => {
        if (told.isLate || globalThis.lineDelay === 0) return;
        told.stopImmediatePropagation();
        late(() => this.dispatchEvent(Object.assign(new MessageEvent("message", { data: told.data }), { isLate: true })));
      });
    }

    send(data) {
      late(() => {
        if (this.readyState === Native.OPEN) super.send(data);
      });
    }
  };
})();

/* Put before a member's own frames worker: keeps every key that it is given, and tries each on every frame that comes. */
{
  const SALT = new TextEncoder().encode("LKFrameEncryptionKey");
  const TRAILER = 14;
  /* From this number on a key is a floor's. */
  const FLOOR = 128;
  const keys = [];
  const seen = { keys: 0, tried: 0, opened: 0, floor: 0 };
  let isBusy = false;
  globalThis.keeper = seen;

  async function keep(secret) {
    const inward = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const derivation = { name: "HKDF", hash: "SHA-256", salt: SALT, info: new Uint8Array(128) };
    keys.push(await crypto.subtle.deriveKey(derivation, inward, { name: "AES-GCM", length: 128 }, false, ["decrypt"]));
    seen.keys = keys.length;
  }

  async function opens(key, bytes, header) {
    const end = bytes.length - TRAILER;
    const sealing = { name: "AES-GCM", iv: bytes.slice(end, end + 12), additionalData: bytes.slice(0, header) };
    return crypto.subtle.decrypt(sealing, key, bytes.slice(header, end)).then(
      () => true,
      () => false,
    );
  }

  /* Whatever number the frame names, every key is tried: as if each lay in all the places of every sender. */
  async function attempt(frame, bytes) {
    const isSound = !("type" in frame);
    const opened = await Promise.all(keys.map((key) => opens(key, bytes, isSound ? 1 : frame.type === "key" ? 10 : 3)));
    seen.tried += 1;
    seen.opened += opened.includes(true) ? 1 : 0;
    seen.floor += bytes.at(-1) >= FLOOR ? 1 : 0;
  }

  function look(frame, out) {
    const bytes = new Uint8Array(frame.data.slice(0));
    if (!isBusy) {
      isBusy = true;
      void attempt(frame, bytes).finally(() => {
        isBusy = false;
      });
    }
    out.enqueue(frame);
  }

  MessagePort.prototype.addEventListener = function addEventListener(event, heard) {
    EventTarget.prototype.addEventListener.call(this, event, (message) => {
      if (message.data?.do === "receive") void keep(message.data.secret.slice());
      heard.call(this, message);
    });
  };
  globalThis.addEventListener = function addEventListener(event, heard) {
    EventTarget.prototype.addEventListener.call(globalThis, event, (told) => {
      const { transformer } = told;
      if (transformer === undefined || transformer.options.side === "seal") return heard(told);
      const readable = transformer.readable.pipeThrough(new TransformStream({ transform: look }));
      return heard({ transformer: { options: transformer.options, readable, writable: transformer.writable } });
    });
  };
}

/** What a page has and Node has not, as far as the client asks for it. */
import { Console } from "node:console";
import { Writable } from "node:stream";

const nowhere = new Writable({
  write(_chunk, _encoding, done) {
    done();
  },
});

function unheard(): void {
  // Nobody says anything there.
}

/** Makes this process a place where the client can live; nothing but answers goes to its output. */
export function prepare(options: { readonly aloud: boolean }): void {
  globalThis.console = new Console(options.aloud ? process.stderr : nowhere);
  // Nobody takes this machine's network away.
  Object.assign(globalThis, { addEventListener: unheard, removeEventListener: unheard });
  Object.defineProperty(globalThis.navigator, "onLine", { value: true });
  stretchOnce();
}

/**
 * Stretches each password once, whoever asks: members on machines of their own would work out their code beside each
 * other, here they would wait for each other. What is stretched differs for whoever is in another epoch.
 */
function stretchOnce(): void {
  const { subtle } = globalThis.crypto;
  const [importKey, deriveBits] = [subtle.importKey.bind(subtle), subtle.deriveBits.bind(subtle)];
  const passwords = new WeakMap<CryptoKey, string>();
  const stretched = new Map<string, Promise<ArrayBuffer>>();
  const noted = async (...asked: Parameters<typeof importKey>): Promise<CryptoKey> => {
    const [format, data, algorithm] = asked;
    const password = format === "raw" && algorithm === "PBKDF2" ? hex(data) : null;
    const key = await importKey(...asked);
    if (password !== null) passwords.set(key, password);
    return key;
  };
  const once = async (...asked: Parameters<typeof deriveBits>): Promise<ArrayBuffer> => {
    const [algorithm, key] = asked;
    const password = passwords.get(key);
    if (password === undefined || typeof algorithm === "string" || !("salt" in algorithm)) return deriveBits(...asked);
    const name = `${password} ${hex(algorithm.salt)}`;
    const made = stretched.get(name) ?? deriveBits(...asked);
    stretched.set(name, made);
    return made;
  };
  Object.assign(subtle, { importKey: noted, deriveBits: once });
}

function hex(bytes: unknown): string {
  if (!(bytes instanceof Uint8Array || bytes instanceof ArrayBuffer)) throw new TypeError("no bytes");
  return Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString("hex");
}

/** Milliseconds of the clock that every process of this machine shares, and that only goes forward. */
export function moment(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}

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
}

/** Milliseconds of the clock that every process of this machine shares, and that only goes forward. */
export function moment(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}

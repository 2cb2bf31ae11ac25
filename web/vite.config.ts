import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** What is known of a module once all are read. */
interface Graph {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Whether a module is fetched with the page: it is the entry, or something of the kind imports it outright. */
function isFetchedWithThePage(id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const known = graph.getModuleInfo(id);
  if (known === null) return false;
  return known.isEntry || known.importers.some((each) => isFetchedWithThePage(each, graph, seen));
}

/** What keeps webrtc-adapter in livekit-client: that it is set to work, and that its own part is read as the file is. */
const ADAPTING: readonly (readonly [what: RegExp, instead: string])[] = [
  [/^adapterFactory\(\{\s*window: typeof window === 'undefined' \? undefined : window\s*\}\);/mu, ""],
  [/sdpExports = requireSdp\(\);/u, "sdpExports = /*#__PURE__*/ requireSdp();"],
];

/**
 * livekit-client without webrtc-adapter, which evens out browsers older than any in which a seat can be had
 * (`identity/fitness.ts`), and weighs 12 kB on the wire.
 */
function withoutAdapter(): Plugin {
  let isMet = false;
  return {
    name: "without-adapter",
    apply: "build",
    buildEnd(error) {
      if (error === undefined && !isMet) this.error("livekit-client is not where it was");
    },
    transform: {
      filter: { id: /livekit-client\.esm\.mjs$/u },
      handler(code) {
        isMet = true;
        const left = ADAPTING.reduce((before, [what, instead]) => {
          if (!what.test(before)) this.error("webrtc-adapter is not where it was in livekit-client");
          return before.replace(what, instead);
        }, code);
        return { code: left, map: null };
      },
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- vite asks for it
export default defineConfig({
  plugins: [react(), withoutAdapter()],
  build: {
    target: "es2022",
    sourcemap: false,
    // The pages' security policy allows no inline script and no `data:` address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    // What comes with the page comes as one: in forty pieces, one for each set of later parts that share it, it packs worse.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ debugName: "page", name: (id, graph) => (isFetchedWithThePage(id, graph) ? "page" : null) }],
        },
      },
    },
  },
  worker: { format: "es" },
  test: {
    environment: "node", // a file that needs a document says so in its first line
    include: ["src/**/*.test.{ts,tsx}"],
    passWithNoTests: false,
    restoreMocks: true,
    sequence: { shuffle: true },
    // Left to itself it leaves one core free, which on two doubles the time.
    maxWorkers: "100%",
    // Generous: a machine may be busy, and no test waits for time to pass.
    testTimeout: 60_000,
  },
});

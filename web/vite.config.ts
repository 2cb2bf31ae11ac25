import react from "@vitejs/plugin-react";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Files below this size gain nothing from compression. */
const WORTH_COMPRESSING_BYTES = 1024;

/** Writes a `.br` and a `.gz` next to each text the server sends, so that it never compresses itself. */
function compressed(): Plugin {
  return {
    name: "visavis:compressed",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        const source = file.type === "chunk" ? file.code : file.source;
        if (!/\.(js|css|svg|wasm|json)$/.test(fileName) || source.length < WORTH_COMPRESSING_BYTES) continue;
        const bytes = Buffer.from(source);
        this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: brotliCompressSync(bytes) });
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
      }
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- vite asks for it
export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: "es2022",
    sourcemap: false,
    // The pages' security policy allows no inline script and no `data:` address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: "es" },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    passWithNoTests: false,
    restoreMocks: true,
    sequence: { shuffle: true },
    testTimeout: 10_000,
  },
});

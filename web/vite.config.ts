import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// oxlint-disable-next-line import/no-default-export -- vite asks for it
export default defineConfig({
  plugins: [react()],
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
    environment: "node", // a file that needs a document says so in its first line
    include: ["src/**/*.test.{ts,tsx}"],
    passWithNoTests: false,
    restoreMocks: true,
    sequence: { shuffle: true },
    // Generous: a machine may be busy, and no test waits for time to pass.
    testTimeout: 60_000,
  },
});

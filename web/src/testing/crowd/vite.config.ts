import { defineConfig } from "vite";

/** The crowd as one file for Node, which needs nothing beside it. */
// oxlint-disable-next-line import/no-default-export -- vite asks for it
export default defineConfig({
  build: { ssr: "main.ts", copyPublicDir: false },
  ssr: { noExternal: true },
});

import { defineConfig } from "vite";

/** The simulator's command line for Node, in one file. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "simulator/command.ts",
    target: "node20",
    outDir: "dist/simulator",
    emptyOutDir: true,
    rollupOptions: { output: { entryFileNames: "simulate.mjs" } },
  },
});

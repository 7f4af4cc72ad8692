import { defineConfig } from "vite";

/** Two entries with fixed names (the hub adds a content hash); what they load later carries a hash of its own. */
export default defineConfig({
  base: "/assets/",
  build: {
    target: "es2022",
    outDir: "../target/classes/static/assets",
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      input: { app: "src/app/main.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".css")) ? "app.css" : "files/[name]-[hash][extname]",
      },
    },
  },
  worker: { format: "es" },
});

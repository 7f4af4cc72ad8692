import { defineConfig } from "vite";
import type { Plugin } from "vite";

const TURBO = /@hotwired\/turbo\/dist\/turbo\.es2017-esm\.js$/;
const INLINE_STYLE = "    this.installStylesheetElement();\n";

/** Turbo puts a `<style>` into the page for its progress bar, which the policy forbids; `styles/shell.css` has the rules instead. */
function turboWithoutInlineStyle(): Plugin {
  return {
    name: "turbo-without-inline-style",
    transform: {
      filter: { id: TURBO },
      handler(code) {
        if (!code.includes(INLINE_STYLE))
          this.error("Turbo no longer installs its style as expected; look at it again");
        return { code: code.replace(INLINE_STYLE, ""), map: null };
      },
    },
  };
}

/** Entries with fixed names (the hub adds a content hash); what they load later carries a hash of its own. */
export default defineConfig({
  base: "/assets/",
  plugins: [turboWithoutInlineStyle()],
  build: {
    target: "es2022",
    outDir: "../target/classes/static/assets",
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    // In kB: what charts are drawn with, which only the pages that draw load.
    chunkSizeWarningLimit: 600,
    cssCodeSplit: false,
    rollupOptions: {
      // `theme` is no module: it blocks the first paint so that the page never flashes in the other colours.
      input: { app: "src/app/main.ts", theme: "src/app/theme.ts" },
      // What later chunks share with the entry is a chunk too: importing the entry by its plain name would run it a second time.
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".css")) ? "app.css" : "files/[name]-[hash][extname]",
      },
    },
  },
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "chunks/[name]-[hash].js" } } },
});

import { defineConfig } from "vitest/config";

/** The longest takes some seconds alone; on a machine that does other things, many times that. In milliseconds. */
const PATIENCE = 120_000;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    passWithNoTests: false,
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
  },
});

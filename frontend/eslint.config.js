import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** Which room of the front end may import which; see src/docs/architecture.md. */
const arrows = {
  app: ["app", "controllers", "ui", "api", "simulator", "mesh-browser", "mesh-core", "mesh-ports", "protocol"],
  controllers: ["controllers", "ui", "api", "simulator", "mesh-ports", "mesh-core", "protocol"],
  ui: ["ui", "protocol"],
  api: ["api", "protocol"],
  "mesh-browser": ["mesh-browser", "mesh-core", "mesh-ports", "protocol"],
  "mesh-core": ["mesh-core", "mesh-ports", "protocol"],
  "mesh-ports": ["mesh-ports", "mesh-core", "protocol"],
  simulator: ["simulator", "mesh-core", "mesh-ports", "protocol"],
  protocol: ["protocol"],
};

export default tseslint.config(
  { ignores: ["node_modules/**", "dist/**"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ["src/**/*.ts", "simulator/**/*.ts", "test/**/*.ts"],
  })),
  {
    files: ["src/**/*.ts", "simulator/**/*.ts", "test/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.ts", "simulator/**/*.ts"],
    ignores: ["simulator/command.ts"],
    plugins: { boundaries },
    settings: {
      "import/resolver": { node: { extensions: [".ts", ".js", ".json", ".css"] } },
      "boundaries/dependency-nodes": ["import", "dynamic-import", "export"],
      "boundaries/elements": [
        { type: "app", pattern: "src/app/**", partialMatch: false },
        { type: "controllers", pattern: "src/controllers/**", partialMatch: false },
        { type: "ui", pattern: "src/ui/**", partialMatch: false },
        { type: "api", pattern: "src/api/**", partialMatch: false },
        { type: "mesh-browser", pattern: "src/mesh/browser/**", partialMatch: false },
        { type: "mesh-core", pattern: "src/mesh/core/**", partialMatch: false },
        { type: "mesh-ports", pattern: "src/mesh", partialMatch: false },
        { type: "protocol", pattern: "src/protocol/**", partialMatch: false },
        { type: "simulator", pattern: "simulator/**", partialMatch: false },
      ],
    },
    rules: {
      "boundaries/no-unknown-files": "error",
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          policies: Object.entries(arrows).map(([from, to]) => ({
            from: { element: { type: from } },
            allow: { to: { element: { type: to } } },
          })),
        },
      ],
    },
  },
  {
    files: ["src/mesh/core/**/*.ts", "src/protocol/**/*.ts", "simulator/**/*.ts"],
    ignores: ["simulator/command.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...[
          "window",
          "document",
          "navigator",
          "setTimeout",
          "setInterval",
          "Date",
          "performance",
          "crypto",
          "fetch",
          "WebSocket",
          "RTCPeerConnection",
          "process",
        ],
      ],
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^[^.]", message: "The core, the protocol and the simulator use no library." }] },
      ],
      "no-restricted-properties": ["error", { object: "Math", property: "random" }],
    },
  },
);

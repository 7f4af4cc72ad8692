import boundaries from "eslint-plugin-boundaries";
import tseslint from "typescript-eslint";

/** Which room of the front end may import which; see src/docs/architecture.md. */
const arrows = {
  app: ["app", "controllers", "ui", "api", "mesh-browser", "mesh-core", "mesh-ports", "protocol"],
  controllers: ["controllers", "ui", "api", "mesh-ports", "mesh-core", "protocol"],
  ui: ["ui", "protocol"],
  api: ["api", "protocol"],
  "mesh-browser": ["mesh-browser", "mesh-core", "mesh-ports", "protocol"],
  "mesh-core": ["mesh-core", "mesh-ports", "protocol"],
  "mesh-ports": ["mesh-ports", "mesh-core", "protocol"],
  protocol: ["protocol"],
};

export default tseslint.config(
  { ignores: ["node_modules/**"] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["src/**/*.ts", "test/**/*.ts"] })),
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.ts"],
    plugins: { boundaries },
    settings: {
      "import/resolver": { typescript: { project: "tsconfig.json" } },
      "boundaries/elements": [
        { type: "app", pattern: "src/app/**", mode: "full" },
        { type: "controllers", pattern: "src/controllers/**", mode: "full" },
        { type: "ui", pattern: "src/ui/**", mode: "full" },
        { type: "api", pattern: "src/api/**", mode: "full" },
        { type: "mesh-browser", pattern: "src/mesh/browser/**", mode: "full" },
        { type: "mesh-core", pattern: "src/mesh/core/**", mode: "full" },
        { type: "mesh-ports", pattern: "src/mesh/ports.ts", mode: "full" },
        { type: "protocol", pattern: "src/protocol/**", mode: "full" },
      ],
    },
    rules: {
      "boundaries/no-unknown-files": "error",
      "boundaries/element-types": [
        "error",
        {
          default: "disallow",
          rules: Object.entries(arrows).map(([from, allow]) => ({ from: [from], allow })),
        },
      ],
    },
  },
  {
    files: ["src/mesh/core/**/*.ts", "src/protocol/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["window", "document", "navigator", "setTimeout", "setInterval", "Date", "performance", "crypto", "fetch", "WebSocket", "RTCPeerConnection"],
      ],
      "no-restricted-properties": ["error", { object: "Math", property: "random" }],
    },
  },
);

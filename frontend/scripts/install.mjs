// Runs `npm ci` when, and only when, the lock file is not the one that node_modules was made from.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Hubmesh needs Node.js 20.19 or later to build its pages; this is ${process.version}.`);
  process.exit(1);
}

const lock = readFileSync("package-lock.json", "utf8");
const marker = "node_modules/.installed-lock.json";
if (!existsSync(marker) || readFileSync(marker, "utf8") !== lock) {
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(marker, lock);
}

// What the figures were seen on.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { bench, repository } from "./places.mjs";

const RIVALS = ["webtorrent", "bittorrent-tracker", "peer"];

const GIB = 1024 ** 3;

function git(...parameters) {
  return spawnSync("git", parameters, { cwd: repository, encoding: "utf8" }).stdout.trim();
}

/** The commit, the machine, the browser (null: none takes part) and the rivals' versions. */
export function surroundings(browser) {
  const { dependencies } = JSON.parse(readFileSync(join(bench, "package.json"), "utf8"));
  return {
    at: new Date().toISOString(),
    commit: git("rev-parse", "--short=10", "HEAD"),
    changed: git("status", "--porcelain", "--", "frontend/src", "src/main") !== "",
    cores: cpus().length,
    processor: cpus()[0]?.model ?? "unknown",
    memoryGib: Math.round(totalmem() / GIB),
    system: `${type()} ${release()}`,
    node: process.version,
    browser,
    rivals: Object.fromEntries(RIVALS.map((name) => [name, dependencies[name]])),
  };
}

// Real Chromium processes, one a peer, each with a profile of its own in a temporary folder.
import { spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { repository } from "./places.mjs";

const VARIABLE = "HUBMESH_TEST_BROWSER";

const COMMANDS = ["google-chrome-stable", "google-chrome", "chrome", "chromium", "chromium-browser"];

const USUAL_PLACES = [
  "/opt/google/chrome/chrome",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Host addresses are told plainly in offers: all peers are on this machine, and no rival waits for mDNS. */
const FLAGS = [
  "--disable-features=WebRtcHideLocalIpsWithMdns",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser that HUBMESH_TEST_BROWSER names, else an installed one, else the package's below src/test/browser. */
export function findBrowser() {
  const named = process.env[VARIABLE] ?? "";
  if (named !== "") {
    if (!isExecutable(named)) throw new Error(`${VARIABLE} names ${named}, which cannot be executed.`);
    return { executable: named, environment: {} };
  }
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  const installed = [...onPath, ...USUAL_PLACES].find(isExecutable);
  return installed === undefined ? brought() : { executable: installed, environment: {} };
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The same folder and marker as the stories in src/test/java use, so that it is installed once. */
function brought() {
  const source = join(repository, "src", "test", "browser");
  const target = join(repository, "target", "test-browser");
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  const marker = join(target, "installed-lock.json");
  if (!existsSync(marker) || readFileSync(marker, "utf8") !== lock) {
    mkdirSync(target, { recursive: true });
    for (const file of ["package.json", "package-lock.json", "unpack.mjs"])
      cpSync(join(source, file), join(target, file));
    run(target, "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(marker, lock);
  }
  const told = run(target, process.execPath, ["unpack.mjs", "unpacked"]).trim().split("\n");
  const { executable, ...environment } = Object.fromEntries(told.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return { executable, environment };
}

function run(cwd, command, parameters) {
  const ended = spawnSync(command, parameters, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (ended.status !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${ended.status}.`);
  return ended.stdout;
}

/** Starts browsers, and closes those that it has started. */
export class Browsers {
  #found = findBrowser();
  #folder;
  #open = new Set();

  /** `folder`: where the profiles are made. */
  constructor(folder) {
    this.#folder = folder;
  }

  /** A new process's only page, whose window has what `script` puts there. */
  async start(script) {
    const profile = await mkdtemp(join(this.#folder, "profile-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: this.#found.executable,
      env: { ...process.env, ...this.#found.environment },
      args: FLAGS,
      headless: true,
      // Saving to disk is no part of what is measured, for any rival.
      acceptDownloads: false,
    });
    this.#open.add({ context, profile });
    if (script !== undefined) await context.addInitScript({ path: script });
    return context.pages()[0];
  }

  /** What the browser calls itself. */
  async version() {
    const page = await this.start();
    const session = await page.context().newCDPSession(page);
    const { product } = await session.send("Browser.getVersion");
    await this.close();
    return product;
  }

  async close() {
    const open = [...this.#open];
    this.#open.clear();
    for (const { context, profile } of open) {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

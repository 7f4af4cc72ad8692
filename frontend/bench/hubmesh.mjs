// Hubmesh as people use it: its own pages, from signing in to "From peers".
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADMINISTRATOR, PASSWORD } from "./hub.mjs";
import { pages as scripts } from "./places.mjs";

/** Milliseconds for whatever moves many bytes. */
const PATIENCE = 240_000;

/** Milliseconds in which reports of a finished transfer reach the hub. */
const REPORTS = 15_000;

let uploads = 0;

/** Where the product keeps the limits that a person sets on My peer. */
const LIMITS = "hubmesh.limits";

/**
 * One source, whose tab uploaded the file and keeps it, and receivers who have joined and press the button at once. `upload`: the limit
 * of every peer, the source too, in bytes a second.
 */
export async function hubmesh({ browsers, hub, folder, size, receivers, upload, around }) {
  const name = `bench-${++uploads}.bin`;
  const enrol = (account) => member(browsers, hub, account, upload);
  const source = await enrol(ADMINISTRATOR);
  const resource = await shared(source, folder, name, size);
  const members = [];
  for (let each = 0; each < receivers; each++) members.push(await receiver(enrol, source, resource, name));
  const before = await overview(source);
  const fetchAll = () => Promise.all(members.map((page) => page.evaluate((bytes) => hubmeshWatch.fetch(bytes), size)));
  const outcome = await around([source, ...members], fetchAll);
  const after = await reported(source, resource, size * receivers);
  const counted = after.resources.find((each) => each.resource === resource) ?? {};
  return {
    ...outcome,
    sourceBytes: after.hub.egressBytes - before.hub.egressBytes,
    fromHub: counted.meshFromHub ?? 0,
    fromPeers: counted.meshFromPeers ?? 0,
  };
}

async function member(browsers, hub, name, upload) {
  const page = await browsers.start(join(scripts, "hubmesh-watch.js"));
  await page.goto(`${hub.address}/sign-in`);
  if (upload !== undefined) {
    const remember = ([key, limits]) => localStorage.setItem(key, JSON.stringify(limits));
    await page.evaluate(remember, [LIMITS, { uploadBytesPerSecond: upload }]);
    await page.reload();
  }
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await go(page, "My peer");
  await page.getByRole("button", { name: "Join the mesh" }).click();
  await page.getByRole("button", { name: "Leave the mesh" }).waitFor();
  return page;
}

/** Follows an entry of the main navigation: the tab's peer lives on. */
async function go(page, entry) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: entry, exact: true }).click();
  await page.getByRole("heading", { name: entry, exact: true }).waitFor();
}

async function open(page, name) {
  await go(page, "Library");
  await page.getByLabel("Content of this folder").getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { name, exact: true }).waitFor();
}

/** Uploads random bytes and waits until the tab keeps all of them; answers the resource's id. */
async function shared(page, folder, name, size) {
  const file = join(folder, name);
  writeFileSync(file, randomBytes(size));
  await go(page, "Library");
  await page.locator("#upload-files").setInputFiles(file);
  const listed = page.getByLabel("Content of this folder").getByRole("link", { name, exact: true });
  await listed.waitFor({ timeout: PATIENCE });
  await go(page, "My peer");
  await page.waitForFunction(
    (wanted) => {
      const row = [...document.querySelectorAll("[data-peer-target=held] tr")].find((each) =>
        each.textContent.includes(wanted),
      );
      return /^[0-9.]+ [KMG]?i?B$/.test(row?.querySelector("[data-label=Held]")?.textContent.trim() ?? "");
    },
    name,
    { timeout: PATIENCE },
  );
  rmSync(file);
  await open(page, name);
  return new URL(page.url()).pathname.split("/").at(-1);
}

async function receiver(enrol, source, resource, name) {
  const account = `receiver-${uploads}-${++accounts}`;
  await change(source, "POST", "/api/v1/accounts", { name: account, displayName: account, password: PASSWORD });
  await change(source, "PUT", `/api/v1/resources/${resource}/grants/${account}`, { level: "READ" });
  const page = await enrol(account);
  await open(page, name);
  return page;
}

let accounts = 0;

async function change(page, method, path, document) {
  const status = await page.evaluate(
    async ([verb, address, body]) => {
      const meta = (wanted) => globalThis.document.querySelector(`meta[name=${wanted}]`).content;
      const headers = { "content-type": "application/json", [meta("csrf-header")]: meta("csrf-token") };
      return (await fetch(address, { method: verb, headers, body: JSON.stringify(body) })).status;
    },
    [method, path, document],
  );
  if (status >= 300) throw new Error(`${method} ${path} was answered by ${status}.`);
}

function overview(page) {
  return page.evaluate(async () => (await fetch("/api/v1/measurement/overview")).json());
}

/** The hub's counters once the receivers' reports add up, or as they are when patience ends. */
async function reported(page, resource, bytes) {
  const end = Date.now() + REPORTS;
  for (;;) {
    const counters = await overview(page);
    const counted = counters.resources.find((each) => each.resource === resource);
    if ((counted?.meshFromHub ?? 0) + (counted?.meshFromPeers ?? 0) >= bytes || Date.now() > end) return counters;
    await page.waitForTimeout(250);
  }
}

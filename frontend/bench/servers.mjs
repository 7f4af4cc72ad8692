// What the rivals need on the loopback interface: a page with their scripts, and WebTorrent's own tracker.
import Tracker from "bittorrent-tracker/server";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bench, pages } from "./places.mjs";

const LOOPBACK = "127.0.0.1";

const FILES = {
  "/": [join(pages, "empty.html"), "text/html"],
  "/keep.js": [join(pages, "keep.js"), "text/javascript"],
  "/keep-worker.js": [join(pages, "keep-worker.js"), "text/javascript"],
  "/raw.js": [join(pages, "raw.js"), "text/javascript"],
  "/webtorrent.js": [join(pages, "webtorrent.js"), "text/javascript"],
  "/webtorrent.min.js": [join(bench, "node_modules/webtorrent/dist/webtorrent.min.js"), "text/javascript"],
};

export async function startPages() {
  const server = createServer((request, response) => {
    const [file, type] = FILES[request.url] ?? [];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    readFile(file).then((bytes) => response.writeHead(200, { "content-type": type }).end(bytes));
  });
  await new Promise((resolve) => server.listen(0, LOOPBACK, resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://${LOOPBACK}:${server.address().port}/`, stop };
}

export async function startTracker() {
  const tracker = new Tracker({ udp: false, http: false, ws: true, stats: false });
  await new Promise((resolve, reject) => {
    tracker.once("error", reject);
    tracker.listen(0, LOOPBACK, resolve);
  });
  const stop = () => new Promise((resolve) => tracker.close(resolve));
  return { address: `ws://${LOOPBACK}:${tracker.http.address().port}`, stop };
}

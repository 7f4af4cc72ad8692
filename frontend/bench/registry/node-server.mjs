// A rival's server in a process of its own, as its documentation starts it; it tells its port, and tidies its memory when asked.
import Tracker from "bittorrent-tracker/server";
import { PeerServer } from "peer";

const LOOPBACK = "127.0.0.1";

/** PeerJS' server refuses more clients than that; its own default is 5,000. */
const MOST_CLIENTS = 100_000;

const SERVERS = {
  "bittorrent-tracker": () =>
    new Promise((resolve, reject) => {
      const tracker = new Tracker({ udp: false, http: false, ws: true, stats: false });
      tracker.once("error", reject);
      tracker.on("warning", (warning) => console.error(warning.message));
      tracker.listen(0, LOOPBACK, () => resolve(tracker.http.address().port));
    }),
  peer: () =>
    new Promise((resolve) => {
      const options = { port: 0, host: LOOPBACK, path: "/", concurrent_limit: MOST_CLIENTS };
      PeerServer(options, (server) => resolve(server.address().port));
    }),
};

process.on("message", () => {
  globalThis.gc();
  process.send({ heap: process.memoryUsage().heapUsed });
});
process.on("disconnect", () => process.exit(0));
process.send({ port: await SERVERS[process.argv[2]]() });

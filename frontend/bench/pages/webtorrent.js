// A WebTorrent client with its own settings, but for the loopback's sake without servers on the internet.
import WebTorrent from "/webtorrent.min.js";

const now = () => performance.timeOrigin + performance.now();
const client = new WebTorrent({
  dht: false,
  lsd: false,
  webSeeds: false,
  tracker: { rtcConfig: { iceServers: [] } },
});
let torrent = null;

globalThis.torrents = {
  /** Seeds random bytes; answers the magnet address. */
  seed(size, tracker) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    return new Promise((resolve) => {
      torrent = client.seed(new File([bytes], "bench.bin"), { announce: [tracker] }, ({ magnetURI }) => {
        resolve(magnetURI);
      });
    });
  },

  /** Waits until the tracker has taken this seeder in. */
  announced() {
    return new Promise((resolve) => {
      torrent.discovery.tracker.once("update", resolve);
      torrent.discovery.tracker.update();
    });
  },

  fetch(magnet) {
    const clicked = now();
    let first = 0;
    let firstBytes = 0;
    return new Promise((resolve, reject) => {
      torrent = client.add(magnet);
      torrent.on("error", reject);
      torrent.on("verified", () => {
        if (first === 0) [first, firstBytes] = [now(), torrent.pieceLength];
      });
      torrent.on("done", () => {
        resolve({ clicked, first, firstBytes, last: now(), bytes: torrent.length });
      });
    });
  },

  uploaded: () => torrent.uploaded,
};

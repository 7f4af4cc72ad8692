// One bare channel whose bytes are verified and written by a worker: through the page, or with the channel in the worker.
(() => {
  const CHUNK_BYTES = 128 * 1024;
  const now = () => performance.timeOrigin + performance.now();

  /** Keeps the page's thread busy for `busy` of every 16 ms, as rendering does. */
  function occupy(busy) {
    if (busy === 0) return;
    setInterval(() => {
      const end = performance.now() + busy;
      while (performance.now() < end);
    }, 16);
  }

  function throughThePage(channel, worker) {
    let pieces = [];
    let length = 0;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) => {
      pieces.push(data);
      length += data.byteLength;
      if (length < CHUNK_BYTES) return;
      worker.postMessage({ pieces, length }, pieces);
      [pieces, length] = [[], 0];
    };
  }

  /** Makes `channel` bring `size` bytes to the worker; `where`: `page` or `worker`. Resolves when all are written. */
  globalThis.keepAll = (channel, size, where, busy, clicked) =>
    new Promise((resolve) => {
      const worker = new Worker("/keep-worker.js");
      let first = 0;
      let firstBytes = 0;
      worker.onmessage = ({ data }) => {
        if (first === 0) [first, firstBytes] = [now(), data.written];
        if (data.written >= size) resolve({ clicked, first, firstBytes, last: now(), bytes: data.written });
      };
      if (where === "worker") worker.postMessage({ channel }, [channel]);
      else throughThePage(channel, worker);
      occupy(busy);
    });
})();

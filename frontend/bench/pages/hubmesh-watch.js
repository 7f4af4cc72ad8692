// Runs in Hubmesh's own pages before their scripts: notes when chunks were verified and written, by the store's answers.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const watch = { clicked: 0, first: 0, last: 0, firstBytes: 0, bytes: 0, wanted: Infinity, done: null };
  globalThis.hubmeshWatch = watch;

  /** Presses "From peers"; the answer comes when `size` bytes are verified and written. */
  watch.fetch = (size) =>
    new Promise((resolve) => {
      Object.assign(watch, { wanted: size, done: resolve, clicked: now() });
      document.querySelector("[data-download-target=fetch]").click();
    });

  function kept(bytes) {
    if (watch.clicked === 0) return;
    watch.last = now();
    watch.bytes += bytes;
    if (watch.first === 0) Object.assign(watch, { first: watch.last, firstBytes: bytes });
    if (watch.bytes < watch.wanted) return;
    const { clicked, first, firstBytes, last } = watch;
    watch.done({ clicked, first, firstBytes, last, bytes: watch.bytes });
  }

  globalThis.Worker = class extends Worker {
    #puts = new Map();

    constructor(...parameters) {
      super(...parameters);
      this.addEventListener("message", ({ data }) => {
        const bytes = this.#puts.get(data.id);
        this.#puts.delete(data.id);
        if (bytes !== undefined && data.value === "kept") kept(bytes);
      });
    }

    postMessage(message, transfer) {
      if (message.task === "put") {
        this.#puts.set(
          message.id,
          message.pieces.reduce((sum, piece) => sum + piece.bytes.length, 0),
        );
      }
      super.postMessage(message, transfer);
    }
  };
})();

// One bare data channel, as fast as the browser can: the ceiling for one link. Nothing is verified or written.
(() => {
  const MESSAGE_BYTES = 64 * 1024;
  const MOST_BUFFERED = 1024 * 1024;
  const LOW_WATER = 256 * 1024;
  const now = () => performance.timeOrigin + performance.now();

  const connection = new RTCPeerConnection();
  let channel = null;

  async function described(description) {
    await connection.setLocalDescription(description);
    if (connection.iceGatheringState !== "complete") {
      await new Promise((resolve) => {
        connection.onicegatheringstatechange = () => {
          if (connection.iceGatheringState === "complete") resolve();
        };
      });
    }
    return connection.localDescription.sdp;
  }

  function send(size) {
    const bytes = new Uint8Array(size);
    let at = 0;
    channel.bufferedAmountLowThreshold = LOW_WATER;
    const fill = () => {
      while (at < size && channel.bufferedAmount + MESSAGE_BYTES <= MOST_BUFFERED) {
        channel.send(bytes.subarray(at, at + MESSAGE_BYTES));
        at += MESSAGE_BYTES;
      }
    };
    channel.onbufferedamountlow = fill;
    fill();
  }

  globalThis.raw = {
    /** The receiver begins; `received` comes true when `size` bytes have come, or are kept as `kept` says. */
    async offer(size, kept) {
      const clicked = now();
      channel = connection.createDataChannel("bulk", { ordered: false });
      if (kept !== undefined) {
        this.received = keepAll(channel, size, kept.where, kept.busy, clicked);
        return described(await connection.createOffer());
      }
      channel.binaryType = "arraybuffer";
      this.received = new Promise((resolve) => {
        let bytes = 0;
        let first = 0;
        let firstBytes = 0;
        channel.onmessage = ({ data }) => {
          bytes += data.byteLength;
          if (first === 0) [first, firstBytes] = [now(), bytes];
          if (bytes >= size) resolve({ clicked, first, firstBytes, last: now(), bytes });
        };
      });
      return described(await connection.createOffer());
    },

    async answer(sdp, size) {
      connection.ondatachannel = (event) => {
        channel = event.channel;
        if (channel.readyState === "open") send(size);
        else channel.onopen = () => send(size);
      };
      await connection.setRemoteDescription({ type: "offer", sdp });
      return described(await connection.createAnswer());
    },

    accept(sdp) {
      return connection.setRemoteDescription({ type: "answer", sdp });
    },
  };
})();

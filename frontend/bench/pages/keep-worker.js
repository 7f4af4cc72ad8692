// Verifies and writes chunks as the product's store does; they come from the page, or from a data channel that lives here.
const CHUNK_BYTES = 128 * 1024;
const opened = navigator.storage
  .getDirectory()
  .then((folder) => folder.getFileHandle("kept", { create: true }))
  .then((file) => file.createSyncAccessHandle());

let written = 0;
let waiting = [];
let waitingBytes = 0;
let turn = Promise.resolve();

async function keep(pieces, length) {
  const buffer = new Uint8Array(1 + length);
  let at = 1;
  for (const piece of pieces) {
    buffer.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  await crypto.subtle.digest("SHA-256", buffer);
  const file = await opened;
  file.write(buffer.subarray(1), { at: written });
  written += length;
  postMessage({ written });
}

function take(pieces, length) {
  turn = turn.then(() => keep(pieces, length));
}

onmessage = ({ data }) => {
  if (data.channel === undefined) {
    take(data.pieces, data.length);
    return;
  }
  data.channel.binaryType = "arraybuffer";
  data.channel.onmessage = (event) => {
    waiting.push(event.data);
    waitingBytes += event.data.byteLength;
    if (waitingBytes < CHUNK_BYTES) return;
    take(waiting, waitingBytes);
    [waiting, waitingBytes] = [[], 0];
  };
};

import type { TransferView } from "../../src/mesh/ports";

/** A transfer of 10 bytes, one of them from the hub, unless said otherwise. */
export function transferView(change: Partial<TransferView> = {}): TransferView {
  return {
    transfer: "transfer-1",
    resource: "r",
    content: "c",
    name: "film.mp4",
    size: 10,
    held: 0,
    fromHub: 1,
    fromPeers: 9,
    relayed: 0,
    wasted: 0,
    bytesPerSecond: 0,
    state: "running",
    sources: [],
    ...change,
  };
}

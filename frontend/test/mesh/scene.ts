import { expect } from "vitest";
import type { Model } from "../../src/protocol/messages";
import type { Limits } from "../../src/mesh/ports";
import { NO_LIMITS } from "../../src/mesh/core/limits";
import { bytesOf, manifestOf } from "./files";
import type { HubFile } from "./virtual-hub";
import { type Manner, type VirtualPeer, World } from "./world";

export const RESOURCE = "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77";

/** A file of `size` bytes as the hub knows it. */
export async function fileOf(size: number): Promise<HubFile> {
  const bytes = bytesOf(size);
  return { resource: RESOURCE, bytes, manifest: await manifestOf(bytes) };
}

/** A world whose hub has the file. */
export function worldWith(file: HubFile): World {
  const world = new World();
  world.hub.add(file);
  return world;
}

/** A joined peer that holds all of the file. */
export function seeder(world: World, file: HubFile, name = "seeder", manner: Manner = {}): VirtualPeer {
  return world.peer(name, manner).seed(file).join();
}

/** A joined peer that has begun to fetch the file. */
export function receiver(world: World, name = "receiver", manner: Manner = {}, model: Model = "peers"): VirtualPeer {
  const peer = world.peer(name, manner).join();
  world.run(500);
  peer.fetch(RESOURCE, undefined, model);
  return peer;
}

/** The transfer is complete, its counts add up, and the bytes are the file's. */
export function expectWhole(peer: VirtualPeer, file: HubFile): void {
  const { size } = file.manifest;
  expect(peer.transfer).toMatchObject({ state: "completed", size });
  expect(peer.transfer.fromHub + peer.transfer.fromPeers).toBe(size);
  expect(Buffer.compare(peer.bytes(file.manifest) ?? Buffer.of(), file.bytes)).toBe(0);
}

/** Whether the peer's transfer no longer runs. */
export const ended = (peer: VirtualPeer) => (): boolean => peer.transfer.state !== "running";

/** Sets some limits of a peer; the others are as they were. */
export function limit(peer: VirtualPeer, change: Partial<Limits>): void {
  peer.tell({ type: "limits", limits: { ...NO_LIMITS, ...peer.state.limits, ...change } });
}

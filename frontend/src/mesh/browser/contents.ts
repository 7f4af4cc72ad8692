import { chunkCount, chunkLength, contentIdOf, leafOf, type Manifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { type KeptContent, ORIGIN } from "../core/events";
import type { FileToFetch, Ports } from "../ports";

/** The manifest of a file, believed only after its content id has been computed again. */
async function trustedManifest(ports: Ports, resource: string): Promise<Manifest> {
  const manifest = await ports.origin.manifest(resource);
  const content = await contentIdOf(manifest.size, manifest.leaves, (bytes) => ports.digester.sha256(bytes));
  if (content !== manifest.contentId) throw new MeshProblem("manifest-invalid");
  return manifest;
}

/** Makes room for a file to be fetched, or finds what is held of it. The core notes the transfer once it goes on with it. */
export async function loadContent(ports: Ports, file: FileToFetch): Promise<KeptContent> {
  const manifest = await trustedManifest(ports, file.resource);
  return ports.store.create({ ...file, manifest, note: null });
}

/** Keeps a file whose bytes are at hand, each chunk verified, one chunk in memory at a time. */
export async function adoptFile(ports: Ports, file: FileToFetch, bytes: Blob): Promise<KeptContent> {
  const manifest = await trustedManifest(ports, file.resource);
  if (bytes.size !== manifest.size) throw new MeshProblem("content-mismatch");
  const kept = await ports.store.create({ ...file, manifest, note: null });
  const origins = kept.origins.slice();
  for (let chunk = 0; chunk < chunkCount(manifest); chunk++) {
    if (origins[chunk] !== ORIGIN.missing) continue;
    const from = chunk * manifest.chunkSize;
    const part = new Uint8Array(await bytes.slice(from, from + chunkLength(manifest, chunk)).arrayBuffer());
    const pieces = [{ offset: 0, bytes: part }];
    const outcome = await ports.store.put(manifest.contentId, chunk, pieces, leafOf(manifest, chunk), ORIGIN.own);
    if (outcome === "wrong") {
      if (kept.note === null) await ports.store.drop(manifest.contentId);
      throw new MeshProblem("content-mismatch");
    }
    origins[chunk] = ORIGIN.own;
  }
  return { ...kept, origins };
}

import { chunkCount, chunkLength, contentIdOf, leafOf, type Manifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { isKept, type KeptContent, ORIGIN } from "../core/events";
import type { Ports } from "../ports";

/** The manifest of a file, believed only after its content id has been computed again. */
export async function trustedManifest(ports: Pick<Ports, "origin" | "digester">, resource: string): Promise<Manifest> {
  const manifest = await ports.origin.manifest(resource);
  const content = await contentIdOf(manifest.size, manifest.leaves, (bytes) => ports.digester.sha256(bytes));
  if (content !== manifest.contentId) throw new MeshProblem("manifest-invalid");
  return manifest;
}

/** Keeps what is missing of a content whose bytes are at hand, each chunk verified, one chunk in memory at a time. */
export async function fillContent({ store }: Ports, kept: KeptContent, bytes: Blob): Promise<KeptContent> {
  const { manifest } = kept;
  const origins = kept.origins.slice();
  for (let chunk = 0; chunk < chunkCount(manifest); chunk++) {
    if (isKept(origins[chunk] ?? ORIGIN.missing)) continue;
    const from = chunk * manifest.chunkSize;
    const part = new Uint8Array(await bytes.slice(from, from + chunkLength(manifest, chunk)).arrayBuffer());
    const pieces = [{ offset: 0, bytes: part }];
    const outcome = await store.put(manifest.contentId, chunk, pieces, leafOf(manifest, chunk), ORIGIN.own);
    if (outcome === "wrong") {
      if (kept.note === null) await store.drop(manifest.contentId);
      throw new MeshProblem("content-mismatch");
    }
    origins[chunk] = ORIGIN.own;
  }
  return { ...kept, origins };
}

import { type Manifest, parseManifest } from "../../protocol/manifest";
import { isHubProblem, MeshProblem, type ProblemCode } from "../../protocol/problems";
import { readObject } from "../../protocol/shapes";
import type { Bytes } from "../core/events";
import type { HubOrigin } from "../ports";

/** Milliseconds in which the hub must have answered whole: a 4 MiB chunk at 70 KB/s, or a long manifest. */
const ANSWER_MILLIS = 60_000;

/** The hub over HTTP, with the session's cookie. `origin` without a slash at its end. */
export function httpOrigin(origin: string): HubOrigin {
  return {
    async manifest(resource: string): Promise<Manifest> {
      const response = await get(`${origin}/api/v1/resources/${encodeURIComponent(resource)}/manifest`);
      const manifest = parseManifest(await response.json().catch(() => null));
      if (manifest === null) throw new MeshProblem("manifest-invalid");
      return manifest;
    },
    async chunk(lease: string, chunk: number, length: number, signal: AbortSignal): Promise<Bytes> {
      const response = await get(`${origin}/api/v1/mesh/leases/${encodeURIComponent(lease)}/chunks/${chunk}`, signal);
      const announced = response.headers.get("content-length");
      if (announced !== null && Number(announced) !== length) throw new MeshProblem("checksum-mismatch");
      const bytes = new Uint8Array(await response.arrayBuffer().catch(unreachable));
      if (bytes.length !== length) throw new MeshProblem("checksum-mismatch");
      return bytes;
    },
  };
}

/** The bytes that the hub sends for a part in an experiment, as they come. */
export function downloadPart(origin: string): (trial: string, signal: AbortSignal) => Promise<ReadableStream<Bytes>> {
  return async (trial, signal) => {
    const address = `${origin}/api/v1/experiments/parts/${encodeURIComponent(trial)}/content`;
    const response = await ask(address, signal);
    if (response.body === null) throw new MeshProblem("hub-unreachable");
    return response.body;
  };
}

async function get(address: string, given?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(ANSWER_MILLIS);
  return ask(address, given === undefined ? timeout : AbortSignal.any([given, timeout]));
}

async function ask(address: string, signal: AbortSignal): Promise<Response> {
  const settings = { credentials: "same-origin", cache: "no-store", redirect: "error", signal } as const;
  const response = await fetch(address, settings).catch(unreachable);
  if (!response.ok) throw new MeshProblem(await problemOf(response));
  return response;
}

function unreachable(): never {
  throw new MeshProblem("hub-unreachable");
}

/** The code of an RFC 9457 problem document. */
async function problemOf(response: Response): Promise<ProblemCode> {
  const code = readObject(await response.json().catch(() => null))?.["code"];
  return isHubProblem(code) ? code : "unexpected";
}

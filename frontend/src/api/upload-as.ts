import { CANCELLED, parseProblem, refused, UNEXPECTED_ANSWER, UNREACHABLE } from "./answers";
import type { Answer } from "./answers";
import type { HubPorts } from "./hub";
import { parseResource } from "./shapes";
import type { ResourceItem } from "./shapes";
import { readJsonObject } from "../protocol/shapes";
import type { Upload } from "./upload";

/** What is to happen when the name is taken: both are kept, or the file becomes the next version of the one there. */
export type UploadClash = "rename" | "version";

/** Sends a file whose name is taken, in one request: what is to happen then is said with it. */
export type SendFileAs = (folder: string, file: File, clash: UploadClash) => Upload;

/** Such an upload cannot be paused, nor gone on with after it has broken off. */
export function sendFileAsWith(ports: Pick<HubPorts, "fetch" | "csrf" | "signedOut">): SendFileAs {
  return (folder, file, clash) => {
    const ending = new AbortController();
    const send = async (): Promise<Answer<ResourceItem>> => {
      const headers = new Headers({ Accept: "application/json, application/problem+json" });
      headers.set("Content-Type", file.type === "" ? "application/octet-stream" : file.type);
      const csrf = ports.csrf();
      if (csrf !== null) headers.set(csrf.header, csrf.token);
      const query = `name=${encodeURIComponent(file.name)}&clash=${clash}`;
      const address = `/api/v1/resources/${encodeURIComponent(folder)}/files?${query}`;
      const init: RequestInit = { method: "POST", headers, body: file, signal: ending.signal };
      const response = await ports.fetch(address, init);
      const text = await response.text();
      if (response.status === 401) ports.signedOut();
      if (!response.ok) return refused(parseProblem(response.status, text));
      const resource = parseResource(readJsonObject(text));
      return resource === null ? refused(UNEXPECTED_ANSWER) : { ok: true, value: resource };
    };
    return {
      done: send().catch(() => refused(ending.signal.aborted ? CANCELLED : UNREACHABLE)),
      pause: () => undefined,
      resume: () => undefined,
      cancel: () => {
        ending.abort();
      },
    };
  };
}

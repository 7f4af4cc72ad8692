import { readJsonObject } from "../protocol/shapes";
import { CANCELLED, parseProblem, refused, UNEXPECTED_ANSWER, UNREACHABLE } from "./answers";
import type { Answer, Problem } from "./answers";
import type { HubPorts } from "./hub";
import { parseResource } from "./shapes";
import type { ResourceItem } from "./shapes";

const OTHER_BYTES = "application/octet-stream";

/** A hub that refuses may close before the last byte was sent; a browser then cannot read what it answered. */
const ENDED_EARLY: Problem = {
  code: "upload-ended",
  detail:
    "The hub ended the upload. The name may be taken, the file too large, or your right to write withdrawn; or the connection broke. Reload the page to see what is there, then try again.",
  status: 0,
};

/** An upload under way. */
export interface Upload {
  /** Never rejected. A cancelled one is answered with the code `cancelled`. */
  done: Promise<Answer<ResourceItem>>;
  cancel: () => void;
}

/** Sends a file's bytes; `progress` is told how many have gone. */
export type SendFile = (folder: string, file: File, progress: (sent: number) => void) => Upload;

/** Sends by XMLHttpRequest, which, unlike fetch, says how far an upload is. */
export function sendFileWith(ports: Pick<HubPorts, "csrf" | "signedOut">): SendFile {
  return (folder, file, progress) => {
    const request = new XMLHttpRequest();
    const name = encodeURIComponent(file.name);
    request.open("POST", `/api/v1/resources/${encodeURIComponent(folder)}/files?name=${name}`);
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.setRequestHeader("Content-Type", file.type === "" ? OTHER_BYTES : file.type);
    const csrf = ports.csrf();
    if (csrf !== null) request.setRequestHeader(csrf.header, csrf.token);
    let sending = false;
    request.upload.addEventListener("progress", (event) => {
      sending ||= event.loaded > 0;
      progress(event.loaded);
    });
    const done = new Promise<Answer<ResourceItem>>((resolve) => {
      request.addEventListener("load", () => {
        if (request.status === 401) ports.signedOut();
        resolve(read(request.status, request.responseText));
      });
      request.addEventListener("error", () => {
        resolve(refused(sending ? ENDED_EARLY : UNREACHABLE));
      });
      request.addEventListener("abort", () => {
        resolve(refused(CANCELLED));
      });
    });
    request.send(file);
    return {
      done,
      cancel: () => {
        request.abort();
      },
    };
  };
}

function read(status: number, text: string): Answer<ResourceItem> {
  if (status < 200 || status > 299) return refused(parseProblem(status, text));
  const resource = parseResource(readJsonObject(text));
  return resource === null ? refused(UNEXPECTED_ANSWER) : { ok: true, value: resource };
}

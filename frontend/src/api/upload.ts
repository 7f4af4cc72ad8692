import type { DetailedError, Upload as Tus, UploadOptions } from "tus-js-client";
import { CANCELLED, parseProblem, refused, UNEXPECTED_ANSWER, UNREACHABLE } from "./answers";
import type { Answer, Problem } from "./answers";
import type { HubPorts } from "./hub";
import type { ResourceItem } from "./shapes";

const ENDPOINT = "/api/v1/uploads";

/** Tells which file of the library an upload has become. */
const RESOURCE = "Hubmesh-Resource";

/** How long to wait before each new try while nothing moves, in milliseconds: a hub that starts again needs some of them. */
const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

/** Refusals that another try may mend: the hub stands elsewhere in the file, asks for patience, or is not itself. */
const PASSING = new Set([409, 423, 429, 500, 502, 503, 504]);

/** An upload under way. */
export interface Upload {
  /** Never rejected. A cancelled one is answered with the code `cancelled`. */
  done: Promise<Answer<ResourceItem>>;
  pause: () => void;
  resume: () => void;
  /** Throws away what the hub has of it. */
  cancel: () => void;
}

/** Sends a file's bytes, from where an upload of the same file into the same folder was broken off; `progress` is told how many are there. */
export type SendFile = (folder: string, file: File, progress: (sent: number) => void) => Upload;

/** What sending needs of the page. */
export interface SendPorts extends Pick<HubPorts, "csrf" | "signedOut"> {
  /** Whose page it is; what one account has begun is not gone on with by another. */
  account: string;
  resource: (id: string) => Promise<Answer<ResourceItem>>;
}

/** Sends by tus 1.0, whose client is loaded when the first file is. The address of an upload is kept in local storage until it is there. */
export function sendFileWith(ports: SendPorts): SendFile {
  return (folder, file, progress) => new Sending(ports, folder, file, progress);
}

class Sending implements Upload {
  readonly done: Promise<Answer<ResourceItem>>;
  readonly #ports: SendPorts;
  #resolve: (answer: Answer<ResourceItem>) => void = () => undefined;
  #tus: Tus | null = null;
  #wanted: "sending" | "paused" | "cancelled" = "sending";

  constructor(ports: SendPorts, folder: string, file: File, progress: (sent: number) => void) {
    this.#ports = ports;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    void this.#begin(folder, file, progress).catch(() => {
      this.#resolve(refused(UNREACHABLE));
    });
  }

  pause(): void {
    if (this.#wanted !== "sending") return;
    this.#wanted = "paused";
    void this.#tus?.abort();
  }

  resume(): void {
    if (this.#wanted !== "paused") return;
    this.#wanted = "sending";
    this.#tus?.start();
  }

  cancel(): void {
    this.#wanted = "cancelled";
    // What cannot be told to the hub now is forgotten by it when it expires.
    void this.#tus?.abort(true).catch(() => undefined);
    this.#resolve(refused(CANCELLED));
  }

  async #begin(folder: string, file: File, progress: (sent: number) => void): Promise<void> {
    const tus = await import("tus-js-client");
    const upload = new tus.Upload(file, this.#options(folder, file, progress));
    const [previous] = await upload.findPreviousUploads();
    if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
    this.#tus = upload;
    if (this.#wanted === "sending") upload.start();
  }

  #options(folder: string, file: File, progress: (sent: number) => void): UploadOptions {
    const type = file.type === "" ? {} : { type: file.type };
    return {
      endpoint: ENDPOINT,
      metadata: { folder, name: file.name, ...type },
      headers: { Accept: "application/json, application/problem+json" },
      retryDelays: RETRIES,
      removeFingerprintOnSuccess: true,
      fingerprint: () =>
        Promise.resolve(
          ["hubmesh", this.#ports.account, folder, file.name, String(file.size), String(file.lastModified)].join("|"),
        ),
      onBeforeRequest: (request) => {
        const csrf = this.#ports.csrf();
        if (csrf !== null) request.setHeader(csrf.header, csrf.token);
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || PASSING.has(status);
      },
      onProgress: progress,
      onSuccess: ({ lastResponse }) => {
        void this.#arrived(lastResponse.getHeader(RESOURCE));
      },
      onError: (error) => {
        this.#failed(error);
      },
    };
  }

  async #arrived(id: string | undefined): Promise<void> {
    this.#resolve(id === undefined ? refused(UNEXPECTED_ANSWER) : await this.#ports.resource(id));
  }

  #failed(error: Error | DetailedError): void {
    const problem = problemOf(error);
    if (problem.status === 401) this.#ports.signedOut();
    this.#resolve(refused(problem));
  }
}

function problemOf(error: Error | DetailedError): Problem {
  const response = "originalResponse" in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  return response === null || status === 0 ? UNREACHABLE : parseProblem(status, response.getBody());
}

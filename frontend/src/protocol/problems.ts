/** What the hub may refuse with: the mirror of the Java enum `io.hubmesh.kernel.ProblemCode`, in its order. */
export const HUB_PROBLEMS = [
  "malformed-request",
  "invalid-name",
  "invalid-password",
  "invalid-value",
  "sign-in-required",
  "token-invalid",
  "forbidden",
  "insufficient-scope",
  "password-change-required",
  "csrf-token-invalid",
  "not-found",
  "method-not-allowed",
  "not-acceptable",
  "name-taken",
  "not-a-folder",
  "not-a-file",
  "changed-meanwhile",
  "already-running",
  "root-is-fixed",
  "last-administrator",
  "precondition-failed",
  "precondition-required",
  "length-required",
  "too-large",
  "unsupported-media-type",
  "range-not-satisfiable",
  "upload-incomplete",
  "checksum-mismatch",
  "upload-offset-mismatch",
  "upload-checksum-mismatch",
  "tus-version-unsupported",
  "too-many-requests",
  "idempotency-key-reused",
  "idempotency-key-in-use",
  "quota-exceeded",
  "storage-full",
  "peer-delivery-off",
  "lease-invalid",
  "not-joined",
  "message-invalid",
  "message-too-large",
  "fingerprint-mismatch",
  "ticket-invalid",
  "peer-unknown",
  "unexpected",
] as const;

/** What can go wrong in the browser alone; the hub never sends these. Each with one plain sentence for a person. */
export const CLIENT_PROBLEMS = {
  "browser-unsupported": "This browser lacks something the mesh needs (WebRTC, Ed25519, workers or locks)",
  "insecure-context": "The mesh needs a secure page: open the hub over https, or on localhost",
  "storage-refused": "The browser did not let this page read or write its files; reload the page and try again",
  "storage-quota":
    "This browser has not enough room left for the file; forget others on “My peer”, raise the limit there, or download from the hub",
  "storage-visit":
    "This browser keeps nothing on its disk here, as in a private window, and the file is too large for its memory; use “From the hub”",
  "content-damaged":
    "Part of what this browser kept of the file was damaged; fetch it again, only that part is missing",
  "storage-busy": "Another page of this browser still holds the files; close it, or wait a moment and try again",
  "tab-silent": "The tab of this browser that is the peer does not answer; close or reload that tab and try again",
  "access-revoked": "Your access to this file was taken away",
  "hub-unreachable": "The hub does not answer; trying again",
  "manifest-invalid": "The list of chunks that the hub sent does not fit its content id",
  "content-mismatch": "Those bytes are not the file that the hub holds",
} as const;

/** A code of the hub's closed list. */
export type HubProblemCode = (typeof HUB_PROBLEMS)[number];

/** A code that only the browser makes. */
export type ClientProblemCode = keyof typeof CLIENT_PROBLEMS;

/** Everything that a view of the mesh may name as a problem. */
export type ProblemCode = HubProblemCode | ClientProblemCode;

const hubProblems: ReadonlySet<string> = new Set(HUB_PROBLEMS);

/** Whether `value` is a code of the hub's closed list. */
export function isHubProblem(value: unknown): value is HubProblemCode {
  return typeof value === "string" && hubProblems.has(value);
}

/** Whether `value` is a code that a view of the mesh may name. */
export function isProblem(value: unknown): value is ProblemCode {
  return isHubProblem(value) || (typeof value === "string" && Object.hasOwn(CLIENT_PROBLEMS, value));
}

/** What went wrong, as an exception for the asynchronous commands of the mesh. */
export class MeshProblem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail?: string) {
    super(detail ?? code);
    this.name = "MeshProblem";
    this.code = code;
  }
}

/** The code of whatever was thrown. */
export function problemOf(failure: unknown): ProblemCode {
  return failure instanceof MeshProblem ? failure.code : "unexpected";
}

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { UploadOptions } from "tus-js-client";
import { sendFileWith } from "../../src/api/upload";
import type { Answer } from "../../src/api/answers";
import type { ResourceItem } from "../../src/api/shapes";
import { eventually } from "../eventually";

/** The client's uploads, whose course a test writes. */
const begun = vi.hoisted(() => [] as WrittenUpload[]);

interface WrittenUpload {
  options: UploadOptions;
  start: ReturnType<typeof vi.fn>;
  abort: ReturnType<typeof vi.fn>;
  resumeFromPreviousUpload: ReturnType<typeof vi.fn>;
}

const previous = vi.hoisted(() => [] as object[]);

vi.mock("tus-js-client", () => ({
  Upload: class implements WrittenUpload {
    start = vi.fn();
    abort = vi.fn(() => Promise.resolve());
    resumeFromPreviousUpload = vi.fn();
    findPreviousUploads = (): Promise<object[]> => Promise.resolve(previous);

    options: UploadOptions;

    constructor(_: File, options: UploadOptions) {
      this.options = options;
      begun.push(this);
    }
  },
}));

const found: Answer<ResourceItem> = { ok: true, value: { id: "r1", kind: "file", name: "film.mp4", contentId: "c" } };
const signedOut = vi.fn();
const send = sendFileWith({
  csrf: () => ({ header: "X-CSRF-TOKEN", token: "t" }),
  signedOut,
  account: "anna",
  resource: (id) =>
    Promise.resolve(id === "r1" ? found : { ok: false, problem: { code: "x", detail: id, status: 404 } }),
});
const file = new File(["0123456789"], "film.mp4", { type: "video/mp4", lastModified: 7 });

async function started(): Promise<WrittenUpload> {
  await eventually(() => {
    expect(begun[0]?.start).toHaveBeenCalled();
  });
  return begun[0] as unknown as WrittenUpload;
}

function refusal(status: number, body: string): never {
  const originalResponse = { getStatus: () => status, getBody: () => body };
  return Object.assign(new Error("refused"), { originalResponse }) as never;
}

beforeEach(() => {
  begun.length = 0;
  previous.length = 0;
  signedOut.mockClear();
});

describe("sending a file", () => {
  it("says where it goes and ends with the file of the library", async () => {
    const upload = send("folder", file, () => undefined);
    const tus = await started();
    expect(tus.options.metadata).toEqual({ folder: "folder", name: "film.mp4", type: "video/mp4" });
    expect(await tus.options.fingerprint?.(file, {})).toBe("hubmesh|anna|folder|film.mp4|10|7");
    const setHeader = vi.fn();
    void tus.options.onBeforeRequest?.({ setHeader } as never);
    expect(setHeader).toHaveBeenCalledWith("X-CSRF-TOKEN", "t");
    tus.options.onSuccess?.({ lastResponse: { getHeader: () => "r1" } as never });
    expect(await upload.done).toEqual(found);
  });

  it("goes on with what was broken off", async () => {
    previous.push({ uploadUrl: "/api/v1/uploads/1" });
    send("folder", file, () => undefined);
    const tus = await started();
    expect(tus.resumeFromPreviousUpload).toHaveBeenCalledWith(previous[0]);
  });

  it("pauses, resumes and cancels", async () => {
    const upload = send("folder", file, () => undefined);
    const tus = await started();
    upload.pause();
    expect(tus.abort).toHaveBeenLastCalledWith();
    upload.resume();
    expect(tus.start).toHaveBeenCalledTimes(2);
    upload.cancel();
    expect(tus.abort).toHaveBeenLastCalledWith(true);
    expect(await upload.done).toMatchObject({ ok: false, problem: { code: "cancelled" } });
  });

  it("does not start what was paused before the client was there", async () => {
    const upload = send("folder", file, () => undefined);
    upload.pause();
    await eventually(() => {
      expect(begun).toHaveLength(1);
    });
    upload.resume();
    await started();
  });

  it("ends with the hub's words when it refuses, and tells of an ended session", async () => {
    const upload = send("folder", file, () => undefined);
    const tus = await started();
    tus.options.onError?.(refusal(401, JSON.stringify({ code: "sign-in-required", detail: "Please sign in." })));
    expect(await upload.done).toMatchObject({ ok: false, problem: { detail: "Please sign in.", status: 401 } });
    expect(signedOut).toHaveBeenCalled();
  });

  it("tries again what may pass, and nothing else", async () => {
    send("folder", file, () => undefined);
    const { onShouldRetry } = (await started()).options;
    const retried = [0, 409, 500, 503, 400, 403, 404, 413, 507].map((status) =>
      onShouldRetry?.(refusal(status, ""), 0, {}),
    );
    expect(retried).toEqual([true, true, true, true, false, false, false, false, false]);
  });
});

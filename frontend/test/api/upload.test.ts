// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { sendFileWith } from "../../src/api/upload";
import type { Upload } from "../../src/api/upload";

/** A request whose course a test writes. */
class WrittenRequest extends EventTarget {
  static last: WrittenRequest;
  readonly upload = new EventTarget();
  readonly open = vi.fn();
  readonly setRequestHeader = vi.fn();
  readonly send = vi.fn();
  status = 0;
  responseText = "";

  constructor() {
    super();
    WrittenRequest.last = this;
  }

  abort(): void {
    this.dispatchEvent(new Event("abort"));
  }

  sent(loaded: number): void {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded }));
  }

  answer(status: number, text: string): void {
    this.status = status;
    this.responseText = text;
    this.dispatchEvent(new Event("load"));
  }
}

function begin(): Upload {
  vi.stubGlobal("XMLHttpRequest", WrittenRequest);
  const send = sendFileWith({ csrf: () => null, signedOut: () => undefined });
  return send("folder", new File(["0123456789"], "film.mp4"), () => undefined);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("an upload that is refused early", () => {
  it.each([403, 409, 413])("ends with the hub's words when %d can be read", async (status) => {
    const upload = begin();
    WrittenRequest.last.sent(4);
    WrittenRequest.last.answer(status, JSON.stringify({ code: "name-taken", detail: "Choose another name." }));
    expect(await upload.done).toMatchObject({ ok: false, problem: { detail: "Choose another name.", status } });
  });

  it("ends with a sentence that helps when the answer cannot be read", async () => {
    const upload = begin();
    WrittenRequest.last.sent(4);
    WrittenRequest.last.dispatchEvent(new Event("error"));
    const answer = await upload.done;
    expect(answer.ok ? "" : answer.problem.detail).toMatch(/^The hub ended the upload\./);
  });

  it("does not blame the hub when nothing was sent", async () => {
    const upload = begin();
    WrittenRequest.last.dispatchEvent(new Event("error"));
    expect(await upload.done).toMatchObject({ problem: { code: "hub-unreachable" } });
  });

  it("can be cancelled", async () => {
    const upload = begin();
    upload.cancel();
    expect(await upload.done).toMatchObject({ problem: { code: "cancelled" } });
  });
});

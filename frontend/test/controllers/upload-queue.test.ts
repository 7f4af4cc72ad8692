import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../src/api/answers";
import type { ResourceItem } from "../../src/api/shapes";
import type { SendFile } from "../../src/api/upload";
import { UploadQueue } from "../../src/controllers/upload-queue";
import type { UploadView } from "../../src/controllers/upload-queue";

interface Sent {
  name: string;
  progress: (sent: number) => void;
  end: (answer: Answer<ResourceItem>) => void;
}

function queueAt() {
  const sent: Sent[] = [];
  const arrived: string[] = [];
  const clock = { now: 0 };
  const send: SendFile = (_, file, progress) => {
    let end: Sent["end"] = () => undefined;
    const done = new Promise<Answer<ResourceItem>>((resolve) => {
      end = resolve;
    });
    sent.push({ name: file.name, progress, end });
    const cancelled = { code: "cancelled", detail: "Cancelled.", status: 0 };
    return {
      done,
      cancel: () => {
        end({ ok: false, problem: cancelled });
      },
    };
  };
  const queue = new UploadQueue({ send, now: () => clock.now, arrived: (resource) => arrived.push(resource.id) });
  return { queue, sent, arrived, clock };
}

const file = (name: string, size: number): File => new File([new Uint8Array(size)], name);
const stored = (id: string): Answer<ResourceItem> => ({
  ok: true,
  value: { id, kind: "file", name: id, contentId: null },
});
const states = (queue: UploadQueue): UploadView["state"][] => queue.uploads("f").map((upload) => upload.state);
const becomes = (queue: UploadQueue, expected: UploadView["state"][]): Promise<void> =>
  vi.waitFor(() => {
    expect(states(queue)).toEqual(expected);
  });

describe("upload queue", () => {
  it("sends one after another and tells of each that has arrived", async () => {
    const { queue, sent, arrived } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10)]);
    expect(states(queue)).toEqual(["sending", "waiting"]);
    sent[0]?.end(stored("id-a"));
    await becomes(queue, ["done", "sending"]);
    sent[1]?.end(stored("id-b"));
    await becomes(queue, ["done", "done"]);
    expect(arrived).toEqual(["id-a", "id-b"]);
    expect(queue.busy()).toBe(false);
    expect(queue.uploads("another folder")).toEqual([]);
  });

  it("tells bytes and rate, and that the hub is finishing", () => {
    const { queue, sent, clock } = queueAt();
    queue.add("f", [file("a", 3000)]);
    clock.now = 1000;
    sent[0]?.progress(1000);
    expect(queue.uploads("f")[0]).toMatchObject({ sent: 1000, bytesPerSecond: 1000, state: "sending" });
    clock.now = 2000;
    sent[0]?.progress(3000);
    expect(queue.uploads("f")[0]).toMatchObject({ sent: 3000, bytesPerSecond: 1500, state: "finishing" });
  });

  it("goes on with the next after a refusal or a cancellation, and can try again", async () => {
    const { queue, sent, arrived } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10), file("c", 10)]);
    sent[0]?.end({ ok: false, problem: { code: "name-taken", detail: "There is one.", status: 409 } });
    await becomes(queue, ["failed", "sending", "waiting"]);
    expect(queue.uploads("f")[0]?.problem).toBe("There is one.");
    const [first, second, third] = queue.uploads("f").map((upload) => upload.key);
    queue.cancel(third ?? "");
    queue.cancel(second ?? "");
    await becomes(queue, ["failed", "cancelled", "cancelled"]);
    queue.retry(first ?? "");
    expect(states(queue)).toEqual(["cancelled", "cancelled", "sending"]);
    queue.dismiss(second ?? "");
    expect(states(queue)).toEqual(["cancelled", "sending"]);
    expect(arrived).toEqual([]);
    expect(sent.map((one) => one.name)).toEqual(["a", "b", "a"]);
  });
});

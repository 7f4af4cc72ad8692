import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/api/answers";
import type { ResourceItem } from "../../src/api/shapes";
import type { SendFile } from "../../src/api/upload";
import { UploadQueue } from "../../src/controllers/upload-queue";
import { uploadSummary } from "../../src/controllers/upload-rows";
import type { UploadView } from "../../src/controllers/upload-state";
import { eventually } from "../eventually";

interface Sent {
  name: string;
  progress: (sent: number) => void;
  end: (answer: Answer<ResourceItem>) => void;
}

function queueAt() {
  const sent: Sent[] = [];
  const arrived: string[] = [];
  const clock = { now: 0 };
  const there: ResourceItem[] = [];
  const moves: string[] = [];
  const send: SendFile = (_, file, progress) => {
    let end: Sent["end"] = () => undefined;
    const done = new Promise<Answer<ResourceItem>>((resolve) => {
      end = resolve;
    });
    sent.push({ name: file.name, progress, end });
    const cancelled = { code: "cancelled", detail: "Cancelled.", status: 0 };
    return {
      done,
      pause: () => moves.push(`pause ${file.name}`),
      resume: () => moves.push(`resume ${file.name}`),
      cancel: () => {
        end({ ok: false, problem: cancelled });
      },
    };
  };
  const named = (_: string, name: string): Promise<Answer<ResourceItem[]>> =>
    Promise.resolve({ ok: true, value: there.filter((child) => child.name === name) });
  const queue = new UploadQueue({
    named,
    send,
    sendAs: (folder, brought, clash) => {
      moves.push(`${clash} ${brought.name}`);
      return send(folder, brought, () => undefined);
    },
    now: () => clock.now,
    arrived: (resource) => arrived.push(resource.id),
  });
  return { queue, sent, arrived, clock, there, moves };
}

const file = (name: string, size: number): File => new File([new Uint8Array(size)], name);
const stored = (id: string): Answer<ResourceItem> => ({
  ok: true,
  value: { id, kind: "file", name: id, contentId: null },
});
const states = (queue: UploadQueue): UploadView["state"][] => queue.uploads("f").map((upload) => upload.state);
const becomes = (queue: UploadQueue, expected: UploadView["state"][]): Promise<void> =>
  eventually(() => {
    expect(states(queue)).toEqual(expected);
  });

const asked = (sent: Sent[], number: number): Promise<void> =>
  eventually(() => {
    expect(sent).toHaveLength(number);
  });

describe("upload queue", () => {
  it("sends three at a time and tells of each that has arrived", async () => {
    const { queue, sent, arrived } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10), file("c", 10), file("d", 10)]);
    expect(states(queue)).toEqual(["sending", "sending", "sending", "waiting"]);
    await asked(sent, 3);
    sent[0]?.end(stored("id-a"));
    await becomes(queue, ["done", "sending", "sending", "sending"]);
    await asked(sent, 4);
    for (const name of ["b", "c", "d"]) sent.find((one) => one.name === name)?.end(stored(`id-${name}`));
    await becomes(queue, ["done", "done", "done", "done"]);
    expect(arrived).toEqual(["id-a", "id-b", "id-c", "id-d"]);
    expect(queue.busy()).toBe(false);
    expect(queue.uploads("another folder")).toEqual([]);
  });

  it("lets another go first while one is paused", async () => {
    const { queue, sent, moves } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10), file("c", 10), file("d", 10)]);
    await asked(sent, 3);
    const key = queue.uploads("f")[0]?.key ?? "";
    queue.pause(key);
    await asked(sent, 4);
    expect(states(queue)).toEqual(["paused", "sending", "sending", "sending"]);
    sent[0]?.progress(5);
    expect(queue.uploads("f")[0]?.sent).toBe(0);
    queue.resume(key);
    expect(states(queue)[0]).toBe("sending");
    expect(moves).toEqual(["pause a", "resume a"]);
  });

  it("tells bytes and rate, and that the hub is finishing", async () => {
    const { queue, sent, clock } = queueAt();
    queue.add("f", [file("a", 3000)]);
    await asked(sent, 1);
    clock.now = 1000;
    sent[0]?.progress(1000); // it may have been there already
    expect(queue.uploads("f")[0]).toMatchObject({ sent: 1000, bytesPerSecond: 0, state: "sending" });
    clock.now = 2000;
    sent[0]?.progress(2000);
    expect(queue.uploads("f")[0]).toMatchObject({ sent: 2000, bytesPerSecond: 1000, state: "sending" });
    clock.now = 3000;
    sent[0]?.progress(3000);
    expect(queue.uploads("f")[0]).toMatchObject({ sent: 3000, bytesPerSecond: 1000, state: "finishing" });
  });

  it("takes what has arrived out of a folder's list at once, and leaves what failed", async () => {
    const { queue, sent } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10)]);
    await asked(sent, 2);
    sent[0]?.end(stored("id-a"));
    sent[1]?.end({ ok: false, problem: { code: "invalid-name", detail: "No.", status: 400 } });
    await becomes(queue, ["done", "failed"]);
    expect(uploadSummary(queue.uploads("f"))).toBe("1 of 2 uploaded, 1 failed");
    queue.dismissDone("another folder");
    expect(states(queue)).toEqual(["done", "failed"]);
    queue.dismissDone("f");
    expect(states(queue)).toEqual(["failed"]);
  });

  it("goes on with the next after a refusal or a cancellation, and can try again", async () => {
    const { queue, sent, arrived } = queueAt();
    queue.add("f", [file("a", 10), file("b", 10), file("c", 10), file("d", 10)]);
    await asked(sent, 3);
    sent[0]?.end({ ok: false, problem: { code: "name-taken", detail: "There is one.", status: 409 } });
    await becomes(queue, ["failed", "sending", "sending", "sending"]);
    expect(queue.uploads("f")[0]?.problem).toBe("There is one.");
    const [first, second] = queue.uploads("f").map((upload) => upload.key);
    await asked(sent, 4);
    queue.cancel(second ?? "");
    await becomes(queue, ["failed", "cancelled", "sending", "sending"]);
    queue.retry(first ?? "");
    expect(states(queue)).toEqual(["cancelled", "sending", "sending", "sending"]);
    await asked(sent, 5);
    queue.dismiss(second ?? "");
    expect(states(queue)).toEqual(["sending", "sending", "sending"]);
    expect(arrived).toEqual([]);
    expect(sent.map((one) => one.name)).toEqual(["a", "b", "c", "d", "a"]);
  });

  it("does not send a file whose name the hub says is taken, until one says what to do", async () => {
    const { queue, sent, there, moves } = queueAt();
    there.push({ id: "1", kind: "folder", name: "apples.txt", contentId: null });
    queue.add("f", [file("apples.txt", 10), file("b", 10)]);
    await becomes(queue, ["failed", "sending"]);
    await asked(sent, 1);
    expect(sent[0]?.name).toBe("b");
    const [refused] = queue.uploads("f");
    expect(refused?.taken).toBe(true);
    expect(refused?.problem).toContain("There is already something named");
    queue.retry(refused?.key ?? "", "version");
    await asked(sent, 2);
    expect(moves).toEqual(["version apples.txt"]);
  });

  it("can be cancelled while it still asks", async () => {
    const { queue, sent } = queueAt();
    queue.add("f", [file("a", 10)]);
    queue.cancel(queue.uploads("f")[0]?.key ?? "");
    await becomes(queue, ["cancelled"]);
    expect(sent).toEqual([]);
  });
});

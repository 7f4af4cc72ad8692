import { describe, expect, it } from "vitest";
import {
  count,
  formatBytes,
  formatDuration,
  formatExactBytes,
  formatRate,
  formatRelative,
  formatShare,
  formatTimeLeft,
} from "../../src/ui/format";

describe("bytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1536, "1.5 KiB"],
    [1024 ** 2, "1.0 MiB"],
    [60_000_000, "57.2 MiB"],
    [1024 ** 3, "1.00 GiB"],
    [5.25 * 1024 ** 3, "5.25 GiB"],
  ])("%d is %s", (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it("has an exact form and a rate", () => {
    expect(formatExactBytes(1)).toBe("1 byte");
    expect(formatExactBytes(1_234_567)).toBe("1,234,567 bytes");
    expect(formatRate(4.5 * 1024 ** 2)).toBe("4.5 MiB/s");
  });
});

describe("time", () => {
  it.each([
    [0, "0 s"],
    [59, "59 s"],
    [60, "1 min"],
    [200, "3 min 20 s"],
    [3600, "1 h"],
    [5400, "1 h 30 min"],
    [90_000, "1 d 1 h"],
  ])("%d seconds are %s", (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });

  it("left is told only while there is a rate and something left", () => {
    expect(formatTimeLeft(100, 10)).toBe("10 s left");
    expect(formatTimeLeft(1, 1_000_000)).toBe("1 s left");
    expect(formatTimeLeft(100, 0)).toBe("");
    expect(formatTimeLeft(0, 10)).toBe("");
  });

  it("is relative while it is near", () => {
    const now = new Date("2026-05-20T12:00:00Z");
    const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
    expect(formatRelative(before(5), now)).toBe("just now");
    expect(formatRelative(before(-30), now)).toBe("just now");
    expect(formatRelative(before(125), now)).toBe("2 min ago");
    expect(formatRelative(before(7200), now)).toBe("2 h ago");
    expect(formatRelative(before(86_400), now)).toBe("1 day ago");
    expect(formatRelative(before(40 * 86_400), now)).toContain("2026");
  });
});

describe("shares and counts", () => {
  it.each([
    [0, "0 %"],
    [0.004, "< 1 %"],
    [0.824, "82 %"],
    [0.9999, "> 99 %"],
    [1, "100 %"],
  ])("%d is %s", (share, words) => {
    expect(formatShare(share)).toBe(words);
  });

  it("agree in number", () => {
    expect(count(1, "peer", "peers")).toBe("1 peer");
    expect(count(0, "peer", "peers")).toBe("0 peers");
    expect(count(1200, "peer", "peers")).toBe("1,200 peers");
  });
});

import { describe, expect, it } from "vitest";
import { fingerprintOf, LONGEST_SDP } from "../../src/protocol/sdp";

const FP = Array.from({ length: 32 }, (_, each) => (each * 7).toString(16).toUpperCase().padStart(2, "0")).join(":");
const OTHER = FP.replace("07", "08");
const sdp = (...lines: string[]): string => ["v=0", "o=- 1 2 IN IP4 0.0.0.0", ...lines, ""].join("\r\n");

describe("the fingerprint of a description", () => {
  it("is found at the session, at a medium, or at both", () => {
    const line = `a=fingerprint:sha-256 ${FP}`;
    for (const text of [
      sdp(line, "m=application 9"),
      sdp("m=application 9", line),
      sdp(line, "m=application 9", line),
    ]) {
      expect(fingerprintOf(text)).toEqual({ fingerprint: FP });
    }
  });

  it("does not depend on case or line ends", () => {
    expect(fingerprintOf(`v=0\na=fingerprint:SHA-256 ${FP.toLowerCase()}\n`)).toEqual({ fingerprint: FP });
  });

  it.each([
    ["none", sdp("m=application 9"), "fingerprint-missing"],
    ["two", sdp(`a=fingerprint:sha-256 ${FP}`, "m=x", `a=fingerprint:sha-256 ${OTHER}`), "fingerprint-many"],
    [
      "a second of another kind",
      sdp(`a=fingerprint:sha-256 ${FP}`, `a=fingerprint:sha-1 ${FP.slice(0, 59)}`),
      "fingerprint-mismatch",
    ],
    ["a short one", sdp(`a=fingerprint:sha-256 ${FP.slice(0, 59)}`), "fingerprint-mismatch"],
    ["one with a tail", sdp(`a=fingerprint:sha-256 ${FP} ${OTHER}`), "fingerprint-mismatch"],
    [
      "a second hidden by a bare carriage return",
      `a=fingerprint:sha-256 ${FP}\ra=fingerprint:sha-256 ${OTHER}\n`,
      "fingerprint-many",
    ],
    [
      "a description that is too long",
      sdp(`a=fingerprint:sha-256 ${FP}`).padEnd(LONGEST_SDP + 1, "x"),
      "description-invalid",
    ],
  ])("%s: refused", (_, text, refused) => {
    expect(fingerprintOf(text)).toEqual({ refused });
  });
});

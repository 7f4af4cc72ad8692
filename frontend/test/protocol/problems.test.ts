import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLIENT_PROBLEMS, HUB_PROBLEMS, isHubProblem } from "../../src/protocol/problems";

const JAVA = new URL("../../../src/main/java/io/hubmesh/kernel/ProblemCode.java", import.meta.url);

describe("the closed list of problems", () => {
  it("is the Java enum's, in its order", () => {
    const names = [...readFileSync(JAVA, "utf8").matchAll(/^ {4}([A-Z][A-Z_]*)\(\s*\d{3},/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(names.length).toBeGreaterThan(30);
    expect(HUB_PROBLEMS).toEqual(names.map((name) => name.toLowerCase().replaceAll("_", "-")));
  });

  it("shares no code with the browser's own", () => {
    expect(Object.keys(CLIENT_PROBLEMS).filter(isHubProblem)).toEqual([]);
  });
});

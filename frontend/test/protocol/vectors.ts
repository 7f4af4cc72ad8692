import { readFileSync } from "node:fs";

const FOLDER = new URL("../../../src/test/resources/protocol/", import.meta.url);

/** The shared vectors of one name, which the Java tests run too. */
export function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));
}

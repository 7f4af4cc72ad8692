import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../../src/test/resources/protocol/", import.meta.url);

/** The shared vectors of one name, which the Java tests run too. */
export function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));
}

/** Whether the file of that name is there. */
export function hasVectors(name: string): boolean {
  return existsSync(fileURLToPath(new URL(`${name}.json`, FOLDER)));
}

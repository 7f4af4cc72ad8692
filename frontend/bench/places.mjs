// Where things are, whatever folder the bench is started from.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const bench = dirname(fileURLToPath(import.meta.url));
export const repository = dirname(dirname(bench));
export const pages = join(bench, "pages");
export const measurements = join(repository, "src", "docs", "measurements");

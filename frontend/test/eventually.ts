import { vi } from "vitest";

/** What a machine that does other things may take; by itself, `vi.waitFor` gives up after a second. In milliseconds. */
const PATIENCE = 30_000;

/** Waits until the check no longer throws, and answers what it answers. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, PATIENCE);

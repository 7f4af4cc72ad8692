import { toBase64url } from "../../protocol/base64url";
import { parseManifest } from "../../protocol/manifest";
import { readInteger, readJsonObject, readObject, readShape, readText, SHORT_ID } from "../../protocol/shapes";
import type { KeptContent, TransferNote } from "../core/events";

/** What is known of a content beside its chunks, which are in files of their own. */
export type ContentRecord = Omit<KeptContent, "origins">;

/** A record as JSON has it. */
export function writtenRecord({ manifest, resource, name, note, pinned, onRequest, usedAt }: ContentRecord): object {
  const written = { ...manifest, leaves: toBase64url(manifest.leaves) };
  return { manifest: written, resource, name, note, pinned, onRequest, usedAt };
}

/** The record of a content, or null: it is broken. */
export function readRecord(text: string): ContentRecord | null {
  const members = readJsonObject(text);
  const manifest = parseManifest(members?.["manifest"]);
  const resource = readText(members?.["resource"], 64);
  const name = readText(members?.["name"], 1024);
  if (manifest === null || resource === null || name === null) return null;
  const pinned = members?.["pinned"] === true;
  const onRequest = members?.["onRequest"] === true;
  const usedAt = members?.["usedAt"];
  const note = readNote(members?.["note"]);
  return { manifest, resource, name, note, pinned, onRequest, usedAt: isTime(usedAt) ? usedAt : 0 };
}

function readNote(value: unknown): TransferNote | null {
  const members = readObject(value);
  const transfer = readShape(members?.["transfer"], SHORT_ID);
  const state = (["running", "paused", "completed", "cancelled", "failed"] as const).find(
    (each) => each === members?.["state"],
  );
  const wasted = readInteger(members?.["wasted"], 0, Number.MAX_SAFE_INTEGER);
  const hubBefore = readInteger(members?.["hubBefore"], 0, Number.MAX_SAFE_INTEGER);
  const peersBefore = readInteger(members?.["peersBefore"], 0, Number.MAX_SAFE_INTEGER);
  const relayedBefore = readInteger(members?.["relayedBefore"], 0, Number.MAX_SAFE_INTEGER);
  const startedAt = members?.["startedAt"];
  if (transfer === null || state === undefined) return null;
  if (!isTime(startedAt)) return null;
  if (wasted === null || hubBefore === null || peersBefore === null || relayedBefore === null) return null;
  const model = members?.["model"] === "automatic" ? "automatic" : "peers";
  return { transfer, model, state, startedAt, wasted, hubBefore, peersBefore, relayedBefore };
}

/** Whether a value is a time in milliseconds since 1970 that can be counted with. */
function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

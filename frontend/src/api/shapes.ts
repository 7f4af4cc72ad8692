import { readObject } from "../protocol/shapes";
import type { Parse } from "./answers";

/** A folder or file as the pages need it. */
export interface ResourceItem {
  id: string;
  kind: "folder" | "file";
  name: string;
  /** Of a file; null for a folder. */
  contentId: string | null;
}

/** A file that the hub has a part of. Bytes. */
export interface UnfinishedUpload {
  folder: string;
  name: string;
  size: number;
  offset: number;
}

export type Level = "READ" | "WRITE" | "MANAGE";

export type GranteeKind = "account" | "group";

/** To whom something can be granted. */
export interface GranteeItem {
  kind: GranteeKind;
  id: string;
  name: string;
  displayName: string;
}

/** Who reaches a resource. `grantee` is the id of the account or the group; `resource` is where the grant was made; `inherited` when that is a folder above. */
export interface GrantItem {
  kind: GranteeKind;
  grantee: string;
  name: string;
  displayName: string;
  level: Level;
  resource: string;
  resourceName: string;
  inherited: boolean;
}

export const parseResource: Parse<ResourceItem> = (json) => {
  const { id, kind, name, contentId } = readObject(json) ?? {};
  if (typeof id !== "string" || typeof name !== "string" || (kind !== "folder" && kind !== "file")) return null;
  return { id, kind, name, contentId: typeof contentId === "string" ? contentId : null };
};

export const parseGrantee: Parse<GranteeItem> = (json) => {
  const { kind, id, name, displayName } = readObject(json) ?? {};
  if (!isGranteeKind(kind) || typeof id !== "string" || typeof name !== "string") return null;
  return { kind, id, name, displayName: typeof displayName === "string" ? displayName : name };
};

export const parseUnfinishedUpload: Parse<UnfinishedUpload> = (json) => {
  const { folder, name, size, offset } = readObject(json) ?? {};
  if (typeof folder !== "string" || typeof name !== "string") return null;
  return typeof size === "number" && typeof offset === "number" ? { folder, name, size, offset } : null;
};

export const parseId: Parse<string> = (json) => {
  const { id } = readObject(json) ?? {};
  return typeof id === "string" ? id : null;
};

export const parseGrant: Parse<GrantItem> = (json) => {
  const { kind, grantee, name, displayName, level, resource, resourceName, inherited } = readObject(json) ?? {};
  if (!isGranteeKind(kind) || typeof grantee !== "string") return null;
  if (typeof name !== "string" || typeof resource !== "string" || !isLevel(level)) return null;
  return {
    kind,
    grantee,
    name,
    displayName: typeof displayName === "string" ? displayName : name,
    level,
    resource,
    resourceName: typeof resourceName === "string" ? resourceName : "",
    inherited: inherited === true,
  };
};

/** How many peers hold each content. */
export const parseHolders: Parse<Map<string, number>> = (json) => {
  const members = readObject(json);
  if (members === null) return null;
  const counts = new Map<string, number>();
  for (const [content, count] of Object.entries(members)) {
    if (typeof count !== "number") return null;
    counts.set(content, count);
  }
  return counts;
};

/** On how many peers a file is to stay available, and how many hold all of it now. */
export interface KeptCopies {
  copies: number;
  holding: number;
}

export const parseKeptCopies: Parse<KeptCopies> = (json) => {
  const { copies, holding } = readObject(json) ?? {};
  return typeof copies === "number" && typeof holding === "number" ? { copies, holding } : null;
};

/** `{"items": […]}`; one item of another shape spoils the list. */
export function parseItems<T>(parse: Parse<T>): Parse<T[]> {
  return (json) => {
    const { items: given } = readObject(json) ?? {};
    if (!Array.isArray(given)) return null;
    const items: T[] = [];
    for (const item of given as unknown[]) {
      const parsed = parse(item);
      if (parsed === null) return null;
      items.push(parsed);
    }
    return items;
  };
}

function isGranteeKind(value: unknown): value is GranteeKind {
  return value === "account" || value === "group";
}

function isLevel(value: unknown): value is Level {
  return value === "READ" || value === "WRITE" || value === "MANAGE";
}

import { isObject } from "./answers";
import type { Parse } from "./answers";

/** A folder or file as the pages need it. */
export interface ResourceItem {
  id: string;
  kind: "folder" | "file";
  name: string;
  /** Of a file; null for a folder. */
  contentId: string | null;
}

export type Level = "READ" | "WRITE" | "MANAGE";

/** Who reaches a resource. `resource` is where the grant was made; `inherited` when that is a folder above. */
export interface GrantItem {
  name: string;
  displayName: string;
  level: Level;
  resource: string;
  resourceName: string;
  inherited: boolean;
}

export interface TokenItem {
  id: string;
  name: string;
  createdAt: Date;
}

/** A new token; the only time that its secret is told. */
export interface CreatedToken {
  secret: string;
}

export const parseResource: Parse<ResourceItem> = (json) => {
  if (!isObject(json)) return null;
  const { id, kind, name, contentId } = json;
  if (typeof id !== "string" || typeof name !== "string" || (kind !== "folder" && kind !== "file")) return null;
  return { id, kind, name, contentId: typeof contentId === "string" ? contentId : null };
};

export const parseGrant: Parse<GrantItem> = (json) => {
  if (!isObject(json)) return null;
  const { name, displayName, level, resource, resourceName, inherited } = json;
  if (typeof name !== "string" || typeof resource !== "string" || !isLevel(level)) return null;
  return {
    name,
    displayName: typeof displayName === "string" ? displayName : name,
    level,
    resource,
    resourceName: typeof resourceName === "string" ? resourceName : "",
    inherited: inherited === true,
  };
};

export const parseToken: Parse<TokenItem> = (json) => {
  if (!isObject(json)) return null;
  const { id, name, createdAt } = json;
  if (typeof id !== "string" || typeof name !== "string" || typeof createdAt !== "string") return null;
  return { id, name, createdAt: new Date(createdAt) };
};

export const parseCreatedToken: Parse<CreatedToken> = (json) =>
  isObject(json) && typeof json["secret"] === "string" ? { secret: json["secret"] } : null;

/** How many peers hold each content. */
export const parseHolders: Parse<Map<string, number>> = (json) => {
  if (!isObject(json)) return null;
  const counts = new Map<string, number>();
  for (const [content, count] of Object.entries(json)) {
    if (typeof count !== "number") return null;
    counts.set(content, count);
  }
  return counts;
};

/** `{"items": […]}`; one item of another shape spoils the list. */
export function parseItems<T>(parse: Parse<T>): Parse<T[]> {
  return (json) => {
    if (!isObject(json) || !Array.isArray(json["items"])) return null;
    const items: T[] = [];
    for (const item of json["items"] as unknown[]) {
      const parsed = parse(item);
      if (parsed === null) return null;
      items.push(parsed);
    }
    return items;
  };
}

function isLevel(value: unknown): value is Level {
  return value === "READ" || value === "WRITE" || value === "MANAGE";
}

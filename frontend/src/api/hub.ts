import { readJsonObject } from "../protocol/shapes";
import { parseProblem, refused, UNEXPECTED_ANSWER, UNREACHABLE } from "./answers";
import type { Answer, Parse } from "./answers";
import { parseExperiment, type ExperimentItem } from "./experiment";
import { parseOverview } from "./overview";
import type { Overview } from "./overview";
import { parseSeries } from "./series";
import type { Series, Step } from "./series";
import {
  parseGrant,
  parseGrantee,
  parseHolders,
  parseId,
  parseItems,
  parseKeptCopies,
  parseResource,
  parseUnfinishedUpload,
} from "./shapes";
import type { GranteeItem, GranteeKind, GrantItem, KeptCopies, Level, ResourceItem, UnfinishedUpload } from "./shapes";

/** What a request needs from the page it is made on. */
export interface HubPorts {
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** The page's token against forged requests, and the header it goes in. */
  csrf: () => { header: string; token: string } | null;
  /** Called when the hub no longer knows who is asking. */
  signedOut: () => void;
}

/** A resource as the person sees it: the hub refuses to change it when it has become another since. */
export interface Seen {
  id: string;
  revision: string;
}

/** What is to happen when something of the same name is there already. */
export type Clash = "refuse" | "rename";

const nothing: Parse<true> = () => true;
const path = encodeURIComponent;

function grantPath(resource: string, kind: GranteeKind, grantee: string): string {
  return `/api/v1/resources/${path(resource)}/grants/${kind === "group" ? "groups/" : ""}${path(grantee)}`;
}

/** The hub's REST interface, as far as the pages use it. No call throws; a refusal is an answer. */
export class Hub {
  readonly #ports: HubPorts;

  constructor(ports: HubPorts) {
    this.#ports = ports;
  }

  createFolder(parent: string, name: string): Promise<Answer<ResourceItem>> {
    return this.#call("POST", `/api/v1/resources/${path(parent)}/folders`, parseResource, { name });
  }

  /** Makes the folders of these ways below one, as far as they are not there; answers the id of each, in their order. */
  makeFolders(folder: string, paths: readonly (readonly string[])[]): Promise<Answer<string[]>> {
    return this.#call("POST", `/api/v1/resources/${path(folder)}/paths`, parseItems(parseId), { paths });
  }

  /** One folder or file. */
  resource(id: string): Promise<Answer<ResourceItem>> {
    return this.#call("GET", `/api/v1/resources/${path(id)}`, parseResource);
  }

  /** An experiment and what came of it so far. */
  experiment(id: string): Promise<Answer<ExperimentItem>> {
    return this.#call("GET", `/api/v1/experiments/${path(id)}`, parseExperiment);
  }

  /** The asker's own uploads that were broken off. */
  unfinishedUploads(): Promise<Answer<UnfinishedUpload[]>> {
    return this.#call("GET", "/api/v1/uploads", parseItems(parseUnfinishedUpload));
  }

  /** What has that name in a folder, whatever its case: one thing or none. */
  named(folder: string, name: string): Promise<Answer<ResourceItem[]>> {
    const address = `/api/v1/resources/${path(folder)}/children?name=${path(name)}`;
    return this.#call("GET", address, parseItems(parseResource));
  }

  /** The folders in a folder, of the first 500; null for where the person may start. */
  async folders(folder: string | null): Promise<Answer<ResourceItem[]>> {
    const list = folder === null ? "/api/v1/library" : `/api/v1/resources/${path(folder)}/children`;
    const answer = await this.#call("GET", `${list}?limit=500`, parseItems(parseResource));
    return answer.ok ? { ok: true, value: answer.value.filter((item) => item.kind === "folder") } : answer;
  }

  rename(seen: Seen, name: string): Promise<Answer<true>> {
    return this.#call("PATCH", `/api/v1/resources/${path(seen.id)}`, nothing, { name }, seen.revision);
  }

  move(seen: Seen, parent: string, clash: Clash): Promise<Answer<true>> {
    return this.#call("PATCH", `/api/v1/resources/${path(seen.id)}`, nothing, { parent, clash }, seen.revision);
  }

  copy(resource: string, parent: string, clash: Clash): Promise<Answer<ResourceItem>> {
    return this.#call("POST", `/api/v1/resources/${path(resource)}/copies`, parseResource, { parent, clash });
  }

  setPeerDelivery(resource: string, allowed: boolean): Promise<Answer<true>> {
    return this.#call("PATCH", `/api/v1/resources/${path(resource)}`, nothing, { peerDelivery: allowed });
  }

  /** Into the trash. */
  remove(seen: Seen): Promise<Answer<true>> {
    return this.#call("DELETE", `/api/v1/resources/${path(seen.id)}`, nothing, undefined, seen.revision);
  }

  grants(resource: string): Promise<Answer<GrantItem[]>> {
    return this.#call("GET", `/api/v1/resources/${path(resource)}/grants`, parseItems(parseGrant));
  }

  /** Accounts and groups whose name begins so; none for fewer than two letters. */
  grantees(resource: string, beginning: string): Promise<Answer<GranteeItem[]>> {
    const query = `beginning=${path(beginning)}`;
    return this.#call("GET", `/api/v1/resources/${path(resource)}/grantees?${query}`, parseItems(parseGrantee));
  }

  /** @param grantee the name of an account, or the id of a group */
  grant(resource: string, kind: GranteeKind, grantee: string, level: Level): Promise<Answer<true>> {
    return this.#call("PUT", grantPath(resource, kind, grantee), nothing, { level });
  }

  /** @param grantee the name of an account, or the id of a group */
  withdraw(resource: string, kind: GranteeKind, grantee: string): Promise<Answer<true>> {
    return this.#call("DELETE", grantPath(resource, kind, grantee), nothing);
  }

  /** How many peers hold each of these contents. */
  holders(contents: readonly string[]): Promise<Answer<Map<string, number>>> {
    const query = contents.map((content) => `content=${path(content)}`).join("&");
    return this.#call("GET", `/api/v1/mesh/holders?${query}`, parseHolders);
  }

  /** On how many peers a file is to stay available, and on how many it is. */
  keptCopies(resource: string): Promise<Answer<KeptCopies>> {
    return this.#call("GET", `/api/v1/resources/${path(resource)}/kept-copies`, parseKeptCopies);
  }

  setKeptCopies(resource: string, copies: number): Promise<Answer<KeptCopies>> {
    return this.#call("PUT", `/api/v1/resources/${path(resource)}/kept-copies`, parseKeptCopies, { copies });
  }

  overview(): Promise<Answer<Overview>> {
    return this.#call("GET", "/api/v1/measurement/overview", parseOverview);
  }

  /** What was delivered between two moments, by buckets of one length; of one resource, or of all that may be read. */
  series(from: Date, to: Date, step: Step, resource: string | null): Promise<Answer<Series>> {
    const chosen = resource === null ? "" : `&resource=${path(resource)}`;
    const query = `from=${from.toISOString()}&to=${to.toISOString()}&step=${step}${chosen}`;
    return this.#call("GET", `/api/v1/measurement/series?${query}`, parseSeries);
  }

  async #call<T>(
    method: string,
    address: string,
    parse: Parse<T>,
    body?: object,
    revision?: string,
  ): Promise<Answer<T>> {
    const headers = new Headers({ Accept: "application/json, application/problem+json" });
    if (revision !== undefined) headers.set("If-Match", `"${revision}"`);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    const csrf = method === "GET" ? null : this.#ports.csrf();
    if (csrf !== null) headers.set(csrf.header, csrf.token);
    const init: RequestInit = { method, headers, credentials: "same-origin" };
    if (body !== undefined) init.body = JSON.stringify(body);
    try {
      const response = await this.#ports.fetch(address, init);
      const text = await response.text();
      if (response.status === 401) this.#ports.signedOut();
      if (!response.ok) return refused(parseProblem(response.status, text));
      const value = parse(readJsonObject(text));
      return value === null ? refused(UNEXPECTED_ANSWER) : { ok: true, value };
    } catch {
      return refused(UNREACHABLE);
    }
  }
}

import { describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/api/hub";
import { parseOverview } from "../../src/api/overview";

function hubThat(answer: () => Response) {
  const asked: { path: string; init: RequestInit }[] = [];
  const signedOut = vi.fn();
  const hub = new Hub({
    fetch: async (path, init) => {
      asked.push({ path, init });
      return Promise.resolve(answer());
    },
    csrf: () => ({ header: "X-CSRF-TOKEN", token: "secret" }),
    signedOut,
  });
  return { hub, asked, signedOut };
}

const problem = (status: number, code: string, detail: string): Response =>
  new Response(JSON.stringify({ status, code, detail }), { status });

describe("requests", () => {
  it("carry the token against forgery when they change something, and only then", async () => {
    const { hub, asked } = hubThat(() => new Response(JSON.stringify({ items: [] })));
    await hub.grants("r");
    await hub.rename({ id: "id/..", revision: "7" }, "new name");
    const [read, write] = asked.map(({ init }) => new Headers(init.headers).get("X-CSRF-TOKEN"));
    expect([read, write]).toEqual([null, "secret"]);
    expect(asked[1]?.path).toBe("/api/v1/resources/id%2F..");
    expect(asked[1]?.init.body).toBe('{"name":"new name"}');
    expect(new Headers(asked[1]?.init.headers).get("If-Match")).toBe('"7"');
  });

  it("ask for the holders of several contents at once", async () => {
    const { hub, asked } = hubThat(() => new Response('{"aa":2,"bb":0}'));
    const answer = await hub.holders(["aa", "bb"]);
    expect(asked[0]?.path).toBe("/api/v1/mesh/holders?content=aa&content=bb");
    expect(answer.ok && [...answer.value]).toEqual([
      ["aa", 2],
      ["bb", 0],
    ]);
  });
});

describe("answers", () => {
  it("bring the hub's own words when it refuses", async () => {
    const { hub } = hubThat(() => problem(409, "name-taken", "There is already one."));
    expect(await hub.createFolder("p", "x")).toEqual({
      ok: false,
      problem: { code: "name-taken", detail: "There is already one.", status: 409 },
    });
  });

  it("are a sentence even when it is no problem document", async () => {
    const { hub } = hubThat(() => new Response("<html>", { status: 502 }));
    const answer = await hub.remove({ id: "p", revision: "0" });
    expect(answer.ok ? "" : answer.problem.detail).toContain("502");
  });

  it("are a problem when the hub cannot be reached or answers in another shape", async () => {
    const gone = hubThat(() => {
      throw new TypeError("network");
    });
    expect(await gone.hub.grants("r")).toMatchObject({ ok: false, problem: { code: "hub-unreachable" } });
    const odd = hubThat(() => new Response('{"items":[{"id":1}]}'));
    expect(await odd.hub.grants("r")).toMatchObject({ ok: false, problem: { code: "unexpected" } });
  });

  it("tell when the session has ended", async () => {
    const { hub, signedOut } = hubThat(() => problem(401, "sign-in-required", "Please sign in."));
    await hub.grants("x");
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("name a group by its id and an account by its name", async () => {
    const { hub, asked } = hubThat(() => new Response(null, { status: 204 }));
    await hub.grant("r", "group", "g1", "READ");
    await hub.withdraw("r", "account", "mia");
    const paths = asked.map(({ path }) => path);
    expect(paths).toEqual(["/api/v1/resources/r/grants/groups/g1", "/api/v1/resources/r/grants/mia"]);
  });

  it("may be empty after a change", async () => {
    const { hub } = hubThat(() => new Response(null, { status: 204 }));
    expect(await hub.withdraw("r", "account", "mia")).toEqual({ ok: true, value: true });
  });
});

describe("overview", () => {
  it("is read with every missing figure as nothing", () => {
    const overview = parseOverview({ hub: { egressBytes: 7 }, mesh: {}, offload: null, peers: [{ peer: "p" }, 3] });
    expect(overview?.hub).toEqual({ egressBytes: 7, downloads: 0 });
    expect(overview?.offload).toBeNull();
    expect(overview?.peers).toHaveLength(1);
    expect(overview?.transfers).toEqual([]);
  });

  it("is nothing when it is something else", () => {
    expect(parseOverview(null)).toBeNull();
    expect(parseOverview({ hub: 1 })).toBeNull();
  });
});

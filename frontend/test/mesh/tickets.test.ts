import { CompactSign, exportJWK, generateKeyPair } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { LinkDesk, type LinkNews } from "../../src/mesh/browser/link-desk";
import { joseVerifier } from "../../src/mesh/browser/ticket-verifier";
import {
  type Jwk,
  parseClaims,
  parseJwk,
  REVOCATIONS_TYPE,
  type RevocationList,
  TICKET_TYPE,
} from "../../src/protocol/ticket";

const HUB = "11111111-2222-4333-8444-555555555555";
const CONTENT = "ab".repeat(32);
const PEER = "AAECAwQFBgcICQoLDA0ODw";
const MEMBER = "EBESExQVFhcYGRobHB0eHw";
const FP = Array.from({ length: 32 }, (_, each) => (each * 7).toString(16).toUpperCase().padStart(2, "0")).join(":");
const OTHER_FP = FP.replace("07", "08");
const NOW = 1_800_000_000;
const SDP = `v=0\r\na=fingerprint:sha-256 ${FP}\r\n`;

interface Signer {
  key: Jwk;
  sign(claims: object, header?: object): Promise<string>;
}

async function signer(): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const key = parseJwk(await exportJWK(publicKey));
  if (key === null) throw new Error("no key");
  return {
    key,
    sign: (claims, header = {}) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: "EdDSA", typ: TICKET_TYPE, kid: "k", ...header })
        .sign(privateKey),
  };
}

const good = {
  iss: HUB,
  sub: MEMBER,
  pid: PEER,
  fp: FP,
  cid: CONTENT,
  act: ["fetch", "serve"],
  ep: 3,
  iat: NOW - 60,
  exp: NOW + 540,
  gexp: NOW + 40_000,
  jti: "x",
};

let hub: Signer;
let stranger: Signer;

beforeAll(async () => {
  hub = await signer();
  stranger = await signer();
});

/** What a link hears of a ticket and a description; nothing has been applied by then. */
async function check(
  ticket: string,
  sdp = SDP,
  revocations: RevocationList | null = null,
  hubLost = false,
  now = NOW,
): Promise<LinkNews> {
  const heard: LinkNews[] = [];
  const maker = {
    fingerprint: () => Promise.reject(new Error("not asked")),
    make: () => {
      throw new Error("a description was about to be applied");
    },
  };
  const desk = new LinkDesk(maker, (news) => heard.push(news));
  const expected = { issuer: HUB, content: CONTENT, peer: PEER, now, revocations, hubLost };
  await desk.check({ do: "check-ticket", link: "l", ticket, sdp, key: hub.key, expected }, joseVerifier);
  expect(heard).toHaveLength(1);
  const [news] = heard;
  if (news === undefined) throw new Error("nothing heard");
  return news;
}

const refused = (code: string) => ({ type: "link-faulted", link: "l", code });

describe("a ticket", () => {
  it("of the hub, for this content, this peer and this certificate, passes", async () => {
    expect(await check(await hub.sign(good))).toMatchObject({
      type: "ticket-passed",
      claims: { peer: PEER, epoch: 3 },
    });
  });

  it.each([
    ["another issuer", { iss: HUB.replace("1", "2") }, "ticket-issuer"],
    ["its time over", { exp: NOW }, "ticket-expired"],
    ["a time that has not come", { iat: NOW + 3600 }, "ticket-expired"],
    ["another content", { cid: "cd".repeat(32) }, "ticket-content"],
    ["no content: the membership ticket", { cid: undefined }, "ticket-content"],
    ["another peer", { pid: MEMBER }, "ticket-peer"],
    ["another certificate", { fp: OTHER_FP }, "fingerprint-mismatch"],
    ["a fingerprint of another shape", { fp: FP.toLowerCase() }, "ticket-invalid"],
    ["no member", { sub: undefined }, "ticket-invalid"],
    ["a time that is no number", { exp: "later" }, "ticket-invalid"],
  ])("with %s is refused", async (_, change, code) => {
    expect(await check(await hub.sign({ ...good, ...change }))).toEqual(refused(code));
  });

  it("signed by somebody else is refused", async () => {
    expect(await check(await stranger.sign(good))).toEqual(refused("ticket-invalid"));
  });

  it("changed after signing is refused", async () => {
    const [header, , signature] = (await hub.sign(good)).split(".");
    const payload = Buffer.from(JSON.stringify({ ...good, pid: MEMBER })).toString("base64url");
    expect(await check(`${header ?? ""}.${payload}.${signature ?? ""}`)).toEqual(refused("ticket-invalid"));
  });

  it("of another type is refused", async () => {
    expect(await check(await hub.sign(good, { typ: REVOCATIONS_TYPE }))).toEqual(refused("ticket-type"));
    expect(await check(await hub.sign(good, { typ: "JWT" }))).toEqual(refused("ticket-type"));
  });

  it("with another algorithm, or none, is refused", async () => {
    const payload = Buffer.from(JSON.stringify(good)).toString("base64url");
    const header = (alg: string): string =>
      Buffer.from(JSON.stringify({ alg, typ: TICKET_TYPE })).toString("base64url");
    for (const forged of [`${header("none")}.${payload}.`, `${header("HS256")}.${payload}.c2ln`]) {
      expect(await check(forged)).toMatchObject({ type: "link-faulted" });
    }
  });

  it("that is no ticket at all is refused", async () => {
    for (const garbage of ["", "a.b.c", "x".repeat(100_000)])
      expect(await check(garbage)).toEqual(refused("ticket-invalid"));
  });

  it("does not help a description with another fingerprint, two, or none", async () => {
    const ticket = await hub.sign(good);
    const line = (fingerprint: string): string => `a=fingerprint:sha-256 ${fingerprint}\r\n`;
    expect(await check(ticket, line(OTHER_FP))).toEqual(refused("fingerprint-mismatch"));
    expect(await check(ticket, line(FP) + line(OTHER_FP))).toEqual(refused("fingerprint-many"));
    expect(await check(ticket, "v=0\r\n")).toEqual(refused("fingerprint-missing"));
  });
});

describe("grace", () => {
  const list = (epoch: number): RevocationList => ({ issuer: HUB, issued: NOW, epoch, entries: [] });
  const passes = async (hubLost: boolean, at: number, revocations: RevocationList | null): Promise<boolean> =>
    (await check(await hub.sign(good), SDP, revocations, hubLost, at)).type === "ticket-passed";

  it("is given only by a peer that has itself lost the hub, until it ends", async () => {
    const late = NOW + 600;
    expect(await passes(false, late, null)).toBe(false);
    expect(await passes(true, late, null)).toBe(true);
    expect(await passes(true, NOW + 40_000, null)).toBe(false);
  });

  it("is not given to a ticket that is older than the newest list", async () => {
    expect(await passes(true, NOW + 600, list(3))).toBe(true);
    expect(await passes(true, NOW + 600, list(4))).toBe(false);
    expect(await passes(true, NOW, list(4))).toBe(true);
  });
});

describe("a revocation list", () => {
  const list = (epoch: number, entries: RevocationList["entries"]): RevocationList => ({
    ...{ issuer: HUB, issued: NOW, epoch, entries },
  });

  it.each([
    ["names the member for everything", list(4, [{ member: MEMBER }]), true],
    ["names the member for this content", list(4, [{ member: MEMBER, content: CONTENT }]), true],
    ["names the member for another content", list(4, [{ member: MEMBER, content: "cd".repeat(32) }]), false],
    ["names somebody else", list(4, [{ member: PEER }]), false],
    ["is no newer than the ticket", list(3, [{ member: MEMBER }]), false],
  ])("that %s: %#", async (_, revocations, dead) => {
    const heard = await check(await hub.sign(good), SDP, revocations);
    expect(heard.type).toBe(dead ? "link-faulted" : "ticket-passed");
  });

  it("is read only with the hub's signature, type and issuer", async () => {
    const claims = { iss: HUB, iat: NOW, ep: 4, rev: [{ sub: MEMBER }, { sub: MEMBER, cid: CONTENT }] };
    const typ = { typ: REVOCATIONS_TYPE };
    expect(await joseVerifier.revocations(await hub.sign(claims, typ), hub.key, HUB)).toMatchObject({ epoch: 4 });
    expect(await joseVerifier.revocations(await stranger.sign(claims, typ), hub.key, HUB)).toBeNull();
    expect(await joseVerifier.revocations(await hub.sign(claims), hub.key, HUB)).toBeNull();
    expect(await joseVerifier.revocations(await hub.sign({ ...claims, iss: MEMBER }, typ), hub.key, HUB)).toBeNull();
    expect(await joseVerifier.revocations(await hub.sign({ ...claims, rev: [{}] }, typ), hub.key, HUB)).toBeNull();
  });
});

describe("claims", () => {
  it("of a membership ticket have no content", () => {
    expect(parseClaims({ ...good, cid: undefined })).not.toHaveProperty("content");
    expect(parseClaims({ ...good, cid: "x" })).toBeNull();
    expect(parseClaims(null)).toBeNull();
  });
});

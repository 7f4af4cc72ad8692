import type { ProblemCode } from "../../protocol/problems";
import type { Limits, Mesh, Ports } from "../ports";
import { Engine } from "./engine";
import { downloadPart, httpOrigin } from "./http-origin";
import { webSocketHub } from "./hub-socket";
import { keptLimits, type TextMemory } from "./kept-limits";
import { RtcLinks } from "./rtc-link";
import { type Machine, supplyOf } from "./supply-watch";
import { systemClock, systemDigester, systemRandom } from "./system";
import { TabMesh } from "./tab-mesh";
import { tabChannel, tabLock } from "./tabs";
import { joseVerifier } from "./ticket-verifier";
import { trialRoom } from "./trial-room";
import { WorkerStore } from "./worker-store";

/** What a page says to become a peer. `origin`: of the hub, as `location.origin` gives it; `account`: who is signed in, or nothing; `memory`: for the limits. */
export interface MeshOptions {
  origin: string;
  account: string;
  memory: TextMemory;
}

/** The peer of this browser and account, off until it joins; one a page. */
export function createMesh({ origin, account, memory }: MeshOptions): Mesh {
  const startWorker = (): Worker => new Worker(new URL("./store-worker.ts", import.meta.url), { type: "module" });
  // The bundler reads these options as they are written; the worker knows by its name that it keeps nothing.
  const startScratch = (): Worker =>
    new Worker(new URL("./store-worker.ts", import.meta.url), { type: "module", name: "scratch" });
  const shared = {
    clock: systemClock,
    random: systemRandom,
    socket: webSocketHub(origin, systemClock, systemRandom),
    digester: systemDigester,
    verifier: joseVerifier,
    origin: httpOrigin(origin),
  };
  const trials = trialRoom({
    ...shared,
    store: () => new WorkerStore(startScratch),
    peer: (trial, store, socket, limits) =>
      new Engine({ ...shared, ...aside(limits), links: new RtcLinks(), store, socket }, lacking, trial),
    download: downloadPart(origin),
  });
  const peer = new Engine(
    {
      ...shared,
      links: new RtcLinks(),
      store: new WorkerStore(startWorker),
      limits: keptLimits(memory),
      supply: supplyOf(navigator as Machine),
      trials,
    },
    lacking,
  );
  const others = { channel: tabChannel(account), lock: tabLock(account) };
  return new TabMesh(peer, { ...others, clock: systemClock, random: systemRandom });
}

/** What a peer made for a part in an experiment is handed: limits that last as long as it does, and no parts of its own. */
function aside(limits: Limits): Pick<Ports, "limits" | "supply" | "trials"> {
  const nothing = (): void => undefined;
  return {
    limits: { load: () => limits, save: nothing },
    supply: { watch: nothing },
    trials: { prepare: nothing, begin: nothing, end: nothing },
  };
}

/** What this browser lacks to be a peer; Ed25519 and the files themselves are tried when they are first used. */
function lacking(): ProblemCode | null {
  if (!isSecureContext) return "insecure-context";
  const browser = globalThis as Partial<typeof globalThis>;
  if ((navigator as Partial<Navigator>).locks === undefined) return "browser-unsupported";
  const lacks = browser.RTCPeerConnection === undefined || browser.Worker === undefined;
  return lacks ? "browser-unsupported" : null;
}

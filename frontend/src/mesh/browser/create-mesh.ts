import type { ProblemCode } from "../../protocol/problems";
import type { Mesh } from "../ports";
import { Engine } from "./engine";
import { httpOrigin } from "./http-origin";
import { webSocketHub } from "./hub-socket";
import { RtcLinks } from "./rtc-link";
import { systemClock, systemDigester, systemRandom } from "./system";
import { joseVerifier } from "./ticket-verifier";
import { WorkerStore } from "./worker-store";

/** What a page says to become a peer. `origin`: of the hub, as `location.origin` gives it. */
export interface MeshOptions {
  origin: string;
}

/** The peer of this tab, off until it joins; one a page. */
export function createMesh({ origin }: MeshOptions): Mesh {
  const startWorker = (): Worker => new Worker(new URL("./store-worker.ts", import.meta.url), { type: "module" });
  return new Engine(
    {
      clock: systemClock,
      random: systemRandom,
      socket: webSocketHub(origin, systemClock, systemRandom),
      links: new RtcLinks(),
      store: new WorkerStore(startWorker),
      digester: systemDigester,
      verifier: joseVerifier,
      origin: httpOrigin(origin),
    },
    lacking,
  );
}

/** What this browser lacks to be a peer; Ed25519 and the files themselves are tried when they are first used. */
function lacking(): ProblemCode | null {
  if (!isSecureContext) return "insecure-context";
  const browser = globalThis as Partial<typeof globalThis>;
  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined;
  if (browser.RTCPeerConnection === undefined || browser.Worker === undefined) return "browser-unsupported";
  return storage?.getDirectory === undefined ? "browser-unsupported" : null;
}

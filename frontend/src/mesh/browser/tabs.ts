import type { TabChannel, TabLock } from "./tab-mesh";

/** Tabs of the same account hear each other: another account's files are nobody else's business. */
const NAME = "hubmesh-peer";

/** A broadcast channel of the origin. */
export function tabChannel(account: string): TabChannel {
  const channel = new BroadcastChannel(`${NAME}.${account}`);
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    hear: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        listener(data);
      };
    },
  };
}

/** A lock of the origin (W3C Web Locks), held until the tab ends. Where there is none, no tab may be a peer anyway. */
export function tabLock(account: string): TabLock {
  return {
    request(granted) {
      const locks = (navigator as Partial<Navigator>).locks;
      if (locks === undefined) {
        granted();
        return;
      }
      void locks.request(`${NAME}.${account}`, () => {
        granted();
        return new Promise<never>(() => undefined);
      });
    },
  };
}

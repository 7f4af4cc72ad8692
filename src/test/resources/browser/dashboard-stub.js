/* Stands in for the hub on the dashboard: its stream, its overview and its series, in a state of one's choice, told anew every second. */
(() => {
  const MIB = 1024 * 1024;
  const SECOND = 1000;
  const began = Date.now();
  const member = (number) => `member-${number}`;
  const peerId = (number) => `peer${String(number).padStart(4, "0")}AAAAAAAAAAAAAA`;
  const iso = (millis) => new Date(millis).toISOString();

  const resource = (change = {}) => ({
    ...{ resource: "film", name: "Lecture 7, the whole recording.mp4", content: "c1", size: 700 * MIB },
    ...{ hubBytes: 0, hubDownloads: 0, meshFromHub: 0, meshFromPeers: 0, meshRelayed: 0, savedBytes: 0, meshDownloads: 0 },
    ...{ peersHolding: 0, peersGave: 0, peersTook: 0, ...change },
  });

  const transfer = (number, change = {}) => ({
    ...{ transfer: `t${number}`, model: "peers", resource: "film", name: "Lecture 7, the whole recording.mp4" },
    ...{ member: member(number), size: 700 * MIB, held: 0, fromHub: 0, fromPeers: 0, relayed: 0, wasted: 0 },
    ...{ state: "running", startedAt: iso(began - 60 * SECOND - number), updatedAt: iso(Date.now()), durationMillis: null },
    ...change,
  });

  const peers = (count) =>
    Array.from({ length: count }, (_, number) => ({
      ...{ peer: peerId(number), member: member(number), joinedAt: iso(began - 600 * SECOND), swarms: 1 },
    }));

  const links = (count, among) =>
    Array.from({ length: count }, (_, number) => ({
      ...{ a: peerId(number % among), b: peerId((number * 7 + 1 + Math.floor(number / among)) % among) },
      ...{ content: "c1", bytesPerSecond: null },
    })).filter((link) => link.a !== link.b);

  /** Each state, `seconds` after its beginning. */
  const states = {
    empty: () => ({}),
    "one-peer": () => ({
      ...{ peers: peers(1), transfers: [transfer(0, { state: "completed", fromHub: 700 * MIB, durationMillis: 61_000 })] },
      ...{ hubBytes: 0, leases: 700 * MIB, held: 1 },
    }),
    busy: (seconds) => ({
      ...{ peers: peers(12), links: links(24, 12), held: 9, hubBytes: 1400 * MIB, hubDownloads: 2 },
      ...{ leases: (900 + seconds) * MIB, fromPeers: (5200 + 40 * seconds) * MIB, price: { perGb: 0.09, currency: "EUR" } },
      times: {
        ...{ hub: { median: 118_000, p95: 131_000, count: 2 }, peers: { median: 42_000, p95: 95_000, count: 31 } },
        automatic: { median: 38_000, p95: 71_000, count: 9 },
      },
      transfers: Array.from({ length: 9 }, (_, number) =>
        transfer(number, { model: number % 3 ? "peers" : "automatic", fromHub: 20 * MIB, fromPeers: (200 + 4 * seconds) * MIB }),
      ),
    }),
    "hub-under-load": (seconds) => ({
      ...{ peers: peers(2), links: links(1, 2), held: 2, leases: 30 * MIB, fromPeers: 670 * MIB },
      ...{ hubBytes: (24_000 + 90 * seconds) * MIB, hubDownloads: 40 + seconds },
      times: { hub: { median: 142_000, p95: 190_000, count: 40 }, peers: null, automatic: null },
      transfers: Array.from({ length: 40 }, (_, number) =>
        transfer(number, {
          ...{ model: "hub", state: "completed", fromHub: 700 * MIB, durationMillis: 142_000 },
          updatedAt: iso(Date.now() - 400 * number),
        }),
      ),
    }),
    discrepancy: () => ({
      ...{ peers: peers(3), links: links(3, 3), held: 3, leases: 100 * MIB, fromPeers: 600 * MIB, lost: { unreachable: 3, silent: 1 } },
      discrepancy: "Self-reported: peers say they gave 900,000,000 bytes of it and took 600,000,000.",
      transfers: [transfer(0, { state: "completed", fromPeers: 690 * MIB, discrepancy: "10,485,760 bytes are missing." })],
    }),
    "200-peers": (seconds) => ({
      ...{ peers: peers(200), links: links(600, 200), held: 200, hubBytes: 9000 * MIB, hubDownloads: 12 },
      ...{ leases: (900 + 3 * seconds) * MIB, fromPeers: (90_000 + 80 * seconds) * MIB },
      transfers: Array.from({ length: 2000 }, (_, number) =>
        transfer(number, { fromHub: 20 * MIB, fromPeers: (number % 500) * MIB + seconds * MIB }),
      ),
    }),
  };

  const overviewOf = (name) => {
    const state = states[name](Math.floor((Date.now() - began) / SECOND));
    const { peers = [], links = [], transfers = [], hubBytes = 0, hubDownloads = 0, leases = 0, fromPeers = 0 } = state;
    const { held = 0, lost = {}, discrepancy, price = null, times = { hub: null, peers: null, automatic: null } } = state;
    const all = hubBytes + leases + fromPeers;
    const totals = { hubBytes, hubDownloads, meshFromHub: leases, meshFromPeers: fromPeers, savedBytes: fromPeers };
    return {
      ...{ at: iso(Date.now()), egressBytes: hubBytes + leases, savedBytes: fromPeers, price, times, peers, links, transfers },
      ...{ hub: { egressBytes: hubBytes, downloads: hubDownloads }, offload: all === 0 ? null : fromPeers / all },
      mesh: {
        ...{ fromHubBytes: leases, fromPeersBytes: fromPeers, relayedBytes: 0, wastedBytes: 0, peers: peers.length },
        ...{ transfers: transfers.filter((each) => each.state === "running").length, lostLinks: lost },
      },
      resources: all === 0 ? [] : [resource({ ...totals, meshDownloads: 3, peersHolding: held, discrepancy })],
    };
  };

  /** By the minute, up to the end that is asked for. */
  const series = (name, query) => ({
    points: Array.from({ length: name === "empty" ? 0 : 60 }, (_, minute) => ({
      at: iso(Date.parse(query.get("to")) - (minute + 1) * 60_000),
      hubBytes: minute % 9 === 0 ? 700 * MIB : 0,
      leaseBytes: (30 - minute / 2) * MIB,
      peerBytes: Math.max(0, 60 - minute) * 20 * MIB,
    })),
  });

  const real = globalThis.fetch.bind(globalThis);

  globalThis.dashboardStub = (name) => {
    globalThis.EventSource = class extends EventTarget {
      CLOSED = 2;
      readyState = 1;
      #timer = setInterval(() => this.#tell(), SECOND);

      constructor() {
        super();
        queueMicrotask(() => this.#tell());
      }

      close() {
        clearInterval(this.#timer);
      }

      /** The page hears it in a task of its own, so that making it up is not taken for the page's work. */
      #tell() {
        const data = JSON.stringify(overviewOf(name));
        setTimeout(() => this.dispatchEvent(new MessageEvent("overview", { data })));
      }
    };
    globalThis.fetch = (address, init) => {
      const path = String(address);
      if (path.startsWith("/api/v1/measurement/overview")) return Promise.resolve(Response.json(overviewOf(name)));
      if (path.startsWith("/api/v1/measurement/series")) return Promise.resolve(Response.json(series(name, new URL(path, location.href).searchParams)));
      return real(address, init);
    };
  };
})();

// One process of the load: holds its share of the peers and does what the bench tells it, one phase after the other.
import { OFFERS, SPEAKERS } from "./speakers.mjs";
import { Wire } from "./wire.mjs";

let peers = [];
let failures = [];
let told = null;

function now() {
  return performance.timeOrigin + performance.now();
}

/** What a peer's socket brings is counted by whichever phase runs. */
const counts = { joined: 0, announced: 0, offer: 0, answer: 0 };
let onEvent = null;

function failed(why) {
  if (failures.length < 5) failures.push(why);
}

function makePeer(index, { rival, setup, port, localAddress }) {
  const speaker = new SPEAKERS[rival](index, setup);
  const peer = { index, speaker, wire: null, owed: 0, gone: false };
  const seen = (what) => {
    if (what === null) return;
    counts[what]++;
    onEvent?.(what, peer);
  };
  const gone = (why) => {
    failed(why);
    peer.gone = true;
    onEvent?.("gone", peer);
  };
  peer.wire = new Wire(
    { port, localAddress, ...speaker.request },
    {
      open: () => seen(speaker.opened(peer.wire)),
      text: (text) => {
        try {
          seen(speaker.heard(peer.wire, text));
        } catch (failure) {
          failed(failure.message);
          onEvent?.("failed", peer);
        }
      },
      gone,
    },
  );
  return peer;
}

/** Does it for each, at most `window` at once, until `what` has come for all; a peer that is gone counts as failed. */
function forAll(count, window, begin, what) {
  return new Promise((resolve) => {
    let [begun, done, lost] = [0, 0, 0];
    const next = () => {
      while (begun < count && begun - done - lost < window) begin(begun++);
      if (done + lost === count) {
        onEvent = null;
        resolve({ done, lost });
      }
    };
    onEvent = (event) => {
      if (event === what) done++;
      else if (event === "gone" || event === "failed") lost++;
      else return;
      next();
    };
    next();
  });
}

const PHASES = {
  async connect(order) {
    peers = [];
    return forAll(order.to - order.from, order.window, (at) => peers.push(makePeer(order.from + at, order)), "joined");
  },

  async announce({ window }) {
    const present = peers.filter((peer) => !peer.gone);
    return forAll(present.length, window, (at) => present[at].speaker.announce(present[at].wire), "announced");
  },

  /** Rounds: a peer makes offers to others of its swarm and each answers; `window` rounds at once, peers in turn. */
  relay({ window, millis, setup }) {
    return new Promise((resolve) => {
      let turn = 0;
      let over = false;
      const before = { ...counts };
      const begin = () => {
        const peer = peers[turn++ % peers.length];
        if (over || peer.gone || peer.owed > 0) return;
        peer.owed = OFFERS;
        peer.speaker.offer(peer.wire, neighbours(peer, setup.swarmSize));
      };
      onEvent = (event, peer) => {
        if (event !== "answer" || --peer.owed > 0) return;
        begin();
      };
      for (let each = 0; each < window; each++) begin();
      setTimeout(() => {
        over = true;
        const done = counts.offer + counts.answer - before.offer - before.answer;
        resolve({ done, lost: peers.filter((peer) => peer.gone).length });
      }, millis);
    });
  },

  /** What was under way is let out, so that the next phase begins in silence. */
  async rest({ millis }) {
    onEvent = null;
    await new Promise((resolve) => setTimeout(resolve, millis));
    peers.forEach((peer) => (peer.owed = 0));
    return { done: peers.filter((peer) => !peer.gone).length, lost: 0 };
  },

  async close() {
    for (const { wire } of peers) wire.close();
    peers = [];
    return { done: 0, lost: 0 };
  },
};

/** Others of the swarm, by stride: every peer has other ones. */
function neighbours(peer, swarmSize) {
  const first = peer.index - peers[0].index;
  const start = first - (first % swarmSize);
  const size = Math.min(swarmSize, peers.length - start);
  return Array.from({ length: OFFERS }, (_, each) => peers[start + ((first - start + each + 1) % size)].speaker);
}

process.on("message", async (order) => {
  told = order;
  failures = [];
  const begun = now();
  const cpu = process.cpuUsage();
  const outcome = await PHASES[told.phase](told);
  const { user, system } = process.cpuUsage(cpu);
  process.send({ ...outcome, begun, ended: now(), seconds: (user + system) / 1e6, failures });
});
process.on("disconnect", () => process.exit(0));

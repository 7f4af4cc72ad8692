import type { HeldView, LinkView, MeshView, TransferView } from "../ports";
import { pausedBy } from "./limits";
import type { Link, MeshState, Swarm, Transfer } from "./state";

/** What pages may see of a peer: a copy, never the state itself. */
export function viewOf(state: MeshState): MeshView {
  const paused = pausedBy(state);
  return {
    status: state.status,
    ...(state.hub === null ? {} : { peer: state.hub.peer }),
    ...(state.problem === null ? {} : { problem: state.problem }),
    links: [...state.links.values()].map(linkView),
    transfers: [...state.transfers.values()].map(transferView),
    held: [...state.swarms.values()].filter((swarm) => swarm.heldBytes > 0 || swarm.held.full).map(heldView),
    received: state.received,
    relayed: state.relayed,
    sent: state.sent,
    failures: [...state.failures].map(([code, count]) => ({ code, count })),
    limits: state.limits,
    supply: state.supply,
    ...(paused === null ? {} : { paused }),
    ...(state.quota === null ? {} : { quota: { ...state.quota } }),
    ...(state.storeOpen ? { storage: state.storage } : {}),
  };
}

function linkView(link: Link): LinkView {
  return {
    peer: link.peer,
    content: link.content,
    status: link.status,
    ...(link.path === null ? {} : { path: link.path }),
    ...(link.roundTripMillis === null ? {} : { roundTripMillis: link.roundTripMillis }),
    received: link.received,
    sent: link.sent,
  };
}

function transferView(transfer: Transfer): TransferView {
  const left = transfer.size - transfer.held - transfer.fromHub - transfer.fromPeers;
  const { perSecond } = transfer.rate;
  const moving = transfer.state === "running" && transfer.content !== null && perSecond > 0;
  return {
    transfer: transfer.id,
    resource: transfer.resource,
    content: transfer.content ?? "",
    name: transfer.name,
    size: transfer.size,
    held: transfer.held,
    fromHub: transfer.fromHub,
    fromPeers: transfer.fromPeers,
    relayed: transfer.relayed,
    wasted: transfer.wasted,
    bytesPerSecond: Math.round(perSecond),
    state: transfer.state,
    ...(transfer.problem === null ? {} : { problem: transfer.problem }),
    sources: [...transfer.sources].map(([id, source]) => ({
      kind: source.kind,
      id,
      bytes: source.bytes,
      bytesPerSecond: Math.round(source.rate.perSecond),
    })),
    ...(moving ? { secondsLeft: Math.ceil(left / perSecond) } : {}),
  };
}

function heldView(swarm: Swarm): HeldView {
  return {
    content: swarm.content,
    resource: swarm.resource,
    name: swarm.name,
    size: swarm.manifest.size,
    held: swarm.heldBytes,
    served: swarm.served,
    pinned: swarm.pinned,
    onRequest: swarm.onRequest,
    usedAt: swarm.usedAt,
    ...(swarm.refused === null ? {} : { refused: swarm.refused }),
  };
}

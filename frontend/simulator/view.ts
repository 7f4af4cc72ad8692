import type { World } from "./world";

/** What may be drawn of the links: more lines than that are a blot. */
const MOST_LINKS = 1_500;

/** How a peer stands. */
export const STANDING = { fetching: 0, complete: 1, gone: 2, lying: 3 } as const;

/** A simulation at one moment, for somebody who watches: arrays by the peers' numbers. */
export interface View {
  /** Milliseconds since the file was asked for. */
  now: number;
  /** Of the mesh, parts of the file: from the hub, and from peers. */
  fromHub: Float32Array;
  fromPeers: Float32Array;
  standing: Uint8Array;
  /** Of the star, parts of the file. */
  star: Float32Array;
  /** Open links, as pairs of numbers; empty where there are too many to be drawn. */
  links: Uint16Array;
  completed: number;
  starCompleted: number;
  /** Copies of the file that the hub has sent. */
  egress: number;
  starEgress: number;
  hubAlive: boolean;
}

export function viewOf(world: World): View {
  const { peers, star, scenario, origin } = world;
  const count = peers.length;
  const view: View = {
    now: world.now,
    fromHub: new Float32Array(count),
    fromPeers: new Float32Array(count),
    standing: new Uint8Array(count),
    star: new Float32Array(count),
    links: linksOf(world),
    completed: 0,
    starCompleted: 0,
    egress: origin.egress / scenario.size,
    starEgress: star.egress / scenario.size,
    hubAlive: world.hub.alive,
  };
  for (const peer of peers) {
    const { number, transfer } = peer;
    view.fromHub[number] = (transfer?.fromHub ?? 0) / scenario.size;
    view.fromPeers[number] = (transfer?.fromPeers ?? 0) / scenario.size;
    view.star[number] = star.progress(number);
    if (peer.isGone) view.standing[number] = STANDING.gone;
    else if (peer.manner !== "honest") view.standing[number] = STANDING.lying;
    else if (peer.completedAt !== null) view.standing[number] = STANDING.complete;
    if (view.standing[number] === STANDING.complete) view.completed++;
    if (!peer.isGone && view.star[number] === 1) view.starCompleted++;
  }
  return view;
}

/** A link is told by the end that offered it. */
function linksOf({ peers }: World): Uint16Array {
  const byLink = new Map<string, number>();
  const pairs: number[] = [];
  for (const { number, state, isGone } of peers) {
    if (isGone) continue;
    for (const [id, link] of state.links) {
      if (link.status !== "open") continue;
      const other = byLink.get(id);
      if (other === undefined) byLink.set(id, number);
      else pairs.push(other, number);
    }
    if (pairs.length > 2 * MOST_LINKS) return new Uint16Array(0);
  }
  return Uint16Array.from(pairs);
}

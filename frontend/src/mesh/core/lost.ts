import { isLost } from "../../protocol/refusals";
import { LOST_PER_SECOND, MOST_LOST_AT_ONCE } from "./constants";
import type { Link, Work } from "./state";

/** Tells the hub of a link that ended, where it should know: it names others then. So many a second, not more. */
export function tellLost(work: Work, link: Link): void {
  const { state, now } = work;
  const swarm = state.swarms.get(link.content);
  if (link.why === null || !isLost(link.why) || !state.online || swarm?.entered !== true) return;
  const saved = state.lost.left + (Math.max(0, now - state.lost.at) * LOST_PER_SECOND) / 1000;
  state.lost = { left: Math.min(MOST_LOST_AT_ONCE, saved), at: now };
  if (state.lost.left < 1) return;
  state.lost.left--;
  const { content, peer, why: code } = link;
  work.effects.push({ do: "send-hub", message: { type: "lost", content, peer, code } });
}

import type { HubMessage, TrialNews } from "../../protocol/messages";
import { changeRate } from "./bucket";
import { TEST_COPY_BYTES, TRIAL_SHARE } from "./constants";
import { pausedBy } from "./limits";
import type { MeshState, Work } from "./state";

/** Parts in experiments: whether this browser takes any, and what they take of its limits. */

type TrialMessage = HubMessage & { type: "trial" | "trial-begin" | "trial-end" };

/** How large a test copy this peer would fetch now, in bytes. */
function volunteerBytes(state: MeshState): number {
  return state.limits.experiments && state.madeFor === null && pausedBy(state) === null ? TEST_COPY_BYTES : 0;
}

/** Tells the hub when that has changed. Who never took part says nothing. A part that goes on ends with the person's leave to it. */
export function tellVolunteer(work: Work): void {
  const { state } = work;
  const bytes = volunteerBytes(state);
  if (bytes === 0) leaveTrial(work);
  if (!state.online || !state.storeOpen || bytes === (state.volunteerTold ?? 0)) return;
  state.volunteerTold = bytes;
  work.effects.push({ do: "send-hub", message: { type: "volunteer", bytes } });
}

/** The hub asks for a part, or says how it goes on. */
export function trialAsked(work: Work, message: TrialMessage): void {
  const { state } = work;
  if (message.type === "trial") {
    const { trial, resource, content, model } = message;
    const upload = shareOf(state.limits.uploadBytesPerSecond, message.upload);
    const download = shareOf(state.limits.downloadBytesPerSecond, message.download);
    const order = { trial, resource, content, model, upload, download };
    if (volunteerBytes(state) === 0) tellHub(work, { ...order, fromHub: 0, fromPeers: 0, state: "left" });
    else {
      state.trial = order;
      work.effects.push({ do: "trial-prepare", order });
    }
  } else if (message.trial === state.trial?.trial) {
    if (message.type === "trial-begin") work.effects.push({ do: "trial-begin", trial: message.trial });
    else endTrial(work);
  }
  setOwnRates(work);
}

/** How the part that goes on stands. */
export function trialNews(work: Work, news: TrialNews): void {
  if (news.trial === work.state.trial?.trial) tellHub(work, news);
}

/** The part that goes on, if one does, is over: nobody can hear of it any more, or the hub has said so. */
export function endTrial(work: Work): void {
  if (work.state.trial === null) return;
  work.state.trial = null;
  work.effects.push({ do: "trial-end" });
  setOwnRates(work);
}

/** The rates that are left for what this peer fetches and serves itself. */
export function setOwnRates(work: Work): void {
  const { limits, trial, upload, download } = work.state;
  changeRate(upload, restOf(limits.uploadBytesPerSecond, trial?.upload), work.now);
  changeRate(download, restOf(limits.downloadBytesPerSecond, trial?.download), work.now);
}

/** The person takes no part any more. */
function leaveTrial(work: Work): void {
  const { trial } = work.state;
  if (trial === null) return;
  tellHub(work, { ...trial, fromHub: 0, fromPeers: 0, state: "left" });
  endTrial(work);
}

function tellHub(work: Work, { trial, state, upload, download, fromHub, fromPeers, code }: TrialNews): void {
  if (!work.state.online) return;
  const news = { trial, state, upload, download, fromHub, fromPeers, ...(code === undefined ? {} : { code }) };
  work.effects.push({ do: "send-hub", message: { type: "trial-state", ...news } });
}

function shareOf(limit: number | null, asked: number): number {
  return limit === null ? asked : Math.max(1, Math.min(asked, Math.floor(limit * TRIAL_SHARE)));
}

function restOf(limit: number | null, taken: number | undefined): number | null {
  return limit === null ? null : Math.max(1, limit - (taken ?? 0));
}

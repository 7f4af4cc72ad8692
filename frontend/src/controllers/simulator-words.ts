import type { Deed } from "../../simulator/interventions";
import type { Result } from "../../simulator/result";
import type { Scenario } from "../../simulator/scenario";
import type { View } from "../../simulator/view";
import { setAttribute, setText } from "../ui/dom";
import { count, formatBytes, formatDuration, formatShare } from "../ui/format";

const DEED_WORDS: Record<Deed, string> = {
  "kill-hub": "The hub was killed.",
  "remove-half": "Half of the peers were removed.",
  lie: "A tenth of the peers began to send wrong bytes.",
};

export function deedWords(deed: Deed): string {
  return DEED_WORDS[deed];
}

type Part = (name: string) => HTMLElement;

/** The figures of a moment. */
export function drawFigures(part: Part, view: View, { peers, size }: Scenario): void {
  const there = view.standing.length;
  const done = (completed: number): string => `${completed.toLocaleString("en")} of ${peers.toLocaleString("en")}`;
  setText(part("starCompleted"), done(view.starCompleted));
  setText(part("meshCompleted"), done(view.completed));
  setText(part("starProgress"), formatShare(sum(view.star) / there));
  setText(part("meshProgress"), formatShare((sum(view.fromHub) + sum(view.fromPeers)) / there));
  setText(part("starEgress"), egressWords(view.starEgress, size));
  setText(part("meshEgress"), egressWords(view.egress, size));
  const alive = view.hubAlive ? "" : " The hub is dead.";
  setAttribute(part("star"), "aria-label", `Client-server: ${done(view.starCompleted)} have the file.${alive}`);
  setAttribute(part("mesh"), "aria-label", `Peer-to-peer: ${done(view.completed)} have the file.${alive}`);
}

/** What is known in the end. */
export function drawResult(part: Part, result: Result): void {
  const { star, bounds } = result;
  const starLast = star.completed === 0 ? "nobody has the file" : formatTenths(star.seconds.most);
  setText(part("starLast"), starLast);
  setText(part("meshLast"), result.completed === 0 ? "nobody has the file" : formatTenths(result.seconds.most));
  setText(part("starMedian"), star.completed === 0 ? "–" : formatTenths(star.seconds.median));
  setText(part("meshMedian"), result.completed === 0 ? "–" : formatTenths(result.seconds.median));
  setText(part("starBound"), formatTenths(bounds.clientServer));
  setText(part("meshBound"), formatTenths(result.bound));
  drawEfficiency(part, result);
  setText(part("starSent"), egressWords(star.egress, result.scenario.size));
  setText(part("meshSent"), egressWords(result.egress, result.scenario.size));
  setText(part("starDone"), count(star.completed, "receiver", "receivers"));
  setText(
    part("meshDone"),
    `${count(result.completed, "receiver", "receivers")} of ${result.stayers.toLocaleString("en")} who stayed and were honest`,
  );
  setText(part("offload"), Number.isNaN(result.offload) ? "–" : formatShare(result.offload));
}

/** The bounds are those of all peers: where some have left or lie, nothing is to be measured by them. */
function drawEfficiency(part: Part, { star, bounds, efficiency, stayers, scenario }: Result): void {
  const isWhole = stayers === scenario.peers;
  const byAll = (words: string): string => (isWhole ? words : "– (not all peers stayed and were honest)");
  const ofStar = star.completed === 0 ? "–" : percent(bounds.clientServer / star.seconds.most);
  const ofMesh = efficiency.last === 0 ? "not everybody is done" : percent(efficiency.last);
  setText(part("starEfficiency"), byAll(ofStar));
  setText(part("meshEfficiency"), byAll(ofMesh));
}

/** Each model ends at a moment of its own; the star, which needs no events, is reckoned to its end at once. */
export function overWords({ now }: View, { star, completed, stayers }: Result): string {
  const ofMesh = completed === stayers ? "took" : "was given up after";
  const ofStar = star.completed === 0 ? "does not get there" : `takes ${formatDuration(star.seconds.most)}`;
  return `Over. Peer-to-peer ${ofMesh} ${formatDuration(now / 1000)} of virtual time, client-server ${ofStar}.`;
}

/** `60 copies (480.0 MiB)`, never broken inside the brackets. */
function egressWords(copies: number, size: number): string {
  const bytes = formatBytes(copies * size).replace(" ", "\u00a0");
  return `${copiesWords(copies)} (${bytes})`;
}

function copiesWords(copies: number): string {
  const number = copies < 100 ? Number(copies.toFixed(2)) : Math.round(copies);
  return `${number.toLocaleString("en")} ${number === 1 ? "copy" : "copies"}`;
}

function formatTenths(seconds: number): string {
  return seconds < 100 ? `${seconds.toFixed(1)} s` : formatDuration(seconds);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function sum(values: Float32Array): number {
  return values.reduce((all, value) => all + value, 0);
}

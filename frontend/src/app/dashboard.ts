import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import { dashboardController } from "../controllers/dashboard";
import { drawChart } from "../ui/charts";
import { Topology } from "../ui/topology/topology";

/** The dashboard with its real ports; loaded by the page that shows it. */
export function dashboard(
  hub: Hub,
  later: (milliseconds: number, action: () => void) => () => void,
): ControllerConstructor {
  const now = (): number => Date.now();
  return dashboardController({
    stream: { openEvents: (address) => new EventSource(address), ask: () => hub.overview(), later },
    history: { series: ({ from, to, step }, resource) => hub.series(from, to, step, resource), drawChart, now, later },
    drawGraph: (host, title, example) => new Topology(host, title, example),
    now,
    later,
  });
}

import type { ResourceDelivery } from "../api/overview";
import { el } from "../ui/dom";
import { keyed } from "../ui/keyed";
import type { Period } from "./dashboard-series";

const PERIODS: readonly Period[] = ["hour", "day", "month"];
const RESOURCE = "resource";
const PERIOD = "period";

/** What a person wants to see: a resource or all, and how far back. It stands in the address, so that it survives a reload and can be sent to others. */
export class DashboardChoice {
  readonly #resources: HTMLSelectElement;
  readonly #periods: HTMLSelectElement;

  /** @param changed called when the person has chosen */
  constructor(resources: HTMLElement, periods: HTMLElement, changed: () => void) {
    this.#resources = resources as HTMLSelectElement;
    this.#periods = periods as HTMLSelectElement;
    this.#periods.value = this.period;
    for (const select of [this.#resources, this.#periods]) {
      select.addEventListener("change", () => {
        this.#remember();
        changed();
      });
    }
  }

  /** The id of the resource that is chosen; null for all. */
  get resource(): string | null {
    return new URLSearchParams(location.search).get(RESOURCE);
  }

  get period(): Period {
    const wanted = new URLSearchParams(location.search).get(PERIOD);
    return PERIODS.find((period) => period === wanted) ?? "hour";
  }

  /** Offers these resources, and answers the one that is chosen: null for all, one without figures where nothing of it was delivered. */
  offer(resources: readonly ResourceDelivery[]): ResourceDelivery | null {
    const id = this.resource;
    const known = resources.find((item) => item.resource === id);
    const chosen = id === null ? null : (known ?? untouched(id));
    const options = [
      { id: "", name: "All resources" },
      ...resources.map((item) => ({ id: item.resource, name: item.name })),
      ...(chosen !== null && known === undefined ? [{ id: chosen.resource, name: chosen.name }] : []),
    ];
    keyed(
      this.#resources,
      options,
      (option) => option.id,
      (option) => el("option", { value: option.id }),
      (element, option) => {
        if (element.textContent !== option.name) element.textContent = option.name;
      },
    );
    if (this.#resources.value !== (id ?? "")) this.#resources.value = id ?? "";
    return chosen;
  }

  #remember(): void {
    const address = new URL(location.href);
    set(address.searchParams, RESOURCE, this.#resources.value);
    set(address.searchParams, PERIOD, this.#periods.value === "hour" ? "" : this.#periods.value);
    history.replaceState(history.state, "", address);
  }
}

function set(query: URLSearchParams, name: string, value: string): void {
  if (value === "") query.delete(name);
  else query.set(name, value);
}

/** Of this one nothing was delivered yet. */
function untouched(resource: string): ResourceDelivery {
  return {
    ...{ resource, name: "A resource of which nothing was delivered", content: "", size: 0 },
    ...{ hubBytes: 0, hubDownloads: 0, meshFromHub: 0, meshFromPeers: 0, meshRelayed: 0, savedBytes: 0 },
    ...{ meshDownloads: 0, peersHolding: 0, discrepancy: null },
  };
}

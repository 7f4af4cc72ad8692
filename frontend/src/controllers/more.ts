import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import { announce } from "../ui/dom";
import { count } from "../ui/format";

/** Brings a page of this hub as text; null when it could not be had. */
export type FetchPage = (address: string) => Promise<string | null>;

/** Loads the next part of a list behind the rows that are there. Without it the link leads to a page with that part. */
export function moreController(fetchPage: FetchPage): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["rows", "link"];
    declare readonly rowsTarget: HTMLElement;
    declare readonly hasLinkTarget: boolean;
    declare readonly linkTarget: HTMLAnchorElement;
    #loading = false;

    async load(event: Event): Promise<void> {
      event.preventDefault();
      if (this.#loading) return;
      this.#loading = true;
      this.linkTarget.setAttribute("aria-busy", "true");
      const address = this.linkTarget.href;
      const page = await fetchPage(address);
      this.#loading = false;
      if (!this.hasLinkTarget) return;
      this.linkTarget.removeAttribute("aria-busy");
      if (page === null) location.assign(address);
      else this.#append(new DOMParser().parseFromString(page, "text/html"));
    }

    #append(page: Document): void {
      const rows = [...page.querySelectorAll('[data-more-target="rows"] > *')];
      const link = page.querySelector<HTMLAnchorElement>('[data-more-target="link"]');
      this.rowsTarget.append(...rows.map((row) => document.importNode(row, true)));
      announce(`${count(rows.length, "more is", "more are")} shown`);
      const first = this.rowsTarget.children[this.rowsTarget.children.length - rows.length];
      first?.querySelector<HTMLElement>("a")?.focus();
      if (link === null) this.linkTarget.remove();
      else this.linkTarget.setAttribute("href", link.getAttribute("href") ?? "");
    }
  };
}

import { onAppearance } from "../appearance";
import { el, setAttribute, setText } from "../dom";
import { handToBrowser, RELEASE_AFTER } from "../hand-to-browser";
import { csvOf } from "./csv";
import { init } from "./engine";
import { keyOf } from "./key";
import { optionOf, pictureOption } from "./option";
import type { Palette } from "./option";
import type { Chart, ChartSpec } from "./spec";
import { figuresOf, tableOf } from "./table";
import type { Figures } from "./table";
import { inWords } from "./words";

/** A saved picture, in pixels. */
const PICTURE = { width: 1000, height: 560 };
const PICTURE_RATIO = 2;

/** A chart on a page: title, key, drawing, the same figures as a table, buttons to save them. Follows the page's colours and width at once. */
export class Figure implements Chart {
  readonly #root: HTMLElement;
  readonly #title = el("figcaption", { class: "chart-title" });
  readonly #description = el("p", { class: "chart-description" });
  readonly #key = el("ul", { class: "chart-key" });
  readonly #empty = el("p", { class: "text-secondary mb-0", text: "No figures yet." });
  readonly #canvas = el("div", { class: "chart-canvas", tabindex: "0", role: "application" });
  readonly #said = el("p", { class: "visually-hidden", role: "status" });
  readonly #table = el("details", { class: "chart-table" }, el("summary", { text: "Figures as a table" }));
  readonly #tablePlace = el("div", { class: "table-responsive", tabindex: "0", role: "region" });
  readonly #drawing: ReturnType<typeof init>;
  readonly #size: ResizeObserver;
  readonly #stopFollowing: () => void;
  #spec: ChartSpec;
  #figures: Figures;
  /** The row that the arrow keys have come to; -1 before they were used. */
  #row = -1;

  constructor(host: HTMLElement, spec: ChartSpec) {
    this.#spec = spec;
    this.#figures = figuresOf(spec);
    this.#table.append(this.#tablePlace);
    this.#root = el("figure", { class: "chart" }, this.#title, this.#description, this.#key, this.#canvas);
    this.#root.append(this.#empty, this.#said, el("div", { class: "chart-foot" }, this.#table, this.#saving()));
    host.replaceChildren(this.#root);
    this.#drawing = init(this.#canvas, null, { renderer: "canvas" });
    this.#size = new ResizeObserver(() => {
      this.#drawing.resize();
    });
    this.#size.observe(this.#canvas);
    this.#stopFollowing = onAppearance(() => {
      this.#draw();
    });
    this.#canvas.addEventListener("keydown", (event) => {
      this.#walk(event);
    });
    this.#table.addEventListener("toggle", () => {
      this.#fillTable();
    });
    this.update(spec);
  }

  update(spec: ChartSpec): void {
    this.#spec = spec;
    this.#figures = figuresOf(spec);
    setText(this.#title, spec.title);
    setText(this.#description, spec.description ?? "");
    this.#description.hidden = spec.description === undefined;
    this.#key.replaceChildren(...keyOf(spec));
    const none = this.#figures.rows.length === 0;
    this.#empty.hidden = !none;
    this.#canvas.hidden = none;
    setAttribute(this.#canvas, "aria-label", `${spec.title}. Chart; the left and right arrow keys read its figures.`);
    setAttribute(this.#tablePlace, "aria-label", `${spec.title}: figures`);
    this.#fillTable();
    this.#draw();
  }

  dispose(): void {
    this.#size.disconnect();
    this.#stopFollowing();
    this.#drawing.dispose();
    this.#root.remove();
  }

  #draw(): void {
    this.#drawing.setOption(optionOf(this.#spec, paletteOf(this.#root)), { notMerge: true });
  }

  /** Rows are made when somebody looks at them. */
  #fillTable(): void {
    if (this.#table.open) this.#tablePlace.replaceChildren(tableOf(this.#spec));
  }

  #walk(event: KeyboardEvent): void {
    const last = this.#figures.rows.length - 1;
    const places: Partial<Record<string, number>> = {
      ArrowLeft: Math.max(0, this.#row - 1),
      ArrowRight: Math.min(last, this.#row + 1),
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined || last < 0) return;
    event.preventDefault();
    this.#row = place;
    this.#say(place);
  }

  /** Shows the tip of one row, and says what it shows. */
  #say(place: number): void {
    const { x: axis, y, series } = this.#spec;
    const row = this.#figures.rows[place];
    if (row === undefined) return;
    const seriesIndex = row.figures.findIndex((figure) => figure !== null);
    const dataIndex = series[seriesIndex]?.values.findIndex(([x]) => x === row.x) ?? -1;
    this.#drawing.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    const figures = row.figures.flatMap((figure, column) =>
      figure === null ? [] : [`${series[column]?.name ?? ""} ${inWords(y.unit, figure)}`],
    );
    setText(this.#said, `${inWords(axis.unit, row.x)}: ${figures.join(", ")}`);
  }

  #saving(): HTMLElement {
    const png = el("button", { type: "button", class: "btn btn-sm", text: "Save as PNG" });
    const csv = el("button", { type: "button", class: "btn btn-sm", text: "Save as CSV" });
    png.addEventListener("click", () => {
      this.#savePicture();
    });
    csv.addEventListener("click", () => {
      save(new Blob([csvOf(this.#spec)], { type: "text/csv" }), `${fileName(this.#spec.title)}.csv`);
    });
    return el("div", { class: "btn-list" }, png, csv);
  }

  /** Draws it once more by itself, as wide as a document and with its title and key, whatever the window. */
  #savePicture(): void {
    const palette = paletteOf(this.#root);
    const alone = init(document.createElement("div"), null, { renderer: "canvas", ...PICTURE });
    alone.setOption(pictureOption(this.#spec, palette));
    alone.renderToCanvas({ pixelRatio: PICTURE_RATIO, backgroundColor: palette.surface }).toBlob((picture) => {
      if (picture !== null) save(picture, `${fileName(this.#spec.title)}.png`);
    }, "image/png");
    alone.dispose();
  }
}

/** The page's colours as they are for this element now. */
function paletteOf(element: Element): Palette {
  const own = getComputedStyle(element);
  const body = getComputedStyle(document.body);
  const token = (name: string): string => own.getPropertyValue(name).trim();
  return {
    hub: token("--hub"),
    peer: token("--peer"),
    muted: token("--tblr-secondary-color"),
    text: own.color,
    surface: body.backgroundColor,
    font: own.fontFamily,
  };
}

/** `Bytes delivered, last hour` becomes `bytes-delivered-last-hour`. */
function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "chart"
  );
}

function save(bytes: Blob, name: string): void {
  setTimeout(handToBrowser({ bytes, name }), RELEASE_AFTER);
}

/** What an element is made with: `text` is always text, never markup; every other member is an attribute. */
export interface Made {
  text?: string;
  class?: string;
  [attribute: string]: string | undefined;
}

/** Makes an element. Names from strangers go in as text or attribute values, so they cannot become markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  made: Made = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(made)) {
    if (value === undefined) continue;
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Finds what a page or a row is made of, by the name in `attribute`; a page that lost one is broken and says so. */
export function partsOf(root: ParentNode, attribute = "data-part"): (name: string) => HTMLElement {
  return (name) => {
    const found = root.querySelector<HTMLElement>(`[${attribute}="${name}"]`);
    if (found === null) throw new Error(`There is no ${attribute} ${name}`);
    return found;
  };
}

/** Sets text only when it differs, so that a screen reader and a selection are left in peace. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute only when it differs; null removes it. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Shows an error beside what caused it, or hides it when there is none. */
export function showProblem(place: HTMLElement, words: string | null): void {
  setText(place, words ?? "");
  place.hidden = words === null;
}

/** Tells those who do not see the page what happened. */
export function announce(words: string): void {
  const place = document.getElementById("announcements");
  if (place !== null) place.textContent = words;
}

const KEY = "key";

/**
 * Makes the children of `container` those of `items`, in order. An item whose key is already there keeps its element,
 * so focus, selection and running transitions survive an update. `update` is called for new ones too.
 */
export function keyed<T, E extends HTMLElement>(
  container: HTMLElement,
  items: readonly T[],
  keyOf: (item: T) => string,
  create: (item: T) => E,
  update: (element: E, item: T) => void,
): void {
  const before = new Map<string, E>();
  for (const child of container.children) {
    const key = (child as HTMLElement).dataset[KEY];
    if (key !== undefined) before.set(key, child as E);
  }
  let place: Element | null = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const element = before.get(key) ?? keyWith(create(item), key);
    before.delete(key);
    update(element, item);
    if (element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  }
  for (const gone of before.values()) gone.remove();
}

function keyWith<E extends HTMLElement>(element: E, key: string): E {
  element.dataset[KEY] = key;
  return element;
}

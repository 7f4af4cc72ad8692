/** Calls when the page changes between light and dark; answers how to stop. */
export function onAppearance(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  return () => {
    observer.disconnect();
  };
}

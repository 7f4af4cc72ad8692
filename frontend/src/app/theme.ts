/*
 * Sets light or dark before the first paint. It is loaded in the head as a plain blocking script, because a module or a
 * deferred script would let the page flash in the other colours. It must stay small and import nothing.
 */
(() => {
  const KEY = "hubmesh.theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const choice = (): string => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto";
    }
  };

  const apply = (): void => {
    const chosen = choice();
    const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    document.documentElement.setAttribute("data-bs-theme", isDark ? "dark" : "light");
  };

  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("hubmesh:theme", apply);
})();

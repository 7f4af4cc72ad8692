import type { Memory } from "../controllers/membership";
import type { ThemeChoice } from "../controllers/theme";
import type { HubPorts } from "../api/hub";

const THEME_KEY = "hubmesh.theme";

/** Local storage, or a memory for this page alone where the browser refuses it. */
export function browserMemory(): Memory {
  const forThisPage = new Map<string, string>();
  return {
    get: (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return forThisPage.get(key) ?? null;
      }
    },
    set: (key, value) => {
      if (value === null) forThisPage.delete(key);
      else forThisPage.set(key, value);
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        // Kept for this page alone, as said above.
      }
    },
  };
}

/** The person's appearance; `theme.js`, which runs first, reads the same key and applies it. */
export function themeChoice(memory: Memory): ThemeChoice {
  return {
    get: () => memory.get(THEME_KEY) ?? "auto",
    set: (choice) => {
      memory.set(THEME_KEY, choice === "auto" ? null : choice);
      dispatchEvent(new Event("hubmesh:theme"));
    },
  };
}

/** What the REST client needs of the page that is shown now. */
export function hubPorts(): HubPorts {
  return {
    fetch: (path, init) => fetch(path, init),
    csrf: () => {
      const header = meta("csrf-header");
      const token = meta("csrf-token");
      return header === null || token === null ? null : { header, token };
    },
    signedOut: () => {
      location.assign("/sign-in?expired");
    },
  };
}

/** The content of a `<meta>` of the page that is shown now. */
export function meta(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? null;
}

/** Brings a page of this hub as text; null when it could not be had. */
export async function fetchPage(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { MeshProblem } from "../../src/protocol/problems";
import { el, showProblem } from "../../src/ui/dom";
import { keyed } from "../../src/ui/keyed";
import { relayedWords } from "../../src/ui/pieces";
import { failureWords, problemWords } from "../../src/ui/problem-words";
import { drawTwoBar, twoBar } from "../../src/ui/two-bar";

describe("el", () => {
  it("takes a stranger's name as text, never as markup", () => {
    const link = el("a", { text: "<img src=x onerror=alert(1)>", title: '"><script>' });
    expect(link.children).toHaveLength(0);
    expect(link.textContent).toBe("<img src=x onerror=alert(1)>");
    expect(link.title).toBe('"><script>');
  });
});

describe("what came over relays", () => {
  it("is said only where there was something", () => {
    expect(relayedWords(0)).toBe("");
    expect(relayedWords(2 * 1024 * 1024)).toBe(" (2.0 MiB relayed)");
  });
});

describe("keyed", () => {
  const draw = (list: HTMLElement, keys: string[]): void => {
    keyed(
      list,
      keys,
      (key) => key,
      () => el("li"),
      (row, key) => {
        row.textContent = key;
      },
    );
  };

  it("adds, removes and orders, and keeps the elements that stay", () => {
    const list = el("ul");
    draw(list, ["a", "b", "c"]);
    const [, second] = list.children;
    draw(list, ["c", "b", "d"]);
    expect([...list.children].map((child) => child.textContent)).toEqual(["c", "b", "d"]);
    expect(list.children[1]).toBe(second);
    draw(list, []);
    expect(list.children).toHaveLength(0);
  });
});

describe("two-coloured bar", () => {
  it("shows both parts and says the same in words", () => {
    const bar = twoBar("Download of film.mp4");
    drawTwoBar(bar, { fromHub: 1024, fromPeers: 2048, size: 4096 });
    const [held, hub, peers] = bar.querySelectorAll("span");
    expect(held?.style.width).toBe("0.00%");
    expect(hub?.style.width).toBe("25.00%");
    expect(peers?.style.width).toBe("50.00%");
    expect(bar.getAttribute("aria-valuenow")).toBe("75");
    expect(bar.getAttribute("aria-valuetext")).toBe("75 %: 1.0 KiB from the hub, 2.0 KiB from peers");
  });

  it("begins with what was there before", () => {
    const bar = twoBar("Download of film.mp4");
    drawTwoBar(bar, { fromHub: 1024, fromPeers: 0, held: 1024, size: 4096 });
    expect(bar.querySelector<HTMLElement>(".two-bar-held")?.style.width).toBe("25.00%");
    expect(bar.getAttribute("aria-valuetext")).toBe("50 %: 1.0 KiB there before, 1.0 KiB from the hub, 0 B from peers");
  });

  it("counts an empty file as whole", () => {
    const bar = twoBar("Download of nothing");
    drawTwoBar(bar, { fromHub: 0, fromPeers: 0, size: 0 });
    expect(bar.getAttribute("aria-valuenow")).toBe("100");
  });
});

describe("problems", () => {
  it("are shown and hidden in their place", () => {
    const place = el("p");
    showProblem(place, "No room.");
    expect([place.hidden, place.textContent]).toEqual([false, "No room."]);
    showProblem(place, null);
    expect([place.hidden, place.textContent]).toEqual([true, ""]);
  });

  it("have words, whichever side they come from", () => {
    expect(problemWords("peer-delivery-off")).toContain("switched off");
    expect(problemWords("storage-quota")).toMatch(/room.*\.$/);
    expect(problemWords("lease-invalid")).toContain("lease-invalid");
    expect(failureWords(new MeshProblem("insecure-context"))).toContain("https");
    expect(failureWords(new Error("x"))).toContain("Reload");
  });
});

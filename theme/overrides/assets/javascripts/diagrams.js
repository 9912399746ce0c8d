// Draws the Mermaid diagrams of a hand-written page. Mermaid is a file of the site, loaded before this module. Without
// scripts, the source of a diagram is shown.

const isDark = getComputedStyle(document.documentElement).colorScheme === "dark"
  || (document.documentElement.dataset.scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

const { mermaid } = /** @type {any} */ (window);
if (mermaid) {
  // "strict" shows the text of labels without its markup and links.
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: isDark ? "dark" : "neutral" });
  mermaid.run({ querySelector: ".hand pre.mermaid" });
}

// Draws the diagrams of a page written by hand. Mermaid is a file of the site, loaded before this module; without
// scripts the source of a diagram stays readable.

const isDark = getComputedStyle(document.documentElement).colorScheme === "dark"
  || (document.documentElement.dataset.scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

const { mermaid } = /** @type {any} */ (window);
if (mermaid) {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: isDark ? "dark" : "neutral" });
  mermaid.run({ querySelector: ".hand pre.mermaid" });
}

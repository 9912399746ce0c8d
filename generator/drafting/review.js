// Shortcuts for the first open sentence: a accepts, r rejects, e edits. Without scripts, the buttons do the same.
"use strict";
const first = document.querySelector("[data-first]");
if (first) {
  first.scrollIntoView({ block: "center" });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea, input") || event.ctrlKey || event.altKey || event.metaKey) return;
    const verdict = { a: "accept", r: "reject" }[event.key];
    if (verdict) first.querySelector(`[value="${verdict}"]`).click();
    if (event.key === "e") {
      first.querySelector("textarea").focus();
      event.preventDefault();
    }
  });
}

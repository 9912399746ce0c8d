// The entry point of search on every page: search boxes, the shortcut to the first visible one, the search page, and
// marks of searched words. The engine is loaded when a reader focuses a box, as most visits do not search.

import { element, find } from "./dom.js";
import { isOff } from "./keys.js";
import { searchBox } from "./search-box.js";
import { say } from "./strings.js";

const ENGINE = ["search-engine", "search-data", "search-index", "search-words", "search-ranking", "search-slots", "search-meaning",
  "search-german", "search-stop", "search-correction", "search-spelling", "search-identifiers", "query", "vendor/porter2", "search-suggestions", "search-entities", "search-hits"];
const PAGE = ["search-answer", "search-results", "search-panel", "search-facets"];
/** Load modules in parallel: browsers would find their imports one after the other. @param {string[]} names */
const load = (names) => Promise.all(names.map((name) => import(`./${name}.js`)));
const prefetchShared = () => import("./search-data.js").then((data) => data.prefetchShared());
const actions = {
  prepare: () => Promise.all([prefetchShared(), load(ENGINE)]),
  /** @param {string} query */
  prefetch: (query) => import("./search-engine.js").then((engine) => engine.prefetch(query)),
  /** @param {string} query @param {number} limit */
  suggest: (query, limit) => import("./search-suggestions.js").then(({ suggestions }) => suggestions(query, limit)),
};

const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-search]"));
const boxes = [...forms].map((form) => searchBox(form, actions));

document.addEventListener("keydown", (event) => {
  const isTyping = document.activeElement?.matches("input, textarea, select, [contenteditable]");
  const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !isOff();
  if (!isSlash && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) return;
  const pageBoxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-search-page] input[name=q]"));
  const box = [...boxes, ...pageBoxes].find((input) => input.offsetParent); // null if it is hidden
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const container = /** @type {HTMLElement | null} */ (document.querySelector("[data-search-page]"));
if (container) {
  if (location.search) Promise.all([prefetchShared(), load([...ENGINE, ...PAGE])]).catch(() => {});
  import("./search-page.js").then(({ searchPage }) => searchPage(container))
    .catch(() => container.replaceChildren(element("p", { className: "notice" }, say("status.failed"))));
}
if (new URLSearchParams(location.search).has("h")) import("./search-hits.js").then(({ markWords }) => markWords(find(document, "#content")));

// The entry point of search on every page: search boxes, the shortcut to the first visible one, the search page, and
// marks of searched words. The engine is loaded when a reader focuses a box.

import { element } from "./dom.js";
import { searchBox } from "./search-box.js";
import { markWords } from "./search-hits.js";
import { say } from "./strings.js";

const ENGINE = ["search-engine", "search-data", "search-index", "search-words", "search-ranking", "search-slots", "search-meaning",
  "search-german", "search-stop", "search-correction", "search-spelling", "search-identifiers", "query", "vendor/porter2"];
const PAGE = ["search-answer", "search-results", "search-panel", "search-hits", "search-facets", "search-entities"];
const load = (names) => Promise.all(names.map((name) => import(`./${name}.js`))); // load all at once, because each imports others
const prefetch = () => import("./search-data.js").then((data) => data.prefetch());
const prepare = () => Promise.all([prefetch(), load([...ENGINE, "search-entities"])]);
const expect = (query) => import("./search-engine.js").then((engine) => engine.expect(query));
const answer = (query, most) => import("./search-entities.js").then(({ suggestions }) => suggestions(query, most));

const boxes = [...document.querySelectorAll("form[data-search]")].map((form) => searchBox(form, { answer, prepare, expect }));

document.addEventListener("keydown", (event) => {
  const typing = document.activeElement?.matches("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!slash && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) return;
  const box = [...boxes, ...document.querySelectorAll("[data-search-page] input[name=q]")].find((one) => one.offsetParent);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const place = document.querySelector("[data-search-page]");
if (place) {
  if (location.search) Promise.all([prefetch(), load([...ENGINE, ...PAGE])]).catch(() => {});
  import("./search-page.js").then(({ searchPage }) => searchPage(place))
    .catch(() => place.replaceChildren(element("p", { className: "notice" }, say("status.failed"))));
}
markWords(document.querySelector("#content"));

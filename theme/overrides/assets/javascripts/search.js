// Where search begins on a page: every `form[data-search]`, the keys that lead to the first shown, the search page, and marks.
// The engine is fetched when a reader turns to a box, not before.

import { element } from "./dom.js";
import { searchBox } from "./search-box.js";
import { markWords } from "./search-hits.js";
import { say } from "./strings.js";

const ENGINE = ["engine", "data", "index", "words", "ranking", "slots", "meaning", "german", "stop", "correction", "spelling", "identifiers"];
const PAGE = ["answer", "results", "panel", "hits", "facets", "entities"];
const load = (names) => Promise.all(names.map((name) => import(`./search-${name}.js`))); // at once, not one for another
const prepare = () => load([...ENGINE, "entities"]).then(([engine]) => engine.prepare());
const answer = (query, most) => import("./search-entities.js").then(({ suggestions }) => suggestions(query, most));

const boxes = [...document.querySelectorAll("form[data-search]")].map((form) => searchBox(form, answer, prepare));

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
  if (location.search) load([...ENGINE, ...PAGE]).catch(() => {});
  import("./search-page.js").then(({ searchPage }) => searchPage(place))
    .catch(() => place.replaceChildren(element("p", { className: "notice" }, say("status.failed"))));
}
markWords(document.querySelector("#content"));

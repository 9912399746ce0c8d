// Where search begins on a page: every `form[data-search]`, the keys that lead to the first shown, the search page, and marks.
// The engine is fetched when a reader turns to a box, not before.

import { element } from "./dom.js";
import { searchBox } from "./search-box.js";
import { markWords } from "./search-marks.js";
import { say } from "./strings.js";

const FIRST = ["first", "engine", "words", "ranking"]; // what a search loads, at once and not one for another
const ASKED = ["answer", ...FIRST.slice(1), "results", "panel", "hits", "facets"];
const load = (names) => names.map((name) => import(`./search-${name}.js`));
const prepare = () => Promise.all(load(FIRST)).then(([, engine]) => engine.prepare());
const answer = (query, most) => import("./search-first.js").then(({ first }) => first(query, most));

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
  if (location.search) Promise.all(load(ASKED)).catch(() => {});
  import("./search-page.js").then(({ searchPage }) => searchPage(place))
    .catch(() => place.replaceChildren(element("p", { className: "notice" }, say("status.failed"))));
}
markWords(document.querySelector("#content"));

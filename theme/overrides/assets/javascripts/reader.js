// The entry point of every page: search, reading list, read papers, follows, shortcuts and offline reading. It loads
// further modules if the page has an element for them.

import "./search.js";
import "./follows.js";
import "./keys.js";
import "./offline.js";
import { find, paperId, TITLE } from "./dom.js";
import { showRead } from "./read-marks.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

/** On the search page: add buttons and read marks to the hits, and a button that adds all shown hits to the list. @param {HTMLElement} hits */
function watchHits(hits) {
  const status = find(document, "[data-count]");
  const addAll = find(document, ".hits-actions .add-all");
  const ids = () => [.../** @type {NodeListOf<HTMLAnchorElement>} */ (hits.querySelectorAll(TITLE))].map(paperId).filter(Boolean);
  addAll.addEventListener("click", () => {
    add(ids());
    status.textContent = say("list.added", { count: ids().length });
  });

  function show() {
    addButtons(hits);
    showRead(hits);
    addAll.hidden = !ids().length;
    addAll.textContent = say("list.shown", { count: ids().length }); // not all hits: the page shows more on demand
  }

  show();
  new MutationObserver(show).observe(hits, { childList: true });
}

/** What to start if a page has an element, by its selector. @type {Record<string, (container: HTMLElement) => unknown>} */
const STARTERS = {
  ".hits": watchHits,
  "[data-share]": () => import("./paper.js"),
  ".list-controls": async (container) => (await import("./list-controls.js")).listControls(container),
  "[data-news]": async (container) => (await import("./news.js")).news(container),
  "[data-reading-list-page]": async (container) => (await import("./reading-list-page.js")).readingListPage(container),
  "[data-compare-page]": async (container) => (await import("./compare-page.js")).comparePage(container),
};

for (const [selector, start] of Object.entries(STARTERS)) {
  const container = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (container) start(container);
}

// The entry point of every page: search, reading list, read papers, follows, shortcuts and offline reading. It loads
// further modules if the page has an element for them.

import "./search.js";
import "./follows.js";
import "./keys.js";
import "./offline.js";
import { idOf } from "./dom.js";
import { showRead } from "./read-marks.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

/** On the search page: add buttons and marks to the hits, and a button that adds all shown hits to the reading list. */
function hitsReader(hits) {
  const status = document.querySelector("[data-count]");
  const links = () => [...hits.querySelectorAll(".card-title a, .hit-title a")];
  const all = /** @type {HTMLElement} */ (document.querySelector(".hits-acts .add-all"));
  all.addEventListener("click", () => {
    const papers = links().map(idOf).filter(Boolean);
    add(papers);
    status.textContent = say("list.added", { count: papers.length });
  });

  function show() {
    addButtons(hits);
    showRead(hits);
    all.hidden = !links().length;
    all.textContent = say("list.shown", { count: links().length }); // not all hits are shown
  }

  show();
  new MutationObserver(show).observe(hits, { childList: true });
}

const PLACES = {
  ".hits": hitsReader,
  "[data-share]": () => import("./paper.js"),
  ".list-controls": async (place) => (await import("./list-controls.js")).listControls(place),
  "[data-news]": async (place) => (await import("./news.js")).news(place),
  "[data-reading-list-page]": async (place) => (await import("./reading-list-page.js")).listPage(place),
  "[data-compare-page]": async (place) => (await import("./compare-page.js")).comparePage(place),
};

for (const [selector, fill] of Object.entries(PLACES)) {
  const place = document.querySelector(selector);
  if (place) fill(place);
}

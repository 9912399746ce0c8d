// What every page has for its reader: search, the reading list, marks of papers that were read, what is followed, keys,
// reading offline, and, where the page has a place for them, the controls of a list, what is new, and what copies and
// shares a paper.

import "./search.js";
import "./follows.js";
import "./keys.js";
import "./offline.js";
import { button, idOf } from "./dom.js";
import { showRead } from "./read-marks.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

/** On the page of search: the buttons and marks of the papers that were found, and one that adds all that are shown. */
function hitsReader(hits) {
  const status = document.querySelector("[data-count]");
  const links = () => [...hits.querySelectorAll(".card-title a, .hit-title a")];
  const all = button("", () => {
    const papers = links().map(idOf).filter(Boolean);
    add(papers);
    status.textContent = say("list.added", { count: papers.length });
  }, { className: "add-all list-button" });

  function show() {
    addButtons(hits);
    showRead(hits);
    all.hidden = !links().length;
    all.textContent = say("list.shown", { count: links().length }); // others are found that are not shown yet
  }

  hits.before(all);
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

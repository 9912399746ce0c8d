// What every page has for its reader: search, the reading list, marks of papers that were read, what is followed, keys,
// reading offline, and, where the page has a place for them, the controls of a list, what is new, and what copies and
// shares a paper.

import "./search.js";
import "./follows.js";
import "./keys.js";
import "./offline.js";
import "./read-marks.js";
import "./reading-list.js";

const PLACES = {
  ".hits": async (place) => (await import("./hits-reader.js")).hitsReader(place),
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

// What every page has for its reader: the reading list, marks of papers that were read, what is followed, keys, and,
// where the page has a place for them, the controls of a list and what is new.

import "./follows.js";
import "./keys.js";
import "./read-marks.js";
import "./reading-list.js";

const PLACES = {
  ".hits": async (place) => (await import("./hits-reader.js")).hitsReader(place),
  ".list-controls": async (place) => (await import("./list-controls.js")).listControls(place),
  "[data-news]": async (place) => (await import("./news.js")).news(place),
  "[data-reading-list-page]": async (place) => (await import("./reading-list-page.js")).listPage(place),
  "[data-compare-page]": async (place) => (await import("./compare-page.js")).comparePage(place),
};

for (const [selector, fill] of Object.entries(PLACES)) {
  const place = document.querySelector(selector);
  if (place) fill(place);
}

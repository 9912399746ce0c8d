// The topics, people, institutions and venues that a reader follows, stored in this browser only. Their pages have a
// Follow button. The home page (news.js) and lists (list-controls.js) show the papers of followed pages.

import { base, button, find } from "./dom.js";
import { onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "follows";
// the site path of a page that readers can follow
const PLACE = /^(?:topics|authors|institutions|venues|tags)\/[a-z0-9-]{1,90}(?:\/[a-z0-9-]{1,90})?$/;
const MAX_FOLLOWS = 300; // beyond it, the oldest are dropped

/** The valid follows in a stored or imported value. @param {unknown} value @returns {Follow[]} */
function validFollows(value) {
  const follows = Array.isArray(value) ? value.filter((follow) => PLACE.test(follow?.place) && typeof follow.name === "string") : [];
  const byPlace = new Map(follows.map(({ place, name, feed }) => [place, { place, name: name.slice(0, 200), feed: feed === true }]));
  return [...byPlace.values()].slice(-MAX_FOLLOWS);
}

/** The followed pages, the latest one last. */
export function follows() {
  return read(KEY, validFollows, []);
}

/** Store the followed pages. @param {unknown[]} followed */
export function saveFollows(followed) {
  write(KEY, validFollows(followed));
}

/** The site path of this page, without the number of the page in a list. */
function currentPlace() {
  return decodeURI(location.pathname.slice(base.pathname.length)).replace(/(?:\/page\/\d+)?\/$/, "");
}

/** The heading of this page, without the number of the page in a list. @param {string} heading */
function withoutNumber(heading) {
  const number = /\/page\/(\d+)\/$/.exec(location.pathname)?.[1];
  if (!number) return heading;
  const [before, after] = say("follow.page", { title: "\0", number }).split("\0"); // in English, "" and ", page 2"
  return heading.startsWith(before) && heading.endsWith(after) ? heading.slice(before.length, heading.length - after.length) : heading;
}

/** Add the button "Follow" above the heading of a page. @param {Element} page */
function addButton(page) {
  const place = currentPlace();
  if (!PLACE.test(place)) return;
  const heading = find(page, "h1");
  const name = withoutNumber(heading.textContent);
  const isFollowed = () => follows().some((follow) => follow.place === place);
  const toggle = button("", () => {
    const others = follows().filter((follow) => follow.place !== place);
    const feed = Boolean(page.querySelector(".list-exports"));
    saveFollows(isFollowed() ? others : [...others, { place, name, feed }]);
  }, { className: "follow-button" });
  const update = () => {
    toggle.setAttribute("aria-pressed", String(isFollowed()));
    toggle.textContent = say(isFollowed() ? "follow.on" : "follow.off");
    toggle.setAttribute("aria-label", say("list.named", { action: toggle.textContent, title: name }));
  };
  update();
  onChange((key) => { if (key === KEY) update(); });
  heading.before(toggle);
}

const page = document.querySelector(".can-follow");
if (page) addButton(page);

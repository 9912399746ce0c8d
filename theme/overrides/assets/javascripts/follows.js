// The topics, people, institutions and venues that a reader follows, stored in this browser only. Their pages have a
// button. The home page (news.js) and lists (list-controls.js) show papers in what is followed.

import { base, button } from "./dom.js";
import { onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "follows";
const PLACE = /^(?:topics|authors|institutions|venues|tags)\/[a-z0-9-]{1,90}(?:\/[a-z0-9-]{1,90})?$/;
const MOST = 300;

/** The valid follows in a stored or imported value. */
function valid(value) {
  const found = Array.isArray(value) ? value.filter((one) => PLACE.test(one?.place) && typeof one.name === "string") : [];
  const byPlace = new Map(found.map(({ place, name, feed }) => [place, { place, name: name.slice(0, 200), feed: feed === true }]));
  return [...byPlace.values()].slice(-MOST);
}

/** The followed places with their names, and whether each has a feed; the latest one last. */
export function follows() {
  return read(KEY, valid, []);
}

/** Store the followed places. */
export function keepFollows(followed) {
  write(KEY, valid(followed));
}

/** The place of this page, without the number of the page in a list. */
function here() {
  return decodeURI(location.pathname.slice(base.pathname.length)).replace(/(?:\/page\/\d+)?\/$/, "");
}

/** Add the button "Follow" above the heading of a page. */
function addButton(page) {
  const place = here();
  if (!PLACE.test(place)) return;
  const name = page.querySelector("h1").textContent;
  const isFollowed = () => follows().some((one) => one.place === place);
  const toggle = button("", () => {
    const others = follows().filter((one) => one.place !== place);
    const feed = Boolean(page.querySelector(".take-away"));
    keepFollows(isFollowed() ? others : [...others, { place, name, feed }]);
  }, { className: "follow-button" });
  const show = () => {
    toggle.setAttribute("aria-pressed", String(isFollowed()));
    toggle.textContent = say(isFollowed() ? "follow.on" : "follow.off");
    toggle.setAttribute("aria-label", say("list.named", { action: toggle.textContent, title: name }));
  };
  show();
  onChange((key) => { if (key === KEY) show(); });
  page.querySelector("h1").before(toggle);
}

const page = document.querySelector(".can-follow");
if (page) addButton(page);

// What a reader follows: topics, people, institutions and venues, kept in this browser alone. Each of their pages has a
// button; home and the weekly page show by it what is followed (news.js, list-controls.js).

import { base, button } from "./dom.js";
import { onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "follows";
const PLACE = /^(?:topics|authors|institutions|venues|tags)\/[a-z0-9-]{1,90}(?:\/[a-z0-9-]{1,90})?$/;
const MOST = 300;

function valid(value) {
  const found = Array.isArray(value) ? value.filter((one) => PLACE.test(one?.place) && typeof one.name === "string") : [];
  const byPlace = new Map(found.map(({ place, name, feed }) => [place, { place, name: name.slice(0, 200), feed: feed === true }]));
  return [...byPlace.values()].slice(-MOST);
}

/** What is followed: places with their names, and whether each has a feed; the newest last. */
export function follows() {
  return read(KEY, valid, []);
}

export function keepFollows(followed) {
  write(KEY, valid(followed));
}

/** The place of this page's list, without the number of the page. */
function here() {
  return decodeURI(location.pathname.slice(base.pathname.length)).replace(/(?:\/page\/\d+)?\/$/, "");
}

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

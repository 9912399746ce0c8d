// The part of the reading list's page that lists what the reader follows, with feeds, and as a file for feed readers.

import { base, button, element } from "./dom.js";
import { follows, keepFollows } from "./follows.js";
import { save } from "./reading-list-tools.js";
import { onChange } from "./store.js";
import { say } from "./strings.js";

const feedOf = (place) => new URL(`${place}/feed.xml`, base).href;
const pageOf = (place) => new URL(`${place}/`, base).href;

/** The feeds of what is followed as OPML 2.0 (https://opml.org/spec2.opml). */
function opml(followed) {
  const made = document.implementation.createDocument(null, "opml");
  const root = made.documentElement;
  const add = (parent, name, attributes = {}) => {
    const child = parent.appendChild(made.createElement(name));
    for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
    return child;
  };
  root.setAttribute("version", "2.0");
  add(add(root, "head"), "title").textContent = document.title;
  const body = add(root, "body");
  for (const { place, name, feed } of followed) {
    if (feed) add(body, "outline", { type: "rss", text: name, xmlUrl: feedOf(place), htmlUrl: pageOf(place) });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`;
}

function item({ place, name, feed }) {
  const stop = button(say("follow.stop"), () => keepFollows(follows().filter((one) => one.place !== place)), { className: "list-button list-remove" });
  stop.setAttribute("aria-label", say("list.named", { action: say("follow.stop"), title: name }));
  return element("li", {}, element("a", { href: pageOf(place) }, name),
    ...(feed ? [" · ", element("a", { href: feedOf(place) }, say("follow.feed"))] : []), " ", stop);
}

export function followedPart() {
  const list = element("ul", { className: "follows" });
  const none = element("p", {}, say("follow.none"));
  const all = button(say("follow.opml"), () => save("follows.opml", "text/x-opml", opml(follows())));
  const tools = element("p", { className: "list-tools" }, all);
  const draw = () => {
    const followed = follows();
    list.replaceChildren(...followed.map(item));
    none.hidden = followed.length > 0;
    tools.hidden = !followed.some(({ feed }) => feed);
  };
  draw();
  onChange((key) => { if (key === "follows") draw(); });
  return element("section", {}, element("h2", {}, say("follow.title")), none, list, tools);
}

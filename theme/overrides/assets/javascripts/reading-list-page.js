// The page of the reading list: a card for each paper with a note and a checkbox, actions on all of them
// (reading-list-tools.js), and the followed places with their feeds. Text nodes only.

import { base, button, element } from "./dom.js";
import { follows, keepFollows } from "./follows.js";
import { isOn, mark, readPapers, turn } from "./read-marks.js";
import { keep, keepNotes, listed, notes } from "./reading-list.js";
import { save, tools } from "./reading-list-tools.js";
import { fill, record } from "./records.js";
import { onChange } from "./store.js";
import { say } from "./strings.js";

const PATIENCE = 1500; // milliseconds for which the rows wait for the records of all papers

/**
 * The row of a paper. It is shown at once, and filled when the record arrives. `rename` is called if the id is an
 * earlier one.
 */
function row(id, { remove, rename, chosen }) {
  const card = element("article", { className: "card" }, element("h2", { className: "card-title" }, id), element("p", {}, say("list.wait")));
  const choose = element("input", { type: "checkbox" });
  const note = element("textarea", { rows: 2, value: notes()[id] ?? "", placeholder: say("list.note") });
  const done = button("", () => mark(id, !readPapers().includes(id)), { className: "read-button" });
  const gone = button(say("list.remove"), () => remove(id), { className: "list-button list-remove" });
  choose.addEventListener("change", () => chosen(id, choose.checked));
  note.addEventListener("change", () => keepNotes({ ...notes(), [id]: note.value }));

  /** Name the paper in the labels of its controls. */
  function call(name) {
    choose.setAttribute("aria-label", say("list.named", { action: say("list.choose"), title: name }));
    note.setAttribute("aria-label", say("list.named", { action: say("list.note"), title: name }));
    gone.setAttribute("aria-label", say("list.named", { action: say("list.remove"), title: name }));
    done.dataset.title = name;
    showRead();
  }

  function showRead() {
    const isRead = readPapers().includes(id);
    rowElement.classList.toggle("is-read", isRead);
    done.textContent = say(isRead ? "read.undo" : "read.do");
    done.setAttribute("aria-label", say("list.named", { action: done.textContent, title: done.dataset.title }));
  }

  const rowElement = element("div", { className: "list-row" }, element("label", { className: "list-choice" }, choose), card, note,
    element("p", { className: "list-acts" }, done, gone));
  rowElement.showRead = showRead;
  rowElement.choose = choose;
  call(id);
  rowElement.ready = record(id).then((paper) => {
    if (paper.id !== id && paper.aliases?.includes(id)) return rename(id, paper.id);
    fill(card, paper, 2);
    call(paper.title_plain ?? paper.title);
  }).catch(() => { card.lastChild.textContent = say("list.unknown"); });
  return rowElement;
}

// --- what is followed -----------------------------------------------------------------------------------------------

const feedOf = (place) => new URL(`${place}/feed.xml`, base).href;
const pageOf = (place) => new URL(`${place}/`, base).href;

/** The feeds of followed places as OPML 2.0 (https://opml.org/spec2.opml). */
function opml(followed) {
  const outline = document.implementation.createDocument(null, "opml");
  const root = outline.documentElement;
  const add = (parent, name, attributes = {}) => {
    const child = parent.appendChild(outline.createElement(name));
    for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
    return child;
  };
  root.setAttribute("version", "2.0");
  add(add(root, "head"), "title").textContent = document.title;
  const body = add(root, "body");
  for (const { place, name, feed } of followed) {
    if (feed) add(body, "outline", { type: "rss", text: name, xmlUrl: feedOf(place), htmlUrl: pageOf(place) });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(outline)}\n`;
}

/** A followed place with links and a button. */
function item({ place, name, feed }) {
  const stop = button(say("follow.stop"), () => keepFollows(follows().filter((one) => one.place !== place)), { className: "list-button list-remove" });
  stop.setAttribute("aria-label", say("list.named", { action: say("follow.stop"), title: name }));
  return element("li", {}, element("a", { href: pageOf(place) }, name),
    ...(feed ? [" · ", element("a", { href: feedOf(place) }, say("follow.feed"))] : []), " ", stop);
}

/** The section with the followed places. */
function followedPart() {
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

/** The switch of what the browser remembers of visits. */
function memoryPart() {
  const box = element("input", { type: "checkbox", checked: isOn() });
  box.addEventListener("change", () => turn(box.checked));
  return element("label", { className: "list-memory" }, box, say("read.keep"));
}

// --- the whole page -------------------------------------------------------------------------------------------------

/** Fill `page` with the list. */
export function listPage(page) {
  const empty = element("p", {}, say("list.empty"));
  const place = element("div", { className: "list-rows" });
  const rows = new Map(); // rows of all papers that were on the list since the page was opened
  const picked = new Set();
  const bar = tools({ picked: () => listed().filter((id) => picked.has(id)) });

  /** Remove a paper from the list, and move the focus to the next row, or to the heading. */
  function remove(id) {
    const gone = rows.get(id);
    const near = gone.nextElementSibling ?? gone.previousElementSibling;
    const heading = document.querySelector("h1");
    heading.tabIndex = -1; // makes the heading focusable
    picked.delete(id);
    gone.choose.checked = false;
    keep(listed().filter((other) => other !== id));
    (near?.querySelector(".list-remove") ?? heading).focus();
  }

  /** Replace an earlier id by the current one, also in the notes. */
  function rename(id, now) {
    const { [id]: note, ...others } = notes();
    if (note) keepNotes({ ...others, [now]: note });
    keep(listed().map((other) => (other === id ? now : other)));
  }

  function chosen(id, isChosen) {
    picked[isChosen ? "add" : "delete"](id);
    bar.draw();
  }

  function rowOf(id) {
    if (!rows.has(id)) rows.set(id, row(id, { remove, rename, chosen }));
    return rows.get(id);
  }

  /** Update the rows to match the list, the newest first. Unchanged rows are not moved, so that they keep the focus. */
  function draw() {
    const wanted = new Set(listed().reverse().map(rowOf));
    for (const shown of [...place.children]) if (!wanted.has(shown)) shown.remove();
    for (const [index, shown] of [...wanted].entries()) {
      if (place.children[index] !== shown) place.insertBefore(shown, place.children[index] ?? null);
    }
    empty.hidden = wanted.size > 0;
    page.dataset.shown = String(wanted.size);
    bar.draw();
  }

  page.replaceChildren(bar.place, empty, place, followedPart(), memoryPart());
  draw();
  page.classList.add("is-waiting");
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  Promise.race([patience, Promise.all(Array.from(rows.values(), (shown) => shown.ready))])
    .then(() => page.classList.remove("is-waiting"));
  onChange((key) => {
    if (key === "reading-list") draw();
    if (key === "read" || key === "forget") for (const shown of rows.values()) shown.showRead();
  });
}

// The page of the reading list: a card for each paper with a note and a checkbox, actions on all of them
// (reading-list-tools.js), and the followed pages with their feeds. Stored texts and records are not inserted as HTML.

import { button, element, find, urlOf } from "./dom.js";
import { follows, saveFollows } from "./follows.js";
import { FORGET_KEY, isRemembering, markRead, readPapers, setRemembering } from "./read-marks.js";
import { notes, readingList, saveNotes, saveReadingList } from "./reading-list.js";
import { download, tools } from "./reading-list-tools.js";
import { fetchRecord, fillCard } from "./records.js";
import { onChange } from "./store.js";
import { say } from "./strings.js";

const MAX_WAIT = 1500; // milliseconds until the rows are shown, even if records are missing

/** @typedef {{ element: HTMLElement, checkbox: HTMLInputElement, showRead: () => void, ready: Promise<unknown> }} Row */

/**
 * The row of a paper, which contains only the id until the record arrives. `rename` is called if `id` is an earlier id.
 * @param {string} id
 * @param {{ remove: (id: string) => void, rename: (id: string, newId: string) => void, select: (id: string, isSelected: boolean) => void }} actions
 * @returns {Row}
 */
function createRow(id, { remove, rename, select }) {
  const message = element("p", {}, say("list.loading"));
  const card = element("article", { className: "card" }, element("h2", { className: "card-title" }, id), message);
  const checkbox = element("input", { type: "checkbox" });
  const note = element("textarea", { rows: 2, value: notes()[id] ?? "", placeholder: say("list.note") });
  const readButton = button("", () => markRead(id, !readPapers().includes(id)), { className: "read-button" });
  const removeButton = button(say("list.remove"), () => remove(id), { className: "list-button list-remove" });
  const row = element("div", { className: "list-row" }, element("label", { className: "list-choice" }, checkbox), card, note,
    element("p", { className: "list-actions" }, readButton, removeButton));
  let title = id;
  checkbox.addEventListener("change", () => select(id, checkbox.checked));
  note.addEventListener("change", () => saveNotes({ ...notes(), [id]: note.value }));

  /** Name the paper in the labels of its controls. */
  function labelControls() {
    checkbox.setAttribute("aria-label", say("list.named", { action: say("list.choose"), title }));
    note.setAttribute("aria-label", say("list.named", { action: say("list.note"), title }));
    removeButton.setAttribute("aria-label", say("list.named", { action: say("list.remove"), title }));
    showRead();
  }

  function showRead() {
    const isRead = readPapers().includes(id);
    row.classList.toggle("is-read", isRead);
    readButton.textContent = say(isRead ? "read.undo" : "read.do");
    readButton.setAttribute("aria-label", say("list.named", { action: readButton.textContent, title }));
  }

  labelControls();
  const ready = fetchRecord(id).then((paper) => {
    if (paper.id !== id && paper.aliases?.includes(id)) return rename(id, paper.id);
    fillCard(card, paper, 2);
    title = paper.title_plain ?? paper.title;
    labelControls();
  }).catch(() => { message.textContent = say("list.unknown"); });
  return { element: row, checkbox, showRead, ready };
}

// --- followed pages ---

/** The feed of the page with the site path `place`. @param {string} place */
const feedOf = (place) => urlOf(`${place}/feed.xml`);
/** @param {string} place */
const pageOf = (place) => urlOf(`${place}/`);

/** The feeds of followed pages as OPML 2.0 (https://opml.org/spec2.opml). @param {Follow[]} followed */
function opml(followed) {
  // A document of nodes, because its serializer escapes names.
  const outline = document.implementation.createDocument(null, "opml");
  const root = outline.documentElement;
  /** @param {Element} parent @param {string} name @param {Record<string, string>} attributes */
  const append = (parent, name, attributes = {}) => {
    const child = parent.appendChild(outline.createElement(name));
    for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
    return child;
  };
  root.setAttribute("version", "2.0");
  append(append(root, "head"), "title").textContent = document.title;
  const body = append(root, "body");
  for (const { place, name, feed } of followed) {
    // Feed readers import only outlines of type "rss", also for Atom.
    if (feed) append(body, "outline", { type: "rss", text: name, xmlUrl: feedOf(place), htmlUrl: pageOf(place) });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(outline)}\n`;
}

/** A followed page with links and a button. @param {Follow} follow */
function followItem({ place, name, feed }) {
  const control = button(say("follow.stop"), () => saveFollows(follows().filter((follow) => follow.place !== place)), { className: "list-button list-remove" });
  control.setAttribute("aria-label", say("list.named", { action: say("follow.stop"), title: name }));
  return element("li", {}, element("a", { href: pageOf(place) }, name),
    ...(feed ? [" · ", element("a", { href: feedOf(place) }, say("follow.feed"))] : []), " ", control);
}

/** The section with the followed pages. */
function followsSection() {
  const list = element("ul", { className: "follows" });
  const none = element("p", {}, say("follow.none"));
  const exportButton = button(say("follow.opml"), () => download("follows.opml", "text/x-opml", opml(follows())));
  const bar = element("p", { className: "list-tools" }, exportButton);
  const update = () => {
    const followed = follows();
    list.replaceChildren(...followed.map(followItem));
    none.hidden = followed.length > 0;
    bar.hidden = !followed.some(({ feed }) => feed);
  };
  update();
  onChange((key) => { if (key === "follows") update(); });
  return element("section", {}, element("h2", {}, say("follow.title")), none, list, bar);
}

/** The checkbox that lets the browser store read papers and visits. */
function rememberCheckbox() {
  const checkbox = element("input", { type: "checkbox", checked: isRemembering() });
  checkbox.addEventListener("change", () => setRemembering(checkbox.checked));
  return element("label", { className: "list-memory" }, checkbox, say("read.keep"));
}

// --- the whole page ---

/** Fill `page` with the list. @param {HTMLElement} page */
export function readingListPage(page) {
  const empty = element("p", {}, say("list.empty"));
  const list = element("div");
  /** The rows of all papers that were on the list since the page was opened. @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Set<string>} */
  const selection = new Set();
  const bar = tools({ selected: () => readingList().filter((id) => selection.has(id)) });

  /** Remove a paper from the list, and move the focus to the next row, or to the heading. @param {string} id */
  function remove(id) {
    const { element: row, checkbox } = rowOf(id);
    const neighbor = row.nextElementSibling ?? row.previousElementSibling;
    const heading = find(document, "h1");
    heading.tabIndex = -1; // makes the heading focusable
    selection.delete(id);
    checkbox.checked = false; // `rows` keeps the row, in case the paper is added again
    saveReadingList(readingList().filter((other) => other !== id));
    (neighbor ? find(neighbor, ".list-remove") : heading).focus();
  }

  /** Replace an earlier id by the current one, also in the notes. @param {string} id @param {string} newId */
  function rename(id, newId) {
    const { [id]: note, ...others } = notes();
    if (note) saveNotes({ ...others, [newId]: note });
    saveReadingList(readingList().map((other) => (other === id ? newId : other)));
  }

  /** @param {string} id @param {boolean} isSelected */
  function select(id, isSelected) {
    selection[isSelected ? "add" : "delete"](id);
    bar.draw();
  }

  /** @param {string} id */
  function rowOf(id) {
    const row = rows.get(id) ?? createRow(id, { remove, rename, select });
    rows.set(id, row);
    return row;
  }

  /** Update the rows to match the list, the newest first. Unchanged rows are not moved, so that they keep the focus. */
  function draw() {
    const elements = readingList().reverse().map((id) => rowOf(id).element);
    for (const row of [...list.children]) if (!elements.some((other) => other === row)) row.remove();
    for (const [index, row] of elements.entries()) {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    }
    empty.hidden = elements.length > 0;
    page.dataset.shown = String(elements.length);
    bar.draw();
  }

  page.replaceChildren(bar.element, empty, list, followsSection(), rememberCheckbox());
  draw();
  page.classList.add("is-waiting");
  // Show all rows at once: a card that grows when its record arrives would push down the cards below it.
  const timeout = new Promise((resolve) => { setTimeout(resolve, MAX_WAIT); });
  Promise.race([timeout, Promise.all(Array.from(rows.values(), (row) => row.ready))])
    .then(() => page.classList.remove("is-waiting"));
  onChange((key) => {
    if (key === "reading-list") draw();
    if (key === "read" || key === FORGET_KEY) for (const row of rows.values()) row.showRead();
  });
}

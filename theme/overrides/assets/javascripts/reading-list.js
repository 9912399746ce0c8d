// The reading list: ids of papers, stored in this browser only, and a button for each paper on a page.
// reading-list-page.js shows the list.

import { button, find, paperId, titleOf } from "./dom.js";
import { isStored, onChange, read, validIds, validNotes, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "reading-list";
const NOTES_KEY = "notes";
/** The buttons of a page with their papers. @type {Map<HTMLElement, { id: string, title: string, isShort: boolean }>} */
const buttons = new Map();

/** The ids on the list, the newest last. */
export function readingList() {
  return read(KEY, validIds, []);
}

/** Store the list. @param {string[]} ids */
export function saveReadingList(ids) {
  write(KEY, validIds(ids));
}

/** Add papers. Those that are listed already keep their positions. @param {string[]} ids */
export function add(ids) {
  const listed = readingList();
  saveReadingList([...listed, ...ids.filter((id) => !listed.includes(id))]);
}

/** Add a paper to the list, or remove it. @param {string} id */
export function toggle(id) {
  const listed = readingList();
  saveReadingList(listed.includes(id) ? listed.filter((other) => other !== id) : [...listed, id]);
}

/** The reader's notes, by the ids of papers. */
export function notes() {
  return read(NOTES_KEY, validNotes, {});
}

/** Store the notes. @param {Record<string, string>} newNotes */
export function saveNotes(newNotes) {
  write(NOTES_KEY, validNotes(newNotes));
}

/** Connect the button of a paper in `parent`, or add one. @param {string} id @param {string} title @param {HTMLElement} parent */
function addButton(id, title, parent) {
  const existing = /** @type {HTMLElement | null} */ (parent.querySelector(".list-button")); // on a paper's own page
  const control = existing ?? button("", () => toggle(id), { className: "list-button" });
  if (existing) existing.addEventListener("click", () => toggle(id));
  else parent.append(control);
  buttons.set(control, { id, title, isShort: Boolean(existing) });
}

/** Add a button to each card below `root` that has none. @param {ParentNode} root */
export function addButtons(root = document) {
  for (const card of root.querySelectorAll(".card")) {
    const link = titleOf(card);
    const badges = /** @type {HTMLElement | null} */ (card.querySelector(".card-badges"));
    if (link && badges && paperId(link) && !badges.querySelector(".list-button")) addButton(paperId(link), link.textContent, badges);
  }
  refresh(); // new buttons have no text yet
}

/** Update all buttons, and the number in the header. */
function refresh() {
  const ids = new Set(readingList());
  const listedText = say(isStored(KEY) ? "list.listed" : "list.unsaved");
  for (const [control, { id, title, isShort }] of buttons) {
    const isListed = ids.has(id);
    control.setAttribute("aria-pressed", String(isListed));
    const action = isListed ? listedText : say("list.add");
    control.textContent = isShort ? say(isListed ? "list.listed.short" : "list.add.short") : action;
    control.setAttribute("aria-label", say("list.named", { action, title }));
  }
  for (const count of document.querySelectorAll("[data-reading-list-count]")) {
    count.textContent = ids.size ? String(ids.size) : "";
  }
}

/** Tell the service worker which papers to save for offline reading (sw.js). */
function saveOffline() {
  navigator.serviceWorker?.controller?.postMessage({ saved: readingList() });
}

const paper = /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"));
if (paper?.dataset.paper) addButton(paper.dataset.paper, find(document, "h1").textContent, paper);
addButtons();
onChange((key) => {
  if (key !== KEY) return;
  refresh();
  saveOffline();
});
// A new worker may have saved nothing yet, and the list may have changed while no worker controlled the page.
if (readingList().length) saveOffline();
navigator.serviceWorker?.addEventListener("controllerchange", saveOffline);

// The reading list: ids of papers, stored in this browser only, and a button for each paper on a page.
// reading-list-page.js shows the list.

import { button, idOf } from "./dom.js";
import { ids, isStored, onChange, read, texts, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "reading-list";
const NOTES = "notes";
const buttons = new Map(); // buttons with the id and title of their paper

/** The ids on the list, the newest last. */
export function listed() {
  return read(KEY, ids, []);
}

/** Store the list. */
export function keep(papers) {
  write(KEY, ids(papers));
}

/** Add papers; those that are on the list already keep their places. */
export function add(papers) {
  const before = listed();
  keep([...before, ...papers.filter((id) => !before.includes(id))]);
}

/** Add a paper to the list, or remove it. */
export function toggle(id) {
  const before = listed();
  keep(before.includes(id) ? before.filter((other) => other !== id) : [...before, id]);
}

/** The reader's notes, by the ids of papers. */
export function notes() {
  return read(NOTES, texts, {});
}

/** Store the notes. */
export function keepNotes(newNotes) {
  write(NOTES, texts(newNotes));
}

/** Add the button of a paper to `place`, or use the one that is there. */
function addButton(id, title, place) {
  const ready = place.querySelector(".list-button"); // on a paper's own page
  const control = ready ?? button("", () => toggle(id), { className: "list-button" });
  if (ready) ready.addEventListener("click", () => toggle(id));
  else place.append(control);
  buttons.set(control, { id, title, isShort: Boolean(ready) });
}

/** Add a button to each card below `root` that has none. */
export function addButtons(root = document) {
  for (const card of root.querySelectorAll(".card")) {
    const link = card.querySelector(".card-title a");
    const marks = card.querySelector(".card-marks");
    if (link && marks && idOf(link) && !marks.querySelector(".list-button")) addButton(idOf(link), link.textContent, marks);
  }
  refresh();
}

/** Update all buttons, and the number in the header. */
function refresh() {
  const papers = new Set(listed());
  const listedText = say(isStored(KEY) ? "list.listed" : "list.unsaved");
  for (const [control, { id, title, isShort }] of buttons) {
    const isListed = papers.has(id);
    control.setAttribute("aria-pressed", String(isListed));
    const action = isListed ? listedText : say("list.add");
    control.textContent = isShort ? say(isListed ? "list.listed.short" : "list.add.short") : action;
    control.setAttribute("aria-label", say("list.named", { action, title }));
  }
  for (const count of document.querySelectorAll("[data-reading-list-count]")) {
    count.textContent = papers.size ? String(papers.size) : "";
  }
}

/** Tell the service worker which papers to save for offline reading (sw.js). */
function keepOffline() {
  navigator.serviceWorker?.controller?.postMessage({ saved: listed() });
}

const paper = /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"));
if (paper) addButton(paper.dataset.paper, document.querySelector("h1").textContent, paper);
addButtons();
onChange((key) => {
  if (key !== KEY) return;
  refresh();
  keepOffline();
});
if (listed().length) keepOffline();
navigator.serviceWorker?.addEventListener("controllerchange", keepOffline);

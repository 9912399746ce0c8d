// The reading list: ids of papers, kept in this browser alone, and a button for each paper of a page. The page that
// shows the list is filled by reading-list-page.js.

import { element } from "./dom.js";
import { say } from "./strings.js";

const KEY = "digest-reading-list";
const ID = /^[a-z0-9-]{1,80}$/;
const MOST = 2000;

const page = document.querySelector("[data-reading-list-page]");
let draw = () => {}; // shows the list anew where it is shown
let unsaved = null; // the list of a browser that stores nothing, or no more: it lasts until the page is left

/** The ids on the list, the newest last. Whatever else stands in the store is ignored. */
function stored() {
  if (unsaved) return [...unsaved];
  try {
    return valid(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

function valid(found) {
  const ids = Array.isArray(found) ? found.filter((id) => typeof id === "string" && ID.test(id)) : [];
  return [...new Set(ids)].slice(-MOST);
}

function store(ids) {
  const kept = valid(ids);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    unsaved = null;
  } catch {
    unsaved = kept;
  }
  refresh();
}

function toggle(id) {
  const ids = stored();
  store(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
}

// --- marks: a button for each paper of a page --------------------------------------------------------------------

const buttons = new Map();

function addButton(id, title, place) {
  const ready = place.querySelector(".list-button"); // of a paper's own page
  const button = ready ?? element("button", { type: "button", className: "list-button" });
  button.addEventListener("click", () => toggle(id));
  buttons.set(button, { id, title, isShort: Boolean(ready) });
  if (!ready) place.append(button);
}

function idOf(link) {
  return new URL(link.href).pathname.match(/\/papers\/([a-z0-9-]+)\/$/)?.[1] ?? "";
}

function addButtons() {
  const paper = document.querySelector("[data-paper]");
  if (paper) addButton(paper.dataset.paper, document.querySelector("h1").textContent, paper);
  for (const card of document.querySelectorAll(".card")) {
    const link = card.querySelector(".card-title a");
    const marks = card.querySelector(".card-marks");
    if (link && marks && idOf(link)) addButton(idOf(link), link.textContent, marks);
  }
}

function refresh() {
  const ids = stored();
  const isHeld = say(unsaved ? "list.unsaved" : "list.held");
  for (const [button, { id, title, isShort }] of buttons) {
    const held = ids.includes(id);
    const action = held ? isHeld : say("list.add");
    button.setAttribute("aria-pressed", String(held));
    button.textContent = isShort ? say(held ? "list.held.short" : "list.add.short") : action;
    button.setAttribute("aria-label", say("list.named", { action, title }));
  }
  for (const count of document.querySelectorAll("[data-reading-list-count]")) {
    count.textContent = ids.length ? String(ids.length) : "";
  }
  draw();
}

addButtons();
refresh();
if (page) {
  import("./reading-list-page.js").then(({ listPage }) => {
    draw = listPage(page, { ids: stored, keep: store, valid });
  });
}
addEventListener("storage", (event) => { if (event.key === KEY) refresh(); });

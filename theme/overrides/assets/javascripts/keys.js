// Keys for lists: j and k move between papers, o opens one, s puts it on the reading list, ? lists all keys. A reader
// whose voice or hand sets off single letters turns them off there (WCAG 2.1.4).

import { element, idOf } from "./dom.js";
import { toggle } from "./reading-list.js";
import { read, write } from "./store.js";
import { say } from "./strings.js";

const OFF = "keys-off";
const TITLES = ".card-title a, .hit-title a";

function titles() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TITLES))].filter((link) => link.offsetParent);
}

/** The title whose card has the focus, wherever in the card that is. */
function current() {
  return /** @type {HTMLAnchorElement | null} */ (document.activeElement?.closest(".card, .hit")?.querySelector(TITLES) ?? null);
}

function move(step) {
  const all = titles();
  const at = all.indexOf(current());
  const next = at < 0 ? all.find((link) => link.getBoundingClientRect().top > 0) ?? all[0] : all[at + step];
  next?.focus();
  next?.closest(".card, .hit").scrollIntoView({ block: "nearest" });
}

function save() {
  const link = current();
  const id = link ? idOf(link) : /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"))?.dataset.paper;
  if (id) toggle(id);
}

// --- the list of keys ---------------------------------------------------------------------------------------------

const KEYS = ["j", "k", "o", "s", "/", "?"];
const NAMES = { "/": "keys.search", "?": "keys.help" };
let dialog = null;

function createDialog() {
  const heading = element("h2", { id: "keys-heading" }, say("keys.title"));
  const rows = KEYS.flatMap((key) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, say(NAMES[key] ?? `keys.${key}`))]);
  const box = element("input", { type: "checkbox", checked: !read(OFF, (value) => value === true, false) });
  box.addEventListener("change", () => write(OFF, box.checked ? undefined : true));
  const close = element("button", { type: "button" }, say("keys.close"));
  const shown = element("dialog", { className: "keys" }, heading, element("dl", {}, ...rows),
    element("p", {}, element("label", {}, box, " ", say("keys.letters"))), element("p", {}, close));
  close.addEventListener("click", () => shown.close());
  shown.setAttribute("aria-labelledby", heading.id);
  document.body.append(shown);
  return shown;
}

function showKeys() {
  dialog ??= createDialog();
  dialog.showModal();
}

// --- the keys themselves --------------------------------------------------------------------------------------------

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.click(),
  s: save,
  "?": () => showKeys(),
};

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.activeElement?.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (event.key !== "?" && read(OFF, (value) => value === true, false)) return;
  event.preventDefault();
  act();
});

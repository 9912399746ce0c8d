// Keyboard shortcuts for lists: j and k move between papers, o opens one, s adds it to the reading list, ? lists all
// shortcuts. Readers who trigger single letters by accident, by speech input or tremor, can turn them off there (WCAG
// 2.1.4).

import { element, idOf } from "./dom.js";
import { toggle } from "./reading-list.js";
import { read, write } from "./store.js";
import { say } from "./strings.js";

const OFF = "keys-off";
const TITLES = ".card-title a, .hit-title a";

/** The links of all visible titles. */
function titles() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TITLES))].filter((link) => link.offsetParent);
}

/** The title in the card that contains the focus, or null. */
function current() {
  return /** @type {HTMLAnchorElement | null} */ (document.activeElement?.closest(".card, .hit")?.querySelector(TITLES) ?? null);
}

/** Move the focus by `step` papers; at first, to the first paper in view. */
function move(step) {
  const all = titles();
  const index = all.indexOf(current());
  const next = index < 0 ? all.find((link) => link.getBoundingClientRect().top > 0) ?? all[0] : all[index + step];
  next?.focus();
  next?.closest(".card, .hit").scrollIntoView({ block: "nearest" });
}

/** Add the focused paper, or the page's own, to the reading list, or remove it. */
function save() {
  const link = current();
  const id = link ? idOf(link) : /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"))?.dataset.paper;
  if (id) toggle(id);
}

// --- the list of keys ---------------------------------------------------------------------------------------------

const KEYS = ["j", "k", "o", "s", "/", "?"];
const NAMES = { "/": "keys.search", "?": "keys.help" };
let dialog = null;

/** Create the dialog that lists the shortcuts and switches single letters off. */
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

/** Open the dialog with the shortcuts. */
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

// Keyboard shortcuts for lists: j and k move between papers, o opens one, s adds it to the reading list, ? opens a
// dialog with all shortcuts. There, readers can turn off all others, which speech input or tremor may trigger (WCAG 2.1.4).

import { element, paperId, TITLE, titleOf } from "./dom.js";
import { toggle } from "./reading-list.js";
import { read, write } from "./store.js";
import { say } from "./strings.js";

const OFF_KEY = "keys-off";

/** Whether the reader turned off shortcuts of a single character, except "?", which turns them on again. */
export function isOff() {
  return read(OFF_KEY, (value) => value === true, false);
}

/** The links of all visible titles. A filtered list is hidden, and a copy is shown. */
function titles() {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(TITLE));
  return [...links].filter((link) => link.offsetParent); // null if the link or a parent is hidden
}

/** The title in the card that contains the focus, or null. */
function currentTitle() {
  const card = document.activeElement?.closest(".card");
  return card ? titleOf(card) : null;
}

/** Move the focus by `step` papers; at first, to the first paper in view. @param {number} step */
function move(step) {
  const links = titles();
  const current = currentTitle();
  const index = current ? links.indexOf(current) : -1;
  const next = index < 0 ? links.find((link) => link.getBoundingClientRect().top > 0) ?? links[0] : links[index + step];
  next?.focus();
  next?.closest(".card")?.scrollIntoView({ block: "nearest" }); // focus alone shows only the title
}

/** Add the focused paper, or the paper of this page, to the reading list, or remove it. */
function toggleListed() {
  const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"));
  const id = paperId(currentTitle()) || page?.dataset.paper;
  if (id) toggle(id);
}

const EXPLANATIONS = { j: "keys.j", k: "keys.k", o: "keys.o", s: "keys.s", "/": "keys.search", "?": "keys.help" };
/** @type {HTMLDialogElement | null} */
let dialog = null;

/** Create the dialog that lists the shortcuts and turns them on and off. */
function createDialog() {
  const heading = element("h2", { id: "keys-heading" }, say("keys.title"));
  const items = Object.entries(EXPLANATIONS).flatMap(([key, text]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, say(text))]);
  const checkbox = element("input", { type: "checkbox", checked: !isOff() });
  checkbox.addEventListener("change", () => write(OFF_KEY, checkbox.checked ? undefined : true));
  const button = element("button", { type: "button" }, say("keys.close"));
  const created = element("dialog", { className: "keys" }, heading, element("dl", {}, ...items),
    element("p", {}, element("label", {}, checkbox, " ", say("keys.letters"))), element("p", {}, button));
  button.addEventListener("click", () => created.close());
  created.setAttribute("aria-labelledby", heading.id);
  document.body.append(created);
  return created;
}

function showKeys() {
  dialog ??= createDialog();
  dialog.showModal();
}

/** What each key does; search.js handles the slash. @type {Record<string, () => void>} */
const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => currentTitle()?.click(),
  s: toggleListed,
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  const act = ACTIONS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  // Letters that are typed into a field, or while a dialog is open, are no shortcuts.
  if (document.activeElement?.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (event.key !== "?" && isOff()) return;
  event.preventDefault();
  act();
});

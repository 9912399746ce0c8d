// The papers that a reader has opened. Lists mark their titles as read. They are stored in this browser only, and
// readers can turn that off.

import { idOf } from "./dom.js";
import { ids, onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "read";
const OFF = "forget"; // true if the browser must not store read papers and visits

/** Whether read papers and visits are stored. */
export function isOn() {
  return read(OFF, (value) => value === true, false) === false;
}

/** Turn storing on or off. Turning it off deletes what was stored. */
export function turn(on) {
  if (!on) for (const key of [KEY, "visit"]) write(key, undefined);
  write(OFF, on ? undefined : true);
}

/** The ids of read papers. */
export function readPapers() {
  return isOn() ? ids(read(KEY, ids, [])) : [];
}

/** Mark a paper as read or unread. */
export function mark(id, isRead) {
  if (!isOn()) return;
  const others = readPapers().filter((other) => other !== id);
  write(KEY, isRead ? [...others, id] : others);
}

/** Mark the cards of a page whose papers were read. */
export function showRead(root = document) {
  const known = new Set(readPapers());
  for (const card of root.querySelectorAll(".card, .hit")) {
    const link = card.querySelector(".card-title a, .hit-title a");
    const isRead = Boolean(link) && known.has(idOf(link));
    if (card.classList.toggle("is-read", isRead) !== Boolean(card.querySelector(".read-mark"))) {
      if (isRead) link.after(Object.assign(document.createElement("span"), { className: "read-mark visually-hidden", textContent: ` (${say("read.done")})` }));
      else card.querySelector(".read-mark").remove();
    }
  }
}

const opened = /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"))?.dataset.paper;
if (opened) mark(opened, true);
showRead();
onChange((key) => { if (key === KEY || key === OFF) showRead(); });

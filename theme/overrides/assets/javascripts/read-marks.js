// Which papers a reader has opened: their titles look read in every list. Kept in this browser alone, and not at all
// once the reader has turned it off.

import { idOf } from "./dom.js";
import { ids, onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "read";
const OFF = "forget"; // true: neither papers that were read nor visits are remembered

export function isOn() {
  return read(OFF, (value) => value === true, false) === false;
}

/** Turn memory on or off; off forgets what was remembered. */
export function turn(on) {
  if (!on) for (const key of [KEY, "visit"]) write(key, undefined);
  write(OFF, on ? undefined : true);
}

export function readPapers() {
  return isOn() ? ids(read(KEY, ids, [])) : [];
}

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

// The papers that a reader has opened. Lists mark their titles as read. Their ids are stored in this browser only, and
// readers can turn that off.

import { element, paperId, titleOf } from "./dom.js";
import { onChange, read, validIds, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "read";
export const FORGET_KEY = "forget"; // its value is true if the browser must not store read papers and visits

/** Whether read papers and visits are stored. */
export function isRemembering() {
  return read(FORGET_KEY, (value) => value === true, false) === false;
}

/** Turn storing on or off. Turning it off deletes what was stored. @param {boolean} isOn */
export function setRemembering(isOn) {
  if (!isOn) for (const key of [KEY, "visit"]) write(key, undefined);
  write(FORGET_KEY, isOn ? undefined : true);
}

/** The ids of read papers. */
export function readPapers() {
  return isRemembering() ? read(KEY, validIds, []) : [];
}

/** Mark a paper as read or unread. @param {string} id @param {boolean} isRead */
export function markRead(id, isRead) {
  if (!isRemembering()) return;
  const others = readPapers().filter((other) => other !== id);
  write(KEY, isRead ? [...others, id] : others);
}

/** Mark the cards below `root` whose papers were read. @param {ParentNode} root */
export function showRead(root = document) {
  const ids = new Set(readPapers());
  for (const card of root.querySelectorAll(".card")) {
    const link = titleOf(card);
    const isRead = ids.has(paperId(link));
    const mark = card.querySelector(".read-mark");
    card.classList.toggle("is-read", isRead);
    if (!isRead) mark?.remove();
    else if (!mark) link?.after(element("span", { className: "read-mark visually-hidden" }, ` (${say("read.done")})`));
  }
}

const opened = /** @type {HTMLElement | null} */ (document.querySelector("[data-paper]"))?.dataset.paper;
if (opened) markRead(opened, true);
showRead();
onChange((key) => { if (key === KEY || key === FORGET_KEY) showRead(); });

// What readers can do with the papers that a search found: each has the button of the reading list and its mark, and one
// button adds all that are shown.

import { button, idOf } from "./dom.js";
import { showRead } from "./read-marks.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

export function hitsReader(hits) {
  const status = document.querySelector("[data-count]");
  const links = () => [...hits.querySelectorAll(".card-title a, .hit-title a")];
  const all = button(say("list.all"), () => {
    const papers = links().map(idOf).filter(Boolean);
    add(papers);
    status.textContent = say("list.added", { count: papers.length });
  }, { className: "add-all list-button" });

  function show() {
    addButtons(hits);
    showRead(hits);
    all.hidden = !links().length;
  }

  hits.before(all);
  show();
  new MutationObserver(show).observe(hits, { childList: true });
}

// Filters the papers of the map by venue and year, and lists the papers in view.

import { element } from "./dom.js";
import { say } from "./strings.js";

const MOST = 200;

/**
 * Connect the filters and the list of `figure`. `papers` have `{ link, title, venue, year, place }`. Returns a function
 * that updates the list.
 */
export function papersOf(figure, papers, isInView) {
  const filters = [...figure.querySelectorAll("[data-filter]")];
  const button = figure.querySelector("[data-list]");
  const list = figure.querySelector("[data-here]");

  for (const select of filters) {
    const key = select.dataset.filter;
    const values = [...new Set(papers.map((paper) => paper[key]).filter(Boolean))].sort();
    if (key === "year") values.reverse();
    select.append(...values.map((value) => element("option", { value }, value)));
    select.addEventListener("change", filter);
  }

  function filter() {
    for (const paper of papers) {
      const fits = filters.every((select) => !select.value || paper[select.dataset.filter] === select.value);
      paper.link.classList.toggle("is-out", !fits);
    }
    refresh();
  }

  /** The papers in view that match the filters. */
  function here() {
    return papers.filter((paper) => !paper.link.classList.contains("is-out") && isInView(paper.place));
  }

  function draw(shown) {
    list.replaceChildren(...shown.slice(0, MOST).map((paper) => element("li", {},
      element("a", { href: paper.link.href.baseVal }, paper.title))));
  }

  let isScheduled = false; // one update per frame, however often the view changes
  function refresh() {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      const shown = here();
      button.textContent = list.hidden ? say("map.list", { count: shown.length }) : say("map.list.hide");
      button.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) draw(shown);
    });
  }

  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    if (!list.hidden) {
      draw(here());
      list.scrollIntoView({ block: "nearest" }); // on a phone the list is below the screen
    }
    refresh();
  });
  return refresh;
}

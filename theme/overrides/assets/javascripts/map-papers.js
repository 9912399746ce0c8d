// Filters the papers of the map by venue and year, and lists the papers in view.

import { element, find } from "./dom.js";
import { say } from "./strings.js";

const MAX_LISTED = 200; // papers; browsers take long to lay out more

/**
 * Connect the filters and the list of `figure`. Returns a function that updates the list after the view has
 * changed.
 * @param {HTMLElement} figure @param {MapPaper[]} papers @param {(place: [number, number]) => boolean} isInView
 */
export function mapPapers(figure, papers, isInView) {
  const filters = [.../** @type {NodeListOf<HTMLSelectElement>} */ (figure.querySelectorAll("[data-filter]"))]
    .map((select) => ({ select, field: /** @type {"venue" | "year"} */ (select.dataset.filter) }));
  const listButton = find(figure, "[data-list]");
  const list = find(figure, "[data-here]");

  for (const { select, field } of filters) {
    const values = [...new Set(papers.map((paper) => paper[field]).filter(Boolean))].sort();
    if (field === "year") values.reverse();
    select.append(...values.map((value) => element("option", { value }, value)));
    select.addEventListener("change", applyFilters);
  }

  function applyFilters() {
    for (const paper of papers) {
      const matches = filters.every(({ select, field }) => !select.value || paper[field] === select.value);
      paper.link.classList.toggle("is-filtered", !matches);
    }
    refresh();
  }

  /** The papers in view that match the filters. */
  function visiblePapers() {
    return papers.filter((paper) => !paper.link.classList.contains("is-filtered") && isInView(paper.place));
  }

  /** @param {MapPaper[]} visible */
  function drawList(visible) {
    list.replaceChildren(...visible.slice(0, MAX_LISTED).map((paper) => element("li", {},
      element("a", { href: paper.link.href.baseVal }, paper.title))));
  }

  let isScheduled = false; // one update per frame, however often the view changes
  function refresh() {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      const visible = visiblePapers();
      listButton.textContent = list.hidden ? say("map.list", { count: visible.length }) : say("map.list.hide");
      listButton.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) drawList(visible);
    });
  }

  listButton.addEventListener("click", () => {
    list.hidden = !list.hidden;
    if (!list.hidden) {
      drawList(visiblePapers());
      list.scrollIntoView({ block: "nearest" }); // on a phone the list is below the screen
    }
    refresh();
  });
  return refresh;
}

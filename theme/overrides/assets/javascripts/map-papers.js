// Which papers of the map are looked for: filters by venue and year, and those in view as a list.

import { element } from "./dom.js";
import { say } from "./strings.js";

const MOST = 200;

/** Wire the filters and the list of `figure`. `papers` have `{ link, title, venue, year, place }`. */
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

  function here() {
    return papers.filter((paper) => !paper.link.classList.contains("is-out") && isInView(paper.place));
  }

  function draw(shown) {
    list.replaceChildren(...shown.slice(0, MOST).map((paper) => element("li", {},
      element("a", { href: paper.link.href.baseVal }, paper.title))));
  }

  let isAsked = false;
  function refresh() {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      const shown = here();
      button.textContent = list.hidden ? say("map.list", { count: shown.length }) : say("map.list.hide");
      button.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) draw(shown);
    });
  }

  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    refresh();
  });
  return refresh;
}

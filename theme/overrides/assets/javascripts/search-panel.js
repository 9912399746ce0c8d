// The panel of facets: values with their counts, each to include or exclude. The element of a facet is reused in all
// searches, so that it stays open and keeps the focus.

import { element, find } from "./dom.js";
import { folded } from "./fold.js";
import { FACETS } from "./query.js";
import { countChosen } from "./search-state.js";
import { hasText, say } from "./strings.js";

/** @typedef {{ element: HTMLDetailsElement, show: (counted: FacetCounts | undefined, chosen: InOut<string>) => void }} FacetBox */

// Facets that are closed at first.
const CLOSED = ["edition", "tag", "track", "author", "institution", "award", "limits"];
const ORDER = ["year", "venue", "topic", "author", "institution", "tag", "track", "code", "edition", "award", "limits"]; // the most used first
const SEARCHED = ["author", "institution"]; // facets with thousands of values: they list none until the reader types
const MAX_SHOWN = 40; // values
const MAX_UNSEARCHED = 12; // values; a facet with more has a search box

/** The name of a value. @param {string} facet @param {string} value */
export function valueName(facet, value) {
  const key = `value.${facet}.${value}`;
  return hasText(key) ? say(key) : value;
}

/**
 * Fill the panel. `choose` is called for a selection, `onOpen` when a facet is opened.
 * @param {HTMLElement} panel @param {SearchActions["choose"]} choose @param {() => void} onOpen
 */
export function facetPanel(panel, choose, onOpen) {
  const boxes = new Map(ORDER.map((name) => [name, facetBox(name, choose, onOpen)]));
  const title = find(panel, "summary");
  find(panel, ".facets").replaceChildren(element("p", { className: "facets-help" }, say("facet.help")),
    ...[...boxes.values()].map((box) => box.element));

  /** Show the counts of facets, and the selected values. @param {Answer["counts"]} counts @param {SearchState["chosen"]} chosen */
  function show(counts, chosen) {
    // Drawing the rows again replaces the focused element.
    const focusedKey = () => /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
    const key = focusedKey();
    const count = countChosen(chosen);
    title.textContent = count ? say("page.filters.chosen", { count }) : say("page.filters");
    for (const [name, box] of boxes) box.show(counts.get(name), chosen[name]);
    if (key && focusedKey() !== key) /** @type {HTMLElement | null} */ (panel.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
  }

  return { show, openFacets: () => FACETS.filter((name) => boxes.get(name)?.element.open) };
}

/** The box of one facet. @param {string} name @param {SearchActions["choose"]} choose @param {() => void} onOpen @returns {FacetBox} */
function facetBox(name, choose, onOpen) {
  const facet = say(`facet.${name}`);
  const rows = element("div", { className: "facet-values" });
  const input = element("input", { type: "search", autocomplete: "off", spellcheck: false, hidden: true, className: "facet-find" });
  input.setAttribute("aria-label", say("facet.find", { facet }));
  input.placeholder = say("facet.find", { facet });
  const box = element("details", { className: "facet", open: !CLOSED.includes(name) }, element("summary", {}, facet), input, rows);
  box.dataset.facet = name;
  /** @type {{ counted: FacetCounts | undefined, chosen: InOut<string> } | null} */
  let latest = null;
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // else it submits the search
  box.addEventListener("toggle", () => { if (box.open && latest) onOpen(); });

  /** @param {FacetCounts | undefined} counted @param {InOut<string>} chosen */
  function show(counted, chosen) {
    if (!latest && chosen.in.length + chosen.out.length) box.open = true;
    latest = { counted, chosen };
    draw();
  }

  function draw() {
    if (!latest?.counted) { // a large facet is fetched when it is opened
      rows.replaceChildren(element("p", { className: "search-hint" }, say("facet.loading")));
      return;
    }
    const { counted: { values, counts }, chosen } = latest;
    /** @param {{ value: string }} row */
    const isChosen = ({ value }) => chosen.in.includes(value) || chosen.out.includes(value);
    const offered = values.map(([value], index) => ({ value, count: counts[index] })).filter((row) => row.count > 0 || isChosen(row));
    for (const value of [...chosen.in, ...chosen.out]) if (!offered.some((row) => row.value === value)) offered.push({ value, count: 0 });
    if (name !== "year") offered.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    input.hidden = offered.length <= MAX_UNSEARCHED;
    const typed = folded(input.value.trim());
    const isListed = input.hidden || !SEARCHED.includes(name);
    const matches = offered.filter((row) => isChosen(row) || (typed ? folded(row.value).includes(typed) : isListed));
    const first = [...matches.filter(isChosen), ...matches.filter((row) => !isChosen(row))].slice(0, MAX_SHOWN);
    const rest = matches.length - first.length;
    // Hide a facet with a single value: selecting it would not exclude any paper.
    box.hidden = !offered.length || (values.length === 1 && !isChosen(offered[0]));
    rows.replaceChildren(...first.map(({ value, count }) => createRow(value, count, chosen)),
      ...(rest > 0 ? [element("p", { className: "search-hint" }, say("facet.more", { count: rest }))] : []),
      ...(first.length || typed ? [] : [element("p", { className: "search-hint" }, say("facet.type"))]));
  }

  /** @param {string} value @param {number} count @param {InOut<string>} chosen */
  function createRow(value, count, chosen) {
    const shown = valueName(name, value);
    const isExcluded = chosen.out.includes(value);
    const checkbox = element("input", { type: "checkbox", checked: chosen.in.includes(value), value });
    checkbox.dataset.key = `${name}+${value}`;
    checkbox.addEventListener("change", () => choose(name, value, checkbox.checked ? "in" : ""));
    const minus = element("button", { type: "button", className: "facet-exclude" }, "−");
    minus.dataset.key = `${name}-${value}`;
    minus.setAttribute("aria-pressed", String(isExcluded));
    minus.setAttribute("aria-label", say("facet.exclude", { value: shown }));
    minus.title = isExcluded ? say("facet.excluded", { value: shown }) : say("facet.exclude", { value: shown });
    minus.addEventListener("click", () => choose(name, value, isExcluded ? "" : "out"));
    return element("div", { className: isExcluded ? "facet-row is-excluded" : "facet-row" },
      element("label", {}, checkbox, element("span", {}, shown), element("span", {}, String(count))), minus);
  }

  return { element: box, show };
}

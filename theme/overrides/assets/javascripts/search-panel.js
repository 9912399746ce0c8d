// The panel of facets: values with their counts, each to include or exclude. The element of a facet is reused in all
// searches, so that it stays open and keeps the focus.

import { element } from "./dom.js";
import { folded } from "./fold.js";
import { FACETS } from "./query.js";
import { countChosen } from "./search-state.js";
import { has, say } from "./strings.js";

const CLOSED = ["edition", "tag", "track", "author", "institution", "award", "limits"];
const ORDER = ["year", "venue", "topic", "author", "institution", "tag", "track", "code", "edition", "award", "limits"]; // the most used first
const SEARCHED = ["author", "institution"]; // facets with thousands of values: readers type a name
const SHOWN = 40;
const LONG = 12; // values; a longer facet has a search box

/** The name of a value. */
export function valueName(facet, value) {
  const key = `value.${facet}.${value}`;
  return has(key) ? say(key) : value;
}

/**
 * Fill the panel `place`. `choose(facet, value, side)` is called for a selection, `opened()` when a facet is opened.
 */
export function facetPanel(place, choose, opened) {
  const boxes = new Map(FACETS.map((name) => [name, facetBox(name, choose, opened)]));
  const title = place.querySelector("summary");
  place.querySelector(".facets").replaceChildren(element("p", { className: "facets-help" }, say("facet.help")),
    ...ORDER.map((name) => boxes.get(name).place));

  /** Show the `{ values, counts }` of each facet in `shown`, and the selected values. */
  function show(shown, chosen) {
    const focused = () => /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
    const key = focused();
    const count = countChosen(chosen);
    title.textContent = count ? say("page.filters.chosen", { count }) : say("page.filters");
    for (const [name, box] of boxes) box.show(shown.get(name), chosen[name]);
    if (key && focused() !== key) place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  return { show, opened: () => FACETS.filter((name) => boxes.get(name).place.open) };
}

/** The box of one facet: `place` is its element, `show` updates it. */
function facetBox(name, choose, opened) {
  const facet = say(`facet.${name}`);
  const rows = element("div", { className: "facet-values" });
  const find = element("input", { type: "search", autocomplete: "off", spellcheck: false, hidden: true, className: "facet-find" });
  find.setAttribute("aria-label", say("facet.find", { facet }));
  find.placeholder = say("facet.find", { facet });
  const place = element("details", { className: "facet", open: !CLOSED.includes(name) }, element("summary", {}, facet), find, rows);
  place.dataset.facet = name;
  let last = null;
  find.addEventListener("input", draw);
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  place.addEventListener("toggle", () => { if (place.open && last) opened(); });

  function show(counted, chosen) {
    if (!last && chosen.in.length + chosen.out.length) place.open = true;
    last = { counted, chosen };
    draw();
  }

  function draw() {
    if (!last.counted) {
      rows.replaceChildren(element("p", { className: "hit-about" }, say("facet.wait")));
      return;
    }
    const { counted: { values, counts }, chosen } = last;
    const isChosen = ([value]) => chosen.in.includes(value) || chosen.out.includes(value);
    const offered = values.map((value, at) => [value[0], counts[at]]).filter((row) => row[1] > 0 || isChosen(row));
    for (const value of [...chosen.in, ...chosen.out]) if (!offered.some(([other]) => other === value)) offered.push([value, 0]);
    if (name !== "year") offered.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    find.hidden = offered.length <= LONG;
    const wanted = folded(find.value.trim());
    const isListed = find.hidden || !SEARCHED.includes(name);
    const found = offered.filter((row) => isChosen(row) || (wanted ? folded(row[0]).includes(wanted) : isListed));
    const first = [...found.filter(isChosen), ...found.filter((row) => !isChosen(row))].slice(0, SHOWN);
    const rest = found.length - first.length;
    // Hide a facet with a single value: selecting it would not exclude any paper.
    place.hidden = !offered.length || (values.length === 1 && !isChosen(offered[0]));
    rows.replaceChildren(...first.map(([value, count]) => row(value, count, chosen)),
      ...(rest > 0 ? [element("p", { className: "hit-about" }, say("facet.rest", { count: rest }))] : []),
      ...(first.length || wanted ? [] : [element("p", { className: "hit-about" }, say("facet.type"))]));
  }

  function row(value, count, chosen) {
    const shown = valueName(name, value);
    const left = chosen.out.includes(value);
    const check = element("input", { type: "checkbox", checked: chosen.in.includes(value), value });
    check.dataset.key = `${name}+${value}`;
    check.addEventListener("change", () => choose(name, value, check.checked ? "in" : ""));
    const leave = element("button", { type: "button", className: "facet-leave" }, "−");
    leave.dataset.key = `${name}-${value}`;
    leave.setAttribute("aria-pressed", String(left));
    leave.setAttribute("aria-label", say("facet.leave", { value: shown }));
    leave.title = left ? say("facet.left", { value: shown }) : say("facet.leave", { value: shown });
    leave.addEventListener("click", () => choose(name, value, left ? "" : "out"));
    return element("div", { className: left ? "facet-row is-left" : "facet-row" },
      element("label", {}, check, element("span", {}, shown), element("span", {}, String(count))), leave);
  }

  return { place, show };
}

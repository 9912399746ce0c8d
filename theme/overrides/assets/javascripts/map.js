// The map: shows the paper of a dot on hover, focus and tap, and moves between dots by arrow keys. Without scripts,
// each dot is a link with a title. `?paper=ID` zooms to a paper.

import { element } from "./dom.js";
import { papersOf } from "./map-papers.js";
import { viewOf } from "./map-view.js";
import { say } from "./strings.js";

const THUMB = 28; // pixels; a tap selects the nearest dot within this distance
const CLOSE = 4; // zoom factor for a requested paper

const figure = /** @type {HTMLElement} */ (document.querySelector("[data-map]"));
const picture = figure.querySelector("svg");
const label = figure.querySelector(".map-label");
const papers = [...picture.querySelectorAll("a")].map(read);
const byLink = new Map(papers.map((paper) => [paper.link, paper]));

/** The paper of a dot, from its link and title. */
function read(link) {
  const dot = link.querySelector("circle");
  const title = link.querySelector("title").textContent;
  const edition = title.match(/\(([^()]*)\)$/)?.[1] ?? "";
  const year = edition.match(/\b(?:19|20)\d\d\b/)?.[0] ?? "";
  return {
    link, title, year, venue: edition.replace(year, "").trim(),
    place: /** @type {[number, number]} */ ([Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))]),
  };
}

let refresh = () => {};
const view = viewOf(figure, picture, () => refresh());
refresh = papersOf(figure, papers, view.contains);

// --- what a dot stands for ----------------------------------------------------------------------------------------

/** Show a paper's title below the map, or a hint. */
function name(paper) {
  label.textContent = paper?.title ?? say("map.hint");
}

let chosen = null;

/** Select a paper by a tap: its title becomes a link. A second tap on the dot, or on the link, opens the paper. */
function choose(paper) {
  if (paper && paper === chosen) return location.assign(paper.link.href.baseVal);
  chosen = paper;
  for (const other of papers) other.link.classList.toggle("is-chosen", other === paper);
  if (!paper) return name(null);
  label.replaceChildren(element("a", { href: paper.link.href.baseVal }, paper.title));
}

/** The visible paper nearest to a tap, or null. */
function nearest(event) {
  const point = view.at({ x: event.clientX, y: event.clientY });
  const shown = papers.filter((paper) => !paper.link.classList.contains("is-out"));
  const far = ({ place: [x, y] }) => Math.hypot(x - point.x, y - point.y) * view.scale();
  const best = shown.reduce((one, other) => (one && far(one) <= far(other) ? one : other), null);
  return best && far(best) <= THUMB ? best : null;
}

picture.addEventListener("click", (event) => {
  const isTouch = event.pointerType === "touch" || event.pointerType === "pen";
  if (view.wasDragged() || isTouch) event.preventDefault();
  if (isTouch && !view.wasDragged()) choose(nearest(event));
});
picture.addEventListener("pointerover", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (event.pointerType === "mouse" && link) name(byLink.get(link));
});

// --- one stop for the tab key, arrows from there ------------------------------------------------------------------

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The nearest visible paper in a direction; distance across it counts double. */
function next(paper, [dx, dy]) {
  const [x, y] = paper.place;
  let best = null;
  let least = Infinity;
  for (const other of papers) {
    if (other.link.classList.contains("is-out")) continue;
    const [ox, oy] = other.place;
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along > 0 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
}

/** Make one dot the only tab stop of the map. */
function stop(paper) {
  for (const other of papers) other.link.tabIndex = other === paper ? 0 : -1;
}

picture.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  const paper = byLink.get(/** @type {Element} */ (event.target).closest("a"));
  if (!way || !paper) return;
  event.preventDefault();
  const found = next(paper, way);
  if (!found) return;
  stop(found);
  found.link.focus();
});
picture.addEventListener("focusin", (event) => {
  const paper = byLink.get(/** @type {Element} */ (event.target).closest("a"));
  if (!paper?.link.matches(":focus-visible")) return;
  name(paper);
  if (!view.contains(paper.place)) view.centreOn(paper.place);
});

// --- the tools ----------------------------------------------------------------------------------------------------

/** Zoom around the dot that is the tab stop, or around the center if that dot is not in view. */
function zoomThere(factor) {
  const paper = papers.find(({ link }) => link.tabIndex === 0);
  view.zoom(factor, ...(paper && view.contains(paper.place) ? paper.place : []));
}

for (const button of /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll("[data-zoom]"))) {
  const factor = Number(button.dataset.zoom);
  button.addEventListener("click", () => (factor ? zoomThere(factor) : view.all()));
}

picture.tabIndex = -1; // some browsers make a clipped picture a tab stop
const requestedId = new URLSearchParams(location.search).get("paper");
const wanted = requestedId && papers.find(({ link }) => link.href.baseVal.endsWith(`/${requestedId}/`));
if (papers.length) stop(wanted || papers[Math.floor(papers.length / 2)]);
name(null);
refresh();
if (wanted) {
  view.zoom(CLOSE, ...wanted.place);
  view.centreOn(wanted.place);
  choose(wanted);
}

// The map: shows the paper of a dot on hover, focus and tap, and moves between dots by arrow keys. Without scripts,
// each dot is a link with a title. `?paper=ID` zooms to a paper.

import { element, find } from "./dom.js";
import { mapPapers } from "./map-papers.js";
import { mapView } from "./map-view.js";
import { say } from "./strings.js";

const TAP_RADIUS = 28; // pixels; dots are smaller than thumbs, so a tap selects the nearest dot within this distance
const REQUESTED_ZOOM = 4; // zoom factor for the paper of `?paper=`

const figure = find(document, "[data-map]");
const picture = find(figure, "svg", SVGSVGElement);
const label = find(figure, ".map-label");
const papers = [.../** @type {NodeListOf<SVGAElement>} */ (picture.querySelectorAll("a[href]"))].map(readDot);
const byLink = new Map(papers.map((paper) => [paper.link, paper]));

/** The paper of a dot, from its link and title. @param {SVGAElement} link @returns {MapPaper} */
function readDot(link) {
  const dot = find(link, "circle", SVGCircleElement);
  const title = find(link, "title", SVGTitleElement).textContent;
  const edition = title.match(/\(([^()]*)\)$/)?.[1] ?? ""; // as map.md.j2 writes it
  const year = edition.match(/\b(?:19|20)\d\d\b/)?.[0] ?? "";
  return { link, title, year, venue: edition.replace(year, "").trim(), place: [dot.cx.baseVal.value, dot.cy.baseVal.value] };
}

let refresh = () => {}; // replaced below: the view and the list need each other
const view = mapView(figure, picture, () => refresh());
refresh = mapPapers(figure, papers, view.contains);

// --- the paper of a dot ---

/** Show the title of a paper, or a hint. @param {MapPaper | null} paper */
function showTitle(paper) {
  label.textContent = paper?.title ?? say("map.hint");
}

/** The paper of the dot that contains the target of an event, if any. @param {Event} event */
function paperAt(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  return (link instanceof SVGAElement && byLink.get(link)) || null;
}

/** Whether the filters exclude a paper. @param {MapPaper} paper */
function isFiltered({ link }) {
  return link.classList.contains("is-filtered");
}

/** @type {MapPaper | null} */
let selected = null;

/**
 * Select a paper by a tap: its title becomes a link. A second tap on the dot, or on the link, opens the paper. A tap
 * beside all dots (null) ends the selection.
 * @param {MapPaper | null} paper
 */
function select(paper) {
  if (paper && paper === selected) return location.assign(paper.link.href.baseVal);
  selected = paper;
  for (const other of papers) other.link.classList.toggle("is-chosen", other === paper);
  if (!paper) return showTitle(null);
  label.replaceChildren(element("a", { href: paper.link.href.baseVal }, paper.title));
}

/** The visible paper nearest to a tap, or null. @param {MouseEvent} event */
function paperNear(event) {
  const point = view.toPicture({ x: event.clientX, y: event.clientY });
  let best = null;
  let shortest = Infinity;
  for (const paper of papers) {
    if (isFiltered(paper)) continue;
    const distance = Math.hypot(paper.place[0] - point.x, paper.place[1] - point.y) * view.scale();
    if (distance <= TAP_RADIUS && distance < shortest) [best, shortest] = [paper, distance];
  }
  return best;
}

picture.addEventListener("click", (event) => {
  const { pointerType } = /** @type {PointerEvent} */ (event);
  const isTouch = pointerType === "touch" || pointerType === "pen";
  if (view.wasDragged() || isTouch) event.preventDefault();
  if (isTouch && !view.wasDragged()) select(paperNear(event));
});
picture.addEventListener("pointerover", (event) => {
  const paper = paperAt(event);
  if (event.pointerType === "mouse" && paper) showTitle(paper);
});

// --- keyboard: the tab key stops once, arrow keys move ---

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * The nearest visible paper in a direction, or null. Distance across the direction counts double.
 * @param {MapPaper} from @param {[number, number]} direction
 */
function neighbor(from, [dx, dy]) {
  const [x, y] = from.place;
  let best = null;
  let shortest = Infinity;
  for (const paper of papers) {
    if (isFiltered(paper)) continue;
    const [otherX, otherY] = paper.place;
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const across = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    const distance = along + 2 * across;
    if (along > 0 && distance < shortest) [best, shortest] = [paper, distance];
  }
  return best;
}

/** Make a dot the only tab stop of the map, because nobody could tab past hundreds. @param {MapPaper} paper */
function makeTabStop(paper) {
  for (const other of papers) other.link.tabIndex = other === paper ? 0 : -1;
}

picture.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  const paper = paperAt(event);
  if (!direction || !paper) return;
  event.preventDefault();
  const next = neighbor(paper, direction);
  if (!next) return;
  makeTabStop(next);
  next.link.focus();
});
picture.addEventListener("focusin", (event) => {
  const paper = paperAt(event);
  if (!paper?.link.matches(":focus-visible")) return; // a click focuses, too, but must not move the map
  showTitle(paper);
  if (!view.contains(paper.place)) view.centerOn(paper.place);
});

// --- the tools ---

/** Zoom around the dot that is the tab stop, or around the center if that dot is not in view. @param {number} factor */
function zoomToTabStop(factor) {
  const paper = papers.find(({ link }) => link.tabIndex === 0);
  view.zoom(factor, paper && view.contains(paper.place) ? paper.place : undefined);
}

for (const button of /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll("[data-zoom]"))) {
  const factor = Number(button.dataset.zoom);
  button.addEventListener("click", () => (factor ? zoomToTabStop(factor) : view.showAll()));
}

picture.tabIndex = -1; // else some browsers make a clipped picture a tab stop
const requestedId = new URLSearchParams(location.search).get("paper");
const requested = requestedId && papers.find(({ link }) => link.href.baseVal.endsWith(`/${requestedId}/`));
if (papers.length) makeTabStop(requested || papers[Math.floor(papers.length / 2)]);
showTitle(null);
refresh();
if (requested) {
  view.zoom(REQUESTED_ZOOM, requested.place);
  view.centerOn(requested.place);
  select(requested);
}

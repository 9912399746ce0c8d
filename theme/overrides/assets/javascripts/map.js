// The map: what a dot stands for on hover and focus, nearer and farther, and arrow keys from dot to dot.
// Without this script every dot is a link with a title.

import { element } from "./dom.js";
import { say } from "./strings.js";

const figure = document.querySelector("[data-map]");
const picture = figure.querySelector("svg");
const links = [...picture.querySelectorAll("a")];
const whole = picture.viewBox.baseVal;
const start = [whole.x, whole.y, whole.width, whole.height];
const NEAREST = 8;

// --- what a dot stands for ----------------------------------------------------------------------------------------

const label = element("p", { className: "map-label" });
label.setAttribute("role", "status");

function name(link) {
  label.textContent = link?.querySelector("title").textContent ?? say("map.hint");
}

// --- nearer and farther -------------------------------------------------------------------------------------------

function view([x, y, width, height]) {
  picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
}

/** Show the part of the picture that begins at `x` and `y`, or the nearest that does not reach beyond it. */
function viewFrom(x, y, width, height) {
  const keep = (value, low, high) => Math.max(low, Math.min(high, value));
  view([keep(x, start[0], start[0] + start[2] - width), keep(y, start[1], start[1] + start[3] - height), width, height]);
}

function zoom(factor, cx, cy) {
  const width = Math.min(start[2], Math.max(start[2] / NEAREST, whole.width / factor));
  const scale = width / whole.width;
  viewFrom(cx - (cx - whole.x) * scale, cy - (cy - whole.y) * scale, width, whole.height * scale);
}

/** Zoom around the dot at which the tab key stops, or the middle if that dot is elsewhere. */
function zoomThere(factor) {
  const dot = links.find((link) => link.tabIndex === 0);
  const middle = [whole.x + whole.width / 2, whole.y + whole.height / 2];
  zoom(factor, ...(dot && isInView(dot) ? centre(dot) : middle));
}

function isInView(link) {
  const [x, y] = centre(link);
  return x > whole.x && x < whole.x + whole.width && y > whole.y && y < whole.y + whole.height;
}

function bringIntoView(link) {
  const [x, y] = centre(link);
  if (!isInView(link)) viewFrom(x - whole.width / 2, y - whole.height / 2, whole.width, whole.height);
}

function button(text, says, act) {
  const made = element("button", { type: "button", ariaLabel: says }, text);
  made.addEventListener("click", act);
  return made;
}

picture.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return; // the wheel alone scrolls the page
  event.preventDefault();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  zoom(event.deltaY < 0 ? 1.25 : 0.8, at.x, at.y);
}, { passive: false });

// --- one stop for the tab key, arrows from there ------------------------------------------------------------------

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function centre(link) {
  const dot = link.querySelector("circle");
  return [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))];
}

function next(link, [dx, dy]) {
  const [x, y] = centre(link);
  let best = null;
  let least = Infinity;
  for (const other of links) {
    const [ox, oy] = centre(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along > 0 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  return best;
}

function stop(link) {
  for (const other of links) other.tabIndex = other === link ? 0 : -1;
}

picture.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  const link = event.target.closest("a");
  if (!way || !link) return;
  event.preventDefault();
  const found = next(link, way);
  if (!found) return;
  stop(found);
  found.focus();
});
picture.addEventListener("focusin", (event) => {
  const link = event.target.closest("a");
  name(link);
  if (link) bringIntoView(link);
});
picture.addEventListener("pointerover", (event) => name(event.target.closest("a")));

picture.tabIndex = -1; // some browsers stop at a clipped picture itself
if (links.length) stop(links[Math.floor(links.length / 2)]);
name(null);
figure.prepend(element("div", { className: "map-tools" },
  button("+", say("map.nearer"), () => zoomThere(1.5)), button("−", say("map.farther"), () => zoomThere(1 / 1.5)),
  button(say("map.all"), say("map.show"), () => view(start)), label));

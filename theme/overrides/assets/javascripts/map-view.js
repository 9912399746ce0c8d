// The visible part of the map: zoom and move by wheel, drag and pinch.

/** @typedef {{ x: number, y: number }} Point */

const MAX_ZOOM = 8;
const CLICK_TOLERANCE = 6; // pixels; a press that moves less is a click
const WHEEL_FACTOR = 1.25; // zoom of one wheel event

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * Let readers zoom and move `picture` within `figure`; `onMove` is called after each change.
 * @param {HTMLElement} figure @param {SVGSVGElement} picture @param {() => void} onMove
 */
export function mapView(figure, picture, onMove) {
  const view = picture.viewBox.baseVal; // live: it changes with the attribute
  const { x: startX, y: startY, width: fullWidth, height: fullHeight } = view;

  /**
   * Show the part with the corner `x`, `y`, or the nearest part inside the picture.
   * @param {number} x @param {number} y @param {number} width @param {number} height
   */
  function show(x, y, width, height) {
    const left = clamp(x, startX, startX + fullWidth - width);
    const top = clamp(y, startY, startY + fullHeight - height);
    picture.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
    picture.style.setProperty("--zoom", String(fullWidth / width));
    figure.classList.toggle("is-zoomed", width < fullWidth);
    onMove();
  }

  /** Zoom by `factor` around a point, by default the center. @param {number} factor @param {[number, number]} center */
  function zoom(factor, [x, y] = [view.x + view.width / 2, view.y + view.height / 2]) {
    const width = clamp(view.width / factor, fullWidth / MAX_ZOOM, fullWidth);
    const ratio = width / view.width;
    show(x - (x - view.x) * ratio, y - (y - view.y) * ratio, width, view.height * ratio);
  }

  /** The transformation from the picture's coordinates to those of the window. */
  function screenMatrix() {
    const matrix = picture.getScreenCTM();
    if (!matrix) throw new Error("the map is not rendered");
    return matrix;
  }

  /** Convert window coordinates to those of the picture. @param {Point} point */
  function toPicture({ x, y }) {
    return new DOMPoint(x, y).matrixTransform(screenMatrix().inverse());
  }

  /** Whether the view contains a place. @param {[number, number]} place in coordinates of the picture */
  function contains([x, y]) {
    return x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
  }

  /** The pointers that are down, with their current and first positions. @type {Map<number, Point & { first: Point }>} */
  const pointers = new Map();
  let wasDragged = false;

  /** The center of all pointers, and the distance between the first two (0 for one). */
  function measurePointers() {
    const points = [...pointers.values()];
    const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
    const center = { x: sum.x / points.length, y: sum.y / points.length };
    return { center, spread: points.length > 1 ? Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) : 0 };
  }

  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!pointers.size) wasDragged = false;
    const point = { x: event.clientX, y: event.clientY };
    pointers.set(event.pointerId, { ...point, first: point });
  });

  picture.addEventListener("pointermove", (event) => {
    const pointer = pointers.get(event.pointerId);
    if (!pointer) return;
    const distance = Math.hypot(event.clientX - pointer.first.x, event.clientY - pointer.first.y);
    if (!wasDragged && distance < CLICK_TOLERANCE && pointers.size < 2) return;
    if (!wasDragged) figure.classList.add("is-dragged");
    wasDragged = true;
    picture.setPointerCapture(event.pointerId); // the drag continues outside the picture
    const before = measurePointers();
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    const after = measurePointers();
    const [from, to] = [toPicture(before.center), toPicture(after.center)];
    show(view.x + from.x - to.x, view.y + from.y - to.y, view.width, view.height);
    const center = toPicture(after.center); // again, because `show` has moved the picture
    if (before.spread && after.spread) zoom(after.spread / before.spread, [center.x, center.y]);
  });

  /** @param {PointerEvent} event */
  const release = (event) => {
    pointers.delete(event.pointerId);
    figure.classList.remove("is-dragged");
  };
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);
  picture.addEventListener("dragstart", (event) => event.preventDefault()); // else browsers would drag the link of a dot

  picture.addEventListener("wheel", (event) => {
    if (event.deltaY > 0 && view.width >= fullWidth) return; // the whole map is visible, so the wheel scrolls the page
    event.preventDefault();
    const point = toPicture({ x: event.clientX, y: event.clientY });
    zoom(event.deltaY < 0 ? WHEEL_FACTOR : 1 / WHEEL_FACTOR, [point.x, point.y]);
  }, { passive: false }); // else `preventDefault` has no effect

  return {
    zoom, toPicture, contains,
    showAll: () => show(startX, startY, fullWidth, fullHeight),
    /** @param {[number, number]} place */
    centerOn: ([x, y]) => show(x - view.width / 2, y - view.height / 2, view.width, view.height),
    /** Whether the last press moved the map. The click after it must not open a paper. */
    wasDragged: () => wasDragged,
    /** Pixels per unit of the picture. */
    scale: () => screenMatrix().a,
  };
}

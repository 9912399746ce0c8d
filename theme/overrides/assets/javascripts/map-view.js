// The visible part of the map: zoom and move by wheel, drag and pinch. Knows no papers.

const NEAREST = 8;
const STILL = 6; // pixels; a press that moves less is a click

/** Let readers zoom and move `picture` within `figure`; `moved` is called after each change. */
export function viewOf(figure, picture, moved) {
  const whole = picture.viewBox.baseVal;
  const start = [whole.x, whole.y, whole.width, whole.height];
  const keep = (value, low, high) => Math.max(low, Math.min(high, value));

  /** Show the part with the corner `x`, `y`, or the nearest part inside the picture. */
  function show(x, y, width, height) {
    const left = keep(x, start[0], start[0] + start[2] - width);
    const top = keep(y, start[1], start[1] + start[3] - height);
    picture.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
    picture.style.setProperty("--zoom", start[2] / width);
    figure.classList.toggle("is-near", width < start[2]);
    moved();
  }

  /** Zoom by `factor` around a point, by default the center. */
  function zoom(factor, cx = whole.x + whole.width / 2, cy = whole.y + whole.height / 2) {
    const width = keep(whole.width / factor, start[2] / NEAREST, start[2]);
    const scale = width / whole.width;
    show(cx - (cx - whole.x) * scale, cy - (cy - whole.y) * scale, width, whole.height * scale);
  }

  /** Convert window coordinates to those of the picture. */
  function at({ x, y }) {
    return new DOMPoint(x, y).matrixTransform(picture.getScreenCTM().inverse());
  }

  function contains([x, y]) {
    return x > whole.x && x < whole.x + whole.width && y > whole.y && y < whole.y + whole.height;
  }

  const fingers = new Map(); // the pointers that are down, with their positions
  let wasDragged = false;

  /** The center of all pointers, and the distance between the first two. */
  function middle() {
    const points = [...fingers.values()];
    const sum = points.reduce((one, other) => ({ x: one.x + other.x, y: one.y + other.y }));
    const centre = { x: sum.x / points.length, y: sum.y / points.length };
    return { centre, spread: points.length > 1 ? Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) : 0 };
  }

  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) wasDragged = false;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, from: [event.clientX, event.clientY] });
  });

  picture.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const far = Math.hypot(event.clientX - finger.from[0], event.clientY - finger.from[1]);
    if (!wasDragged && far < STILL && fingers.size < 2) return;
    if (!wasDragged) figure.classList.add("is-dragged");
    wasDragged = true;
    picture.setPointerCapture(event.pointerId);
    const before = middle();
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    const after = middle();
    const [from, to] = [at(before.centre), at(after.centre)];
    show(whole.x + from.x - to.x, whole.y + from.y - to.y, whole.width, whole.height);
    if (before.spread && after.spread) zoom(after.spread / before.spread, at(after.centre).x, at(after.centre).y);
  });

  const release = (event) => {
    fingers.delete(event.pointerId);
    figure.classList.remove("is-dragged");
  };
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);
  picture.addEventListener("dragstart", (event) => event.preventDefault()); // else browsers would drag the link of a dot

  picture.addEventListener("wheel", (event) => {
    if (event.deltaY > 0 && whole.width >= start[2]) return; // the whole map is visible, so the wheel scrolls the page
    event.preventDefault();
    const point = at({ x: event.clientX, y: event.clientY });
    zoom(event.deltaY < 0 ? 1.25 : 0.8, point.x, point.y);
  }, { passive: false });

  return {
    zoom, at, contains,
    all: () => show(...start),
    centreOn: ([x, y]) => show(x - whole.width / 2, y - whole.height / 2, whole.width, whole.height),
    /** Whether the last press moved the map. The click after it must not open a paper. */
    wasDragged: () => wasDragged,
    scale: () => picture.getScreenCTM().a,
  };
}

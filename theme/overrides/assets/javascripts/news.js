// News on the home page: papers that were added since the reader's last visit, and new papers in what the reader
// follows. Visits are stored in this browser only, and readers can turn that off.

import { button, element, locale } from "./dom.js";
import { follows } from "./follows.js";
import { isOn, showRead, turn } from "./read-marks.js";
import { recent } from "./recent.js";
import { addButtons } from "./reading-list.js";
import { cards } from "./records.js";
import { ids, onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "visit";
const PAUSE = 30 * 60 * 1000; // milliseconds without a view of the home page, after which a new visit begins
const MOST = 50; // papers shown
const WEEK = 7; // days

/** A stored value as visits, or null. */
function validVisit(value) {
  const sound = (one) => (typeof one?.day === "string" && Number.isFinite(one.at) ? { day: one.day, at: one.at, ids: ids(one.ids) } : null);
  const now = sound(value?.now);
  return now && { now, before: sound(value.before) };
}

/**
 * The previous visit, or null. A visit stores the newest date on which papers were added, and the papers of that date:
 * more papers may be added on the same date later.
 */
function lastVisit(papers) {
  const known = read(KEY, validVisit, null);
  const before = known && Date.now() - known.now.at > PAUSE ? known.now : known?.before ?? null;
  const day = papers.map(({ added }) => added).sort().at(-1) ?? "";
  const now = { day, at: Date.now(), ids: papers.filter(({ added }) => added === day).map(({ id }) => id) };
  if (isOn()) write(KEY, { now, before });
  return before;
}

/** The papers that were added after a visit. */
function since(papers, { day, ids: seen }) {
  return papers.filter(({ id, added }) => added > day || (added === day && !seen.includes(id)));
}

/** The papers of the last seven days before the newest one, for readers on their first visit. */
function ofLastWeek(papers) {
  const first = new Date(papers[0]?.added ?? 0);
  first.setDate(first.getDate() - WEEK);
  return papers.filter(({ added }) => new Date(added) > first);
}

/** The number of papers, with a plus sign if it includes all papers of recent.json: there may be more. */
function counted(found, papers) {
  return found.length < papers.length ? found.length : `${found.length}+`;
}

/** The papers in what the reader follows. */
function inFollowed(papers) {
  const places = follows().map(({ place }) => place);
  return papers.filter((paper) => places.some((place) => paper.places.has(place)));
}

/** A date in words, with the day of the week. */
function dayOf(time) {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(time);
}

/** Fill `place` with the news. */
export async function news(place) {
  const papers = await recent();
  const news = papers.filter(({ isNews }) => isNews);
  const before = isOn() ? lastVisit(news) : null;
  const panel = element("div", { className: "listing news-listing", hidden: true });
  const rest = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".home-newest"));
  let shown = ""; // the list that is open: "new", "followed" or ""

  async function show(name, found) {
    shown = shown === name ? "" : name;
    panel.hidden = shown === "";
    for (const part of rest) part.hidden = shown === "followed";
    draw();
    if (!shown) return;
    panel.replaceChildren(...found.slice(0, MOST).map(() => element("article", { className: "card card-coming" })));
    panel.replaceChildren(...await cards(found.slice(0, MOST).map(({ id }) => id)));
    addButtons(panel);
    showRead(panel);
  }

  function choice(name, text, found) {
    const choiceButton = button(text, () => show(name, found));
    choiceButton.setAttribute("aria-pressed", String(shown === name));
    return choiceButton;
  }

  function parts() {
    const followed = follows().length ? inFollowed(papers) : [];
    const switched = button(say(isOn() ? "news.off" : "news.on"), () => { turn(!isOn()); draw(); }, { className: "news-switch" });
    if (!isOn()) return [say("news.nothing"), switched];
    const found = before ? since(news, before) : ofLastWeek(news);
    const day = before ? dayOf(before.at) : "";
    const nodes = [];
    if (found.length) nodes.push(choice("new", say(before ? "news.new" : "news.week", { count: counted(found, papers), day }), found));
    else nodes.push(before ? say("news.none", { day }) : say("news.first"));
    if (followed.length) nodes.push(choice("followed", say("news.followed", { count: counted(followed, papers) }), followed));
    return [...nodes, switched];
  }

  function draw() {
    const at = [...place.querySelectorAll("button")].indexOf(document.activeElement);
    place.replaceChildren(...parts().map((part) => (typeof part === "string" ? element("span", {}, part) : part)));
    if (at >= 0) place.querySelectorAll("button")[at]?.focus();
  }

  place.after(panel);
  draw();
  onChange((key) => { if (key === "follows" || key === "forget") draw(); });
}

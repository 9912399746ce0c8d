// News on the home page: papers that were added since the reader's last visit, and new papers of followed topics,
// people and other lists. Visits are stored in this browser only, and readers can turn that off.

import { button, element, locale } from "./dom.js";
import { follows } from "./follows.js";
import { FORGET_KEY, isRemembering, setRemembering, showRead } from "./read-marks.js";
import { recent } from "./recent.js";
import { addButtons } from "./reading-list.js";
import { fetchCards } from "./records.js";
import { onChange, read, validIds, write } from "./store.js";
import { say } from "./strings.js";

/**
 * @typedef {{ day: string, at: number, ids: string[] }} Visit the newest date on which papers were added, the time of
 *   the visit in milliseconds, and the papers of that date
 */

const KEY = "visit";
const PAUSE = 30 * 60 * 1000; // milliseconds; after this time without a view of the home page, a new visit begins
const MAX_SHOWN = 50; // papers
const WEEK = 7; // days

/** The current visit (`now`) and the one before it in a stored value; null if it is damaged. @param {any} value */
function validVisits(value) {
  /** @param {any} visit @returns {Visit | null} */
  const validVisit = (visit) => (typeof visit?.day === "string" && Number.isFinite(visit.at) ? { day: visit.day, at: visit.at, ids: validIds(visit.ids) } : null);
  const now = validVisit(value?.now);
  return now && { now, before: validVisit(value.before) };
}

/**
 * Return the previous visit or null, and store the current one. More papers may be added on the same date later, so a
 * visit contains the papers of its date.
 * @param {RecentPaper[]} papers
 */
function lastVisit(papers) {
  const stored = read(KEY, validVisits, null);
  const before = stored && Date.now() - stored.now.at > PAUSE ? stored.now : stored?.before ?? null;
  const day = papers.map(({ added }) => added).sort().at(-1) ?? "";
  const now = { day, at: Date.now(), ids: papers.filter(({ added }) => added === day).map(({ id }) => id) };
  if (isRemembering()) write(KEY, { now, before });
  return before;
}

/** The papers that were added after a visit. @param {RecentPaper[]} papers @param {Visit} visit */
function addedSince(papers, { day, ids }) {
  return papers.filter(({ id, added }) => added > day || (added === day && !ids.includes(id)));
}

/** The papers that were added up to a week before the newest one, for readers on their first visit. @param {RecentPaper[]} papers */
function addedInLastWeek(papers) {
  const start = new Date(papers[0]?.added ?? 0);
  start.setDate(start.getDate() - WEEK);
  return papers.filter(({ added }) => new Date(added) > start);
}

/**
 * The number of selected papers, with a plus sign if these are all papers of recent.json.
 * @param {RecentPaper[]} selected @param {RecentPaper[]} papers
 */
function countText(selected, papers) {
  return selected.length < papers.length ? selected.length : `${selected.length}+`;
}

/** The papers on the pages that the reader follows. @param {RecentPaper[]} papers */
function inFollowed(papers) {
  const places = follows().map(({ place }) => place);
  return papers.filter((paper) => places.some((place) => paper.places.has(place)));
}

/** A date in words, with the day of the week. @param {number} time */
function dayText(time) {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(time);
}

/** Fill `container` with the news. @param {HTMLElement} container */
export async function news(container) {
  const papers = await recent();
  const newPapers = papers.filter(({ isNews }) => isNews);
  const before = isRemembering() ? lastVisit(newPapers) : null;
  const panel = element("div", { className: "listing news-listing", hidden: true });
  const newestSections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".home-newest"));
  let openList = ""; // "new", "followed" or ""

  /** Show a list below the buttons, or hide it if it is shown already. @param {"new" | "followed"} name @param {RecentPaper[]} listed */
  async function show(name, listed) {
    openList = openList === name ? "" : name;
    panel.hidden = openList === "";
    for (const section of newestSections) section.hidden = openList === "followed";
    draw();
    if (!openList) return;
    const shown = listed.slice(0, MAX_SHOWN);
    panel.replaceChildren(...shown.map(() => element("article", { className: "card card-placeholder" }))); // reserve the height of the cards
    const cards = await fetchCards(shown.map(({ id }) => id));
    if (openList !== name) return; // meanwhile, the reader chose the other list
    panel.replaceChildren(...cards);
    addButtons(panel);
    showRead(panel);
  }

  /** @param {"new" | "followed"} name @param {string} text @param {RecentPaper[]} listed */
  function listButton(name, text, listed) {
    const control = button(text, () => show(name, listed));
    control.setAttribute("aria-pressed", String(openList === name));
    return control;
  }

  /** The texts and buttons of the news. */
  function createContent() {
    const followed = follows().length ? inFollowed(papers) : [];
    const switchButton = button(say(isRemembering() ? "news.off" : "news.on"), () => { setRemembering(!isRemembering()); draw(); }, { className: "news-switch" });
    if (!isRemembering()) return [say("news.nothing"), switchButton];
    const added = before ? addedSince(newPapers, before) : addedInLastWeek(newPapers);
    const day = before ? dayText(before.at) : "";
    const nodes = [];
    if (added.length) nodes.push(listButton("new", say(before ? "news.new" : "news.week", { count: countText(added, papers), day }), added));
    else nodes.push(before ? say("news.none", { day }) : say("news.first"));
    if (followed.length) nodes.push(listButton("followed", say("news.followed", { count: countText(followed, papers) }), followed));
    return [...nodes, switchButton];
  }

  /** Replace the buttons; the new button at the same position gets the focus of the old one. */
  function draw() {
    const focused = [...container.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    container.replaceChildren(...createContent().map((node) => (typeof node === "string" ? element("span", {}, node) : node)));
    if (focused >= 0) container.querySelectorAll("button")[focused]?.focus();
  }

  container.after(panel);
  draw();
  onChange((key) => { if (key === "follows" || key === FORGET_KEY) draw(); });
}

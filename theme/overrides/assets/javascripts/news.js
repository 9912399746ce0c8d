// What is new on the home page: the papers that were added since the reader's last visit, and the newest ones in what
// the reader follows. Visits are remembered in this browser alone, and one click turns that off.

import { button, element, locale } from "./dom.js";
import { follows } from "./follows.js";
import { isOn, showRead, turn } from "./read-marks.js";
import { recent } from "./recent.js";
import { addButtons } from "./reading-list.js";
import { cards } from "./records.js";
import { ids, onChange, read, write } from "./store.js";
import { say } from "./strings.js";

const KEY = "visit";
const PAUSE = 30 * 60 * 1000; // milliseconds without a look at the home page after which a visit is a new one
const MOST = 50; // papers shown
const WEEK = 7; // days

function validVisit(value) {
  const sound = (one) => (typeof one?.day === "string" && Number.isFinite(one.at) ? { day: one.day, at: one.at, ids: ids(one.ids) } : null);
  const now = sound(value?.now);
  return now && { now, before: sound(value.before) };
}

/** The visit before this one, or null. A visit is known by the newest day that it saw, and the papers of that day. */
function lastVisit(papers) {
  const known = read(KEY, validVisit, null);
  const before = known && Date.now() - known.now.at > PAUSE ? known.now : known?.before ?? null;
  const day = papers.map(({ added }) => added).sort().at(-1) ?? "";
  const now = { day, at: Date.now(), ids: papers.filter(({ added }) => added === day).map(({ id }) => id) };
  if (isOn()) write(KEY, { now, before });
  return before;
}

function since(papers, { day, ids: seen }) {
  return papers.filter(({ id, added }) => added > day || (added === day && !seen.includes(id)));
}

/** The papers of the week that ends with the newest of them, for a reader who is here for the first time. */
function ofLastWeek(papers) {
  const first = new Date(papers[0]?.added ?? 0);
  first.setDate(first.getDate() - WEEK);
  return papers.filter(({ added }) => new Date(added) > first);
}

/** How many papers there are; where all that are known are meant, there may be more. */
function counted(found, papers) {
  return found.length < papers.length ? found.length : `${found.length}+`;
}

function inFollowed(papers) {
  const places = follows().map(({ place }) => place);
  return papers.filter((paper) => places.some((place) => paper.places.has(place)));
}

function dayOf(time) {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(time);
}

export async function news(place) {
  const papers = await recent();
  const news = papers.filter(({ isNews }) => isNews);
  const before = isOn() ? lastVisit(news) : null;
  const panel = element("div", { className: "listing news-listing", hidden: true });
  const rest = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".home-newest"));
  let shown = ""; // which of the two lists

  async function show(name, found) {
    shown = shown === name ? "" : name;
    panel.hidden = shown === "";
    for (const part of rest) part.hidden = shown === "followed";
    draw();
    if (!shown) return;
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

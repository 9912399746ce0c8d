// Sorts, filters and searches a list of papers, and adds all of its papers to the reading list. The URL contains the
// choices. Without choices, the list is shown as built.

import { button, element, idOf } from "./dom.js";
import { follows } from "./follows.js";
import { folded } from "./fold.js";
import { entries } from "./list-entries.js";
import { showRead } from "./read-marks.js";
import { followedCards } from "./recent.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

const SORTS = ["listed", "newest", "title", "venue"];
const FILTERS = ["year", "track", "topic", "venue"]; // one value of each
const FLAGS = ["code", "followed"];
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
const ORDERS = {
  newest: (one, other) => other.date.localeCompare(one.date),
  title: (one, other) => compare(one.title, other.title),
  venue: (one, other) => compare(one.venue, other.venue),
};

// --- the choice, as the address has it ----------------------------------------------------------------------------

/** The choices in the URL. */
function chosen() {
  const params = new URLSearchParams(location.search);
  const sort = SORTS.includes(params.get("sort")) ? params.get("sort") : "listed";
  const filters = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ""]));
  const flags = FLAGS.filter((name) => params.has(name));
  return { words: params.get("within") ?? "", sort, flags, filters };
}

/** The query of the URL for choices. */
function written({ words, sort, flags, filters }) {
  const pairs = [["within", words], ["sort", sort === "listed" ? "" : sort], ...flags.map((name) => [name, "1"]), ...Object.entries(filters)];
  return new URLSearchParams(pairs.filter(([, value]) => value)).toString();
}

/** The selected papers, in the selected order. */
function selected(papers, { words, sort, flags, filters }) {
  const wanted = folded(words).split(/\s+/u).filter(Boolean);
  const found = papers.filter((paper) => wanted.every((word) => paper.words.includes(word)) && flags.every((name) => paper[name])
    && FILTERS.every((name) => !filters[name] || paper[name] === filters[name]));
  return ORDERS[sort] ? found.sort(ORDERS[sort]) : found;
}

// --- the controls -------------------------------------------------------------------------------------------------

/** Create a menu of `[value, text]` options that calls `act` on a change. */
function select(label, options, value, act) {
  const menu = element("select", {}, ...options.map(([name, text]) => element("option", { value: name }, text)));
  menu.value = value;
  menu.setAttribute("aria-label", label);
  menu.addEventListener("change", () => act(menu.value));
  return menu;
}

/** The values of a filter with their numbers of papers: years from the newest, other values from the most frequent. */
function values(papers, name) {
  const counts = new Map();
  for (const paper of papers) if (paper[name]) counts.set(paper[name], (counts.get(paper[name]) ?? 0) + 1);
  const rows = [...counts];
  return name === "year" ? rows.sort(([one], [other]) => other.localeCompare(one)) : rows.sort(([, one], [, other]) => other - one);
}

/** Add the controls of this page's list to `place`. */
export function listControls(place) {
  const listing = /** @type {HTMLElement} */ (document.querySelector(".listing"));
  const found = element("div", { className: "listing", hidden: true });
  const count = element("span", { className: "list-count" });
  const input = element("input", { type: "search", placeholder: say("within.label") });
  const panel = element("div", { className: "list-filters" });
  const details = element("details", {}, element("summary", {}, say("filter.label")), panel);
  let state = chosen();
  let papers = null;
  let shown = []; // the papers that are shown while there are choices

  /** All papers of the list. They are fetched once, and again after a failure. */
  function loaded() {
    papers ??= Promise.all([entries(), follows().length ? followedCards() : () => false])
      .then(([found, isFollowed]) => found.map((paper) => ({ ...paper, followed: isFollowed(paper.card) })))
      .catch((error) => { papers = null; throw error; });
    return papers;
  }

  async function change(update) {
    state = { ...state, ...update };
    const query = written(state);
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
    await show();
  }

  async function show() {
    try {
      const isChosen = written(state) !== "";
      if (isChosen) {
        shown = selected([...await loaded()], state);
        found.replaceChildren(...shown.map((paper) => paper.card));
        addButtons(found);
        showRead(found);
        count.textContent = say("page.papers", { count: shown.length });
      } else {
        count.textContent = "";
      }
      found.hidden = !isChosen;
      listing.hidden = isChosen;
    } catch {
      count.textContent = say("within.failed");
    }
  }

  /** Add the filters, which need all papers of the list. Filters with a single value are left out. */
  async function fill() {
    if (panel.firstChild) return;
    const all = await loaded();
    for (const name of FILTERS) {
      const options = values(all, name);
      if (options.length < 2) continue;
      const texts = options.map(([value, number]) => [value, `${value} (${number})`]);
      panel.append(select(say(`facet.${name}`), [["", say(`filter.${name}`)], ...texts], state.filters[name],
        (value) => change({ filters: { ...state.filters, [name]: value } })));
    }
    for (const name of FLAGS) {
      if (!all.some((paper) => paper[name]) || all.every((paper) => paper[name])) continue;
      const box = element("input", { type: "checkbox", checked: state.flags.includes(name) });
      box.addEventListener("change", () => change({ flags: FLAGS.filter((one) => (one === name ? box.checked : state.flags.includes(one))) }));
      panel.append(element("label", {}, box, say(`filter.${name}`)));
    }
  }

  async function addAll() {
    try {
      const all = found.hidden ? await loaded() : shown;
      add(all.map((paper) => idOf(paper.card.querySelector(".card-title a"))));
      count.textContent = say("list.added", { count: all.length });
    } catch {
      count.textContent = say("within.failed");
    }
  }

  input.value = state.words;
  input.setAttribute("aria-label", say("within.label"));
  input.addEventListener("input", () => change({ words: input.value.trim() }));
  details.addEventListener("toggle", () => { if (details.open) fill().catch(() => { count.textContent = say("within.failed"); }); });
  count.setAttribute("role", "status");
  listing.after(found);
  place.append(
    element("form", { className: "list-form" }, input,
      select(say("search.order"), SORTS.map((name) => [name, say(`sort.${name}`)]), state.sort, (sort) => change({ sort })),
      details, button(say("list.all"), addAll, { className: "add-all" })),
    count,
  );
  place.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  if (written(state)) {
    details.open = state.flags.length > 0 || FILTERS.some((name) => state.filters[name]);
    show();
  }
}

// Sorts, filters and searches a list of papers, and adds all of its papers to the reading list. The URL contains the
// choices. Without choices, the list is shown as built.

import { element, idOf } from "./dom.js";
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
  const required = folded(words).split(/\s+/u).filter(Boolean);
  const matches = papers.filter((paper) => required.every((word) => paper.words.includes(word)) && flags.every((name) => paper[name])
    && FILTERS.every((name) => !filters[name] || paper[name] === filters[name]));
  return ORDERS[sort] ? matches.sort(ORDERS[sort]) : matches;
}

// --- the controls -------------------------------------------------------------------------------------------------

/** Create a menu of `[value, text]` options that calls `act` on a change. */
function select(label, options, value, act) {
  const menu = element("select", {}, ...options.map(([option, text]) => element("option", { value: option }, text)));
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

/** Wire the controls in `place`, which the page has (macros.md.j2), to this page's list. */
export function listControls(place) {
  const listing = /** @type {HTMLElement} */ (document.querySelector(".listing"));
  const matches = element("div", { className: "listing", hidden: true });
  const form = place.querySelector("form");
  const [input, order, opener, panel] = ["input", "select", ".list-more", ".list-filters"].map((part) => form.querySelector(part));
  const count = place.querySelector(".list-count");
  let state = chosen();
  let papers = null;
  let shown = []; // the papers that are shown while there are choices

  /** All papers of the list. They are fetched once, and again after a failure. */
  function loaded() {
    papers ??= Promise.all([entries(), follows().length ? followedCards() : () => false])
      .then(([cards, isFollowed]) => cards.map((paper) => ({ ...paper, followed: isFollowed(paper.card) })))
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
        matches.replaceChildren(...shown.map((paper) => paper.card));
        addButtons(matches);
        showRead(matches);
        count.textContent = say("page.papers", { count: shown.length });
      } else {
        count.textContent = "";
      }
      matches.hidden = !isChosen;
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

  function openFilters(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) fill().catch(() => { count.textContent = say("within.failed"); });
  }

  async function addAll() {
    try {
      const all = matches.hidden ? await loaded() : shown;
      add(all.map((paper) => idOf(paper.card.querySelector(".card-title a"))));
      count.textContent = say("list.added", { count: all.length });
    } catch {
      count.textContent = say("within.failed");
    }
  }

  input.value = state.words;
  order.value = state.sort;
  input.addEventListener("input", () => change({ words: input.value.trim() }));
  opener.addEventListener("click", () => openFilters(panel.hidden));
  order.addEventListener("change", () => change({ sort: order.value }));
  form.querySelector(".add-all").addEventListener("click", addAll);
  form.addEventListener("submit", (event) => event.preventDefault());
  listing.after(matches);
  form.querySelector("fieldset").disabled = false; // from now on the controls work
  if (written(state)) {
    openFilters(state.flags.length > 0 || FILTERS.some((name) => state.filters[name]));
    show();
  }
}

// Sorts, filters and searches a list of papers, and adds all of its papers to the reading list. The URL contains the
// choices. Without choices, the list is shown as built.

import { element, find, paperId, titleOf } from "./dom.js";
import { follows } from "./follows.js";
import { folded } from "./fold.js";
import { listedPapers } from "./list-entries.js";
import { showRead } from "./read-marks.js";
import { followedCards } from "./recent.js";
import { add, addButtons } from "./reading-list.js";
import { say } from "./strings.js";

/** The reader's choices: `words` to search for, an order, flags that are set, and the value of each filter or "". */
/** @typedef {{ words: string, sort: string, flags: string[], filters: Record<string, string> }} Choices */

const SORTS = ["listed", "newest", "title", "venue"];
const FILTERS = /** @type {const} */ (["year", "track", "topic", "venue"]); // at most one value of each is chosen
const FLAGS = /** @type {const} */ (["code", "followed"]);
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
/** The comparison of two papers in each order; "listed" is the order of the page and needs none. @type {Record<string, (a: ListedPaper, b: ListedPaper) => number>} */
const ORDERS = {
  newest: (a, b) => b.date.localeCompare(a.date),
  title: (a, b) => compare(a.title, b.title),
  venue: (a, b) => compare(a.venue, b.venue),
};

// --- the choices, as the URL has them ---

/** The choices in the URL. @returns {Choices} */
function choicesInUrl() {
  const params = new URLSearchParams(location.search); // anybody can write a URL, so each value is checked
  const sort = params.get("sort") ?? "";
  const filters = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ""]));
  const flags = FLAGS.filter((name) => params.has(name));
  return { words: params.get("within") ?? "", sort: SORTS.includes(sort) ? sort : "listed", flags, filters };
}

/** The query of the URL for choices; the default of each is left out. @param {Choices} choices */
function queryOf({ words, sort, flags, filters }) {
  const pairs = [["within", words], ["sort", sort === "listed" ? "" : sort], ...flags.map((name) => [name, "1"]), ...Object.entries(filters)];
  return new URLSearchParams(pairs.filter(([, value]) => value)).toString();
}

/** The papers that match the choices, in the chosen order. @param {ListedPaper[]} papers @param {Choices} choices */
function matching(papers, { words, sort, flags, filters }) {
  const required = folded(words).split(/\s+/u).filter(Boolean);
  const matches = papers.filter((paper) => required.every((word) => paper.words.includes(word))
    && FLAGS.every((name) => !flags.includes(name) || paper[name])
    && FILTERS.every((name) => !filters[name] || paper[name] === filters[name]));
  return ORDERS[sort] ? matches.sort(ORDERS[sort]) : matches;
}

// --- the controls ---

/**
 * Create a menu of `[value, text]` options that calls `act` on a change.
 * @param {string} label @param {string[][]} options @param {string} value @param {(value: string) => void} act
 */
function createMenu(label, options, value, act) {
  const menu = element("select", { ariaLabel: label }, ...options.map(([option, text]) => element("option", { value: option }, text)));
  menu.value = value;
  menu.addEventListener("change", () => act(menu.value));
  return menu;
}

/**
 * The values of a filter with their numbers of papers: years from the newest, other values from the most frequent.
 * @param {ListedPaper[]} papers @param {typeof FILTERS[number]} name
 */
function countValues(papers, name) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const paper of papers) if (paper[name]) counts.set(paper[name], (counts.get(paper[name]) ?? 0) + 1);
  const pairs = [...counts];
  return name === "year" ? pairs.sort(([a], [b]) => b.localeCompare(a)) : pairs.sort(([, a], [, b]) => b - a);
}

/** Connect the controls in `controls` (theme/pages/macros.md.j2) to this page's list. @param {HTMLElement} controls */
export function listControls(controls) {
  const listing = find(document, ".listing");
  const results = element("div", { className: "listing", hidden: true });
  const form = find(controls, "form");
  const input = find(form, "input", HTMLInputElement);
  const order = find(form, "select", HTMLSelectElement);
  const opener = find(form, ".list-more");
  const panel = find(form, ".list-filters");
  const status = find(controls, ".list-count");
  let choices = choicesInUrl();
  /** @type {Promise<ListedPaper[]> | null} */
  let papers = null;
  /** The papers that are shown while there are choices. @type {ListedPaper[]} */
  let shown = [];

  /** All papers of the list. They are fetched once, and again after a failure. */
  function allPapers() {
    papers ??= Promise.all([listedPapers(), follows().length ? followedCards() : () => false])
      .then(([cards, isFollowed]) => cards.map((paper) => ({ ...paper, followed: isFollowed(paper.card) })))
      .catch((error) => { papers = null; throw error; });
    return papers;
  }

  /** @param {Partial<Choices>} update */
  async function change(update) {
    choices = { ...choices, ...update };
    const query = queryOf(choices);
    // Typed letters add no entries to the history, so Back leaves the list.
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
    await show();
  }

  async function show() {
    try {
      const current = choices;
      const hasChoices = queryOf(current) !== "";
      if (hasChoices) {
        const all = await allPapers();
        if (choices !== current) return; // the reader changed them meanwhile; that change shows its papers
        shown = matching([...all], current);
        results.replaceChildren(...shown.map((paper) => paper.card));
        addButtons(results);
        showRead(results);
        status.textContent = say("page.papers", { count: shown.length });
      } else {
        status.textContent = "";
      }
      results.hidden = !hasChoices; // only now: the old list stays visible while papers load
      listing.hidden = hasChoices;
    } catch {
      showFailure();
    }
  }

  function showFailure() {
    status.textContent = say("within.failed");
  }

  /** Add the filters, which need all papers of the list. Filters that exclude no paper are left out. */
  async function fillPanel() {
    if (panel.firstChild) return;
    const all = await allPapers();
    for (const name of FILTERS) {
      const values = countValues(all, name);
      if (values.length < 2) continue;
      const options = values.map(([value, count]) => [value, `${value} (${count})`]);
      panel.append(createMenu(say(`facet.${name}`), [["", say(`filter.${name}`)], ...options], choices.filters[name],
        (value) => change({ filters: { ...choices.filters, [name]: value } })));
    }
    for (const name of FLAGS) {
      if (!all.some((paper) => paper[name]) || all.every((paper) => paper[name])) continue;
      const checkbox = element("input", { type: "checkbox", checked: choices.flags.includes(name) });
      checkbox.addEventListener("change", () => change({ flags: FLAGS.filter((flag) => (flag === name ? checkbox.checked : choices.flags.includes(flag))) }));
      panel.append(element("label", {}, checkbox, say(`filter.${name}`)));
    }
  }

  /** @param {boolean} isOpen */
  function togglePanel(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) fillPanel().catch(showFailure);
  }

  async function addAll() {
    try {
      const all = results.hidden ? await allPapers() : shown;
      add(all.map((paper) => paperId(titleOf(paper.card))));
      status.textContent = say("list.added", { count: all.length });
    } catch {
      showFailure();
    }
  }

  input.value = choices.words;
  order.value = choices.sort;
  input.addEventListener("input", () => change({ words: input.value.trim() }));
  opener.addEventListener("click", () => togglePanel(panel.hidden));
  order.addEventListener("change", () => change({ sort: order.value }));
  find(form, ".add-all").addEventListener("click", addAll);
  form.addEventListener("submit", (event) => event.preventDefault()); // Enter in the input would reload the page
  listing.after(results);
  find(form, "fieldset", HTMLFieldSetElement).disabled = false; // from now on the controls work
  if (queryOf(choices)) {
    togglePanel(choices.flags.length > 0 || FILTERS.some((name) => choices.filters[name]));
    show();
  }
}

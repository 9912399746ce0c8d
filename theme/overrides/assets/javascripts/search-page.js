// The search page: a box, facets and results. The URL contains the whole state, so Back, reload and shared links show
// the same. The built page has the answer to the empty query, the newest papers, so the engine is loaded on demand.

import { button, find } from "./dom.js";
import { formatFilter, parseQuery } from "./query.js";
import { formatState, parseState, withValue } from "./search-state.js";
import { say } from "./strings.js";

/** @typedef {typeof import("./search-results.js")} Results */
/** @typedef {{ shown: number, scroll: number }} Position the number of shown papers and the scroll position of a visit, in pixels */

const DELAY = 180; // milliseconds without a key press before a search
const NARROW = "(max-width: 48rem)"; // search.css puts the facets above the results

/** Load the modules that find papers and show them. */
function loadEngine() {
  return Promise.all([import("./search-answer.js"), import("./search-results.js"), import("./search-panel.js")]);
}

/** The elements of the page (theme/pages/search.md.j2). @param {HTMLElement} page */
function partsOf(page) {
  return {
    form: find(page, "form"), input: find(page, "[name=q]", HTMLInputElement), sort: find(page, "select", HTMLSelectElement),
    filters: find(page, ".facets-all", HTMLDetailsElement), count: find(page, "[data-count]"), notes: find(page, ".search-notes"),
    hits: find(page, ".hits"), more: find(page, ".search-more button"), chips: find(page, ".search-selection"),
    pages: find(page, ".search-entities"), facetsDone: find(page, ".facets-done"),
  };
}

/** Start the search page. @param {HTMLElement} page */
export function searchPage(page) {
  const parts = partsOf(page);
  let state = parseState(location.search);
  let turn = 0; // counts changes of the state
  let timer = 0;
  /** @type {ReturnType<typeof import("./search-panel.js").facetPanel> | null} */
  let panel = null;
  /** The answer to the current state. @type {Answer | null} */
  let latestAnswer = null;
  const citeButton = button("", downloadCitations, { hidden: true });

  /**
   * Change the state, and include text that is typed but not searched yet. An unchanged URL adds no history entry.
   * @param {Partial<SearchState>} update @param {boolean} replace
   */
  function change(update, replace = false) {
    const before = formatState(state);
    state = { ...state, ...(timer ? typedQuery() : {}), ...update };
    stopTimer();
    const after = formatState(state);
    if (!replace && after !== before) storePosition();
    history[replace || after === before ? "replaceState" : "pushState"](null, "", after || location.pathname);
    return show().catch(fail);
  }

  function typedQuery() {
    return { query: parts.input.value.trim(), exact: false };
  }

  function stopTimer() {
    clearTimeout(timer);
    timer = 0;
  }

  /** @type {SearchActions} */
  const actions = {
    change,
    choose: (facet, value, mode) => change({ chosen: withValue(state.chosen, facet, value, mode) }),
    searchExactly: () => change({ exact: true }),
    replaceFilter(filter, value) {
      const { text, filters } = parseQuery(state.query);
      /** @param {Filter} other */
      const isSame = (other) => other.facet === filter.facet && other.value === filter.value && other.isExcluded === filter.isExcluded;
      const replaced = filters.map((other) => formatFilter(isSame(other) ? { ...filter, value } : other));
      change({ query: [text, ...replaced].filter(Boolean).join(" ") });
    },
  };

  /**
   * The value of a promise; null if the state changed meanwhile, even if the promise fails.
   * @template T @param {Promise<T>} promise @returns {Promise<T | null>}
   */
  async function ifCurrent(promise) {
    const ownTurn = turn;
    try {
      const value = await promise;
      return ownTurn === turn ? value : null;
    } catch (error) {
      if (ownTurn === turn) throw error;
      return null;
    }
  }

  /** Search for the state and show its facets. Returns null if the state changed meanwhile. @returns {Promise<{ answer: Answer, results: Results } | null>} */
  async function answerState() {
    const loaded = await ifCurrent(loadEngine());
    if (!loaded) return null;
    const [{ answer }, results, { facetPanel }] = loaded;
    panel ??= facetPanel(parts.filters, actions.choose, () => answerState().catch(() => {}));
    const open = panel.openFacets();
    const next = await ifCurrent(answer(state, open));
    if (!next) return null;
    latestAnswer = next;
    panel.show(next.counts, state.chosen);
    const isComplete = panel.openFacets().every((name) => open.includes(name));
    return isComplete ? { answer: next, results } : answerState(); // again, if a facet was opened meanwhile
  }

  /** Show the answer to the state; after Back, at the `position` of the earlier visit. @param {Position | null} position */
  async function show(position = null) {
    turn++;
    if (document.activeElement !== parts.input) parts.input.value = state.query;
    parts.sort.value = state.sort;
    page.classList.add("is-waiting");
    const current = await answerState();
    if (!current) return;
    const { answer, results } = current;
    const count = Math.max(results.PAGE_SIZE, position?.shown ?? 0);
    const loaded = await ifCurrent(Promise.all([results.hits(answer, 0, count), results.pageLinks(answer)]));
    if (!loaded) return;
    const [papers, pages] = loaded;
    const hadFocus = [parts.notes, parts.hits, parts.chips].some((part) => part.contains(document.activeElement));
    showCount(answer, results);
    parts.notes.replaceChildren(...results.notes(answer, actions));
    parts.chips.replaceChildren(...results.chips(state, actions));
    parts.pages.replaceChildren(...pages);
    parts.hits.replaceChildren(...(papers.length ? papers : [results.noHits(answer, actions)]));
    if (hadFocus) parts.count.focus(); // the focused element was replaced
    updateMore(answer);
    endWaiting();
    if (position) scrollTo(0, position.scroll);
  }

  function endWaiting() {
    document.documentElement.classList.remove("has-query");
    page.classList.remove("is-waiting");
  }

  /** @param {Answer} answer @param {Results} results */
  function showCount(answer, results) {
    const count = answer.numbers.length;
    parts.count.textContent = results.countLine(answer);
    parts.count.dataset.count = String(count);
    parts.facetsDone.textContent = say("page.facets.done", { count });
    citeButton.textContent = say("page.bibtex", { count: results.citedCount(answer) });
    citeButton.hidden = !count;
  }

  /** Append hits from number `from` on, unless they are shown already. @param {Answer} answer @param {Results} results @param {number} from */
  async function append(answer, results, from) {
    const papers = await ifCurrent(results.hits(answer, from));
    if (!papers || parts.hits.children.length !== from) return;
    parts.hits.append(...papers);
    updateMore(answer);
  }

  /** Store the number of shown papers and the scroll position in the history, for Back. */
  function storePosition() {
    history.replaceState({ shown: parts.hits.children.length, scroll: scrollY }, "");
  }

  /** @param {Answer} answer */
  function updateMore(answer) {
    parts.hits.dataset.turn = String(turn);
    parts.more.hidden = parts.hits.children.length >= answer.numbers.length;
  }

  async function showMore() {
    const from = parts.hits.children.length;
    // Without an answer, the page shows the built papers, those of the empty query.
    const current = latestAnswer ? { answer: latestAnswer, results: (await loadEngine())[1] } : await answerState();
    if (!current) return;
    await append(current.answer, current.results, from);
    showCount(current.answer, current.results); // replaces the message of an earlier failure
    parts.hits.children[from]?.querySelector("a")?.focus();
  }

  function downloadCitations() {
    const answer = latestAnswer;
    if (answer) loadEngine().then(([, results]) => results.downloadCitations(answer)).catch(showFailure);
  }

  function showFailure() {
    parts.count.textContent = say(navigator.onLine ? "status.failed" : "status.offline");
  }

  function fail() {
    showFailure();
    parts.hits.replaceChildren();
    parts.more.hidden = true;
    endWaiting();
  }

  /** Count the facets for the papers of the built page. */
  function countFacets() {
    if (!turn && !latestAnswer && parts.filters.open) answerState().catch(() => {});
  }

  function openFilters() {
    parts.filters.open = !matchMedia(NARROW).matches;
  }

  find(page, ".hits-actions").append(citeButton);
  parts.count.tabIndex = -1; // makes it focusable
  parts.more.addEventListener("click", () => showMore().catch(showFailure));
  parts.filters.addEventListener("toggle", countFacets);
  parts.input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => change({}, true), DELAY); // no history entry for each letter
  });
  parts.input.addEventListener("keydown", () => {
    import("./search-data.js").then((data) => data.prefetchShared()).catch(() => {});
    loadEngine().catch(() => {});
  }, { once: true });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(typedQuery());
  });
  parts.facetsDone.addEventListener("click", () => { parts.filters.open = false; });
  addEventListener("pagehide", storePosition);
  addEventListener("popstate", (event) => {
    stopTimer();
    state = parseState(location.search);
    parts.input.value = state.query;
    show(event.state).catch(fail);
  });
  parts.input.value = state.query;
  if (location.search === "") parts.input.focus();
  if (formatState(state)) {
    openFilters();
    show(history.state).catch(fail);
  } else {
    endWaiting();
    // Opening the facets loads the engine, for which the built page need not wait.
    (globalThis.requestIdleCallback ?? setTimeout)(openFilters); // Safari has no idle callbacks
  }
}

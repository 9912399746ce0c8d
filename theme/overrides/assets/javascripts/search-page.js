// The search page: a box, facets and results. The URL contains the whole state, so Back, reload and shared links show
// the same. The built page has the newest papers, which answer the empty query, so the engine is loaded on demand.

import { button } from "./dom.js";
import { parsed, written as termWritten } from "./query.js";
import { read, withValue, written } from "./search-state.js";
import { say } from "./strings.js";

const WAIT = 180; // milliseconds without a key press before a search
const NARROW = "(max-width: 48rem)";
const PARTS = { form: "form", input: "[name=q]", sort: "select", filters: ".facets-all", count: "[data-count]", notes: ".search-notes", hits: ".hits", more: ".search-more button", chips: ".search-chosen", places: ".search-found", sheet: ".facets-done" };

/** Load the modules that find papers and show them. */
function finding() {
  return Promise.all([import("./search-answer.js"), import("./search-results.js"), import("./search-panel.js")]);
}

/** Start the search page in `place`. */
export function searchPage(place) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, selector]) => [name, place.querySelector(selector)]));
  let state = read(location.search);
  let turn = 0;
  let wait = 0;
  let panel = null;
  let found = null; // the answer to the current state
  const cite = button("", () => finding().then(([, { saveCitations }]) => saveCitations(found)).catch(tellFailure), { className: "hits-cite", hidden: true });

  /** Change the state, including text that was typed meanwhile. An unchanged URL adds no history entry. */
  function change(update, replace = false) {
    const before = written(state);
    state = { ...state, ...(wait ? typed() : {}), ...update };
    forget();
    const after = written(state);
    if (!replace && after !== before) keepPlace();
    history[replace || after === before ? "replaceState" : "pushState"](null, "", after || location.pathname);
    return show().catch(failed);
  }

  function typed() {
    return { query: parts.input.value.trim(), exact: false };
  }

  function forget() {
    clearTimeout(wait);
    wait = 0;
  }

  const acts = {
    change,
    choose: (facet, value, side) => change({ chosen: withValue(state.chosen, facet, value, side) }),
    insist: () => change({ exact: true }),
    instead(term, value) {
      const { text, terms } = parsed(state.query);
      const same = (other) => other.facet === term.facet && other.value === term.value && other.out === term.out;
      const meant = terms.map((other) => termWritten(same(other) ? { ...term, value } : other));
      change({ query: [text, ...meant].filter(Boolean).join(" ") });
    },
  };

  /** The value of a promise; null if the state changed meanwhile, even if the promise failed. */
  async function current(promise) {
    const mine = turn;
    try {
      const got = await promise;
      return mine === turn ? got : null;
    } catch (error) {
      if (mine === turn) throw error;
      return null;
    }
  }

  /** Answer the state and show its facets. Null if the state changed meanwhile. */
  async function answered() {
    const loaded = await current(finding());
    if (!loaded) return null;
    const [{ answer }, results, { facetPanel }] = loaded;
    panel ??= facetPanel(parts.filters, acts.choose, () => answered().catch(() => {}));
    const open = panel.opened();
    const next = await current(answer(state, open));
    if (!next) return null;
    found = next;
    panel.show(found.counts, state.chosen);
    return panel.opened().every((name) => open.includes(name)) ? results : answered(); // another facet was opened
  }

  /**
   * Show the answer to the state. `position` is that of an earlier visit: the number of shown papers and the scroll
   * height.
   */
  async function show(position = null) {
    turn++;
    if (document.activeElement !== parts.input) parts.input.value = state.query;
    parts.sort.value = state.sort;
    place.classList.add("is-waiting");
    const results = await answered();
    if (!results) return;
    const last = Math.max(results.PAGE, position?.shown ?? 0);
    const loaded = await current(Promise.all([results.hits(found, 0, last), results.pages(found)]));
    if (!loaded) return;
    const [papers, places] = loaded;
    const within = [parts.notes, parts.hits, parts.chips].some((part) => part.contains(document.activeElement));
    tell(results);
    parts.notes.replaceChildren(...results.notes(found, acts));
    parts.chips.replaceChildren(...results.chips(state, acts));
    parts.places.replaceChildren(...places);
    parts.hits.replaceChildren(...(papers.length ? papers : [results.empty(found, acts)]));
    if (within) parts.count.focus(); // the focused element was replaced
    shown();
    ready();
    if (position) scrollTo(0, position.height);
  }

  /** End the waiting state. */
  function ready() {
    document.documentElement.classList.remove("is-asked");
    place.classList.remove("is-waiting");
  }

  function tell(results) {
    parts.count.textContent = results.countLine(found);
    parts.count.dataset.count = found.numbers.length;
    parts.sheet.textContent = say("page.sheet", { count: found.numbers.length });
    cite.textContent = say("page.bibtex", { count: results.citedCount(found) });
    cite.hidden = !found.numbers.length;
  }

  /** Append hits from number `from` on, unless they are shown already. */
  async function append(results, from) {
    const papers = await current(results.hits(found, from));
    if (!papers || parts.hits.children.length !== from) return;
    parts.hits.append(...papers);
    shown();
  }

  /** Store the number of shown papers and the scroll position in the history, for Back. */
  function keepPlace() {
    history.replaceState({ shown: parts.hits.children.length, height: scrollY }, "");
  }

  function shown() {
    parts.hits.dataset.turn = turn;
    parts.more.hidden = parts.hits.children.length >= found.numbers.length;
  }

  async function more() {
    const from = parts.hits.children.length;
    const results = found ? (await finding())[1] : await answered();
    if (!results) return;
    await append(results, from);
    tell(results); // replaces the message of an earlier failure
    parts.hits.children[from]?.querySelector("a")?.focus();
  }

  function tellFailure() {
    parts.count.textContent = say(navigator.onLine ? "status.failed" : "status.offline");
  }

  function failed() {
    tellFailure();
    parts.hits.replaceChildren();
    parts.more.hidden = true;
    ready();
  }

  /** Count the facets for the papers of the built page. */
  function count() {
    if (!turn && !found && parts.filters.open) answered().catch(() => {});
  }

  function unfold() {
    parts.filters.open = !matchMedia(NARROW).matches;
  }

  place.querySelector(".hits-acts").append(cite);
  parts.count.tabIndex = -1;
  parts.more.addEventListener("click", () => more().catch(tellFailure));
  parts.filters.addEventListener("toggle", count);
  parts.input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({}, true), WAIT);
  });
  parts.input.addEventListener("keydown", () => {
    import("./search-data.js").then((data) => data.prefetch()).catch(() => {});
    finding().catch(() => {});
  }, { once: true });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(typed());
  });
  parts.sheet.addEventListener("click", () => { parts.filters.open = false; });
  addEventListener("pagehide", keepPlace);
  addEventListener("popstate", (event) => {
    forget();
    state = read(location.search);
    parts.input.value = state.query;
    show(event.state).catch(failed);
  });
  parts.input.value = state.query;
  if (location.search === "") parts.input.focus();
  if (written(state)) {
    unfold();
    show(history.state).catch(failed);
  } else {
    ready();
    (window.requestIdleCallback ?? setTimeout)(unfold);
  }
}

// The search page: a box, facets and results. Every choice is a new address; Back, a reload and a sent link show the same.
// The page is built with the newest papers, the answer to no question, so what finds others is fetched when it is asked.

import { parsed, written as termWritten } from "./query.js";
import { read, withValue, written } from "./search-state.js";
import { say } from "./strings.js";

const WAIT = 180; // milliseconds without a key before search is asked
const NARROW = "(max-width: 48rem)";
const PARTS = { form: "form", input: "[name=q]", sort: "select", filters: ".facets-all", count: "[data-count]", notes: ".search-notes", hits: ".hits", more: ".hits + button" };

/** What finds papers, and what shows them. */
function finding() {
  return Promise.all([import("./search-answer.js"), import("./search-results.js"), import("./search-panel.js")]);
}

export function searchPage(place) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, selector]) => [name, place.querySelector(selector)]));
  let state = read(location.search);
  let turn = 0;
  let wait = 0;
  let panel = null;
  let found = null; // the answer to the state

  /** Go on to another state. What was typed and still waits is of it; the same address is not told twice. */
  function change(update, replace = false) {
    const before = written(state);
    state = { ...state, ...(wait ? typed() : {}), ...update };
    forget();
    const after = written(state);
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

  /** What comes of a promise; null, also if it fails, once the reader has asked for something else. */
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

  /** Find the answer to the state, and show its facets. Nothing if the reader asked for another meanwhile. */
  async function answered() {
    const loaded = await current(finding());
    if (!loaded) return null;
    const [{ answer }, results, { facetPanel }] = loaded;
    panel ??= facetPanel(parts.filters, acts.choose, () => answered().catch(() => {}));
    const open = panel.opened();
    const told = await current(answer(state, open));
    if (!told) return null;
    found = told;
    panel.show(found.counts, state.chosen);
    return panel.opened().every((name) => open.includes(name)) ? results : answered(); // one was opened meanwhile
  }

  async function show() {
    turn++;
    if (document.activeElement !== parts.input) parts.input.value = state.query;
    parts.sort.value = state.sort;
    const results = await answered();
    if (!results) return;
    const within = [parts.notes, parts.hits].some((part) => part.contains(document.activeElement));
    tell();
    parts.notes.replaceChildren(...results.notes(found, state, acts));
    parts.hits.replaceChildren(...(found.numbers.length ? [] : [results.empty(found, acts)]));
    if (within) parts.count.focus(); // the keyboard's place is gone with what stood there
    document.documentElement.classList.remove("is-asked");
    if (found.numbers.length) await append(results, 0);
    else shown();
  }

  function tell() {
    parts.count.textContent = say("page.papers", { count: found.numbers.length });
    parts.count.dataset.count = found.numbers.length;
  }

  /** Show the papers of the answer after the first `from`, unless they are there already. */
  async function append(results, from) {
    const made = await current(results.hits(found, from));
    if (!made || parts.hits.children.length !== from) return;
    parts.hits.append(...made);
    shown();
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
    tell(); // also if the time before it failed
    parts.hits.children[from]?.querySelector("a")?.focus();
  }

  function tellFailure() {
    parts.count.textContent = say("status.failed");
  }

  function failed() {
    tellFailure();
    parts.hits.replaceChildren();
    parts.more.hidden = true;
    document.documentElement.classList.remove("is-asked");
  }

  /** Facets beside the papers with which the page was built. */
  function count() {
    if (!turn && !found && parts.filters.open) answered().catch(() => {});
  }

  function unfold() {
    parts.filters.open = !matchMedia(NARROW).matches;
  }

  parts.count.tabIndex = -1;
  parts.more.addEventListener("click", () => more().catch(tellFailure));
  parts.filters.addEventListener("toggle", count);
  parts.input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({}, true), WAIT);
  });
  parts.input.addEventListener("keydown", () => {
    finding().catch(() => {});
    import("./search-engine.js").then((engine) => engine.prepare()).catch(() => {});
  }, { once: true });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(typed());
  });
  addEventListener("popstate", () => {
    forget();
    state = read(location.search);
    parts.input.value = state.query;
    show().catch(failed);
  });
  parts.input.value = state.query;
  if (location.search === "") parts.input.focus();
  if (written(state)) {
    unfold();
    show().catch(failed);
  } else {
    document.documentElement.classList.remove("is-asked");
    (window.requestIdleCallback ?? setTimeout)(unfold);
  }
}

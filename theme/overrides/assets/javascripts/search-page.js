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

export async function searchPage(place) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, selector]) => [name, place.querySelector(selector)]));
  let state = read(location.search);
  let turn = 0;
  let wait = 0;
  let panel = null;
  let found = null; // the answer to the state
  let asBuilt = true; // whether nothing but what the page was built with was to be shown yet

  function change(update, replace = false) {
    state = { ...state, ...update };
    history[replace ? "replaceState" : "pushState"](null, "", written(state) || location.pathname);
    return show().catch(failed);
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

  /** Find the answer to the state, and show its facets. Nothing if the reader asked for another meanwhile. */
  async function answered() {
    const mine = ++turn;
    const [{ answer }, results, { facetPanel }] = await finding();
    panel ??= facetPanel(parts.filters, acts.choose, () => (asBuilt ? answered() : show()).catch(failed));
    const open = panel.opened();
    const told = await answer(state, open);
    if (mine !== turn) return null;
    found = told;
    panel.show(found.counts, state.chosen);
    return panel.opened().every((name) => open.includes(name)) ? results : answered(); // one was opened meanwhile
  }

  async function show() {
    asBuilt = false;
    if (document.activeElement !== parts.input) parts.input.value = state.query;
    parts.sort.value = state.sort;
    const results = await answered();
    if (!results) return;
    parts.count.textContent = say("page.papers", { count: found.numbers.length });
    parts.count.dataset.count = found.numbers.length;
    parts.notes.replaceChildren(...results.notes(found, state, acts));
    parts.hits.replaceChildren(...(found.numbers.length ? [] : [results.empty(found, acts)]));
    document.documentElement.classList.remove("is-asked");
    await append(results, 0);
  }

  async function append(results, from) {
    const mine = turn;
    const { numbers } = found;
    const made = await results.hits(found, from);
    if (mine !== turn) return;
    parts.hits.append(...made);
    parts.hits.dataset.turn = turn;
    parts.more.hidden = from + made.length >= numbers.length;
  }

  async function more() {
    const from = parts.hits.children.length;
    const results = found ? (await finding())[1] : await answered();
    if (!results) return;
    await append(results, from);
    parts.hits.children[from]?.querySelector("a")?.focus();
  }

  function failed() {
    parts.count.textContent = say("status.failed");
    parts.hits.replaceChildren();
    parts.more.hidden = true;
    document.documentElement.classList.remove("is-asked");
  }

  /** Facets beside the papers with which the page was built. */
  function count() {
    if (!turn && parts.filters.open) answered().catch(() => {});
  }

  function unfold() {
    parts.filters.open = !matchMedia(NARROW).matches;
  }

  parts.more.addEventListener("click", () => more().catch(failed));
  parts.filters.addEventListener("toggle", count);
  parts.input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({ query: parts.input.value.trim(), exact: false }, true), WAIT);
  });
  parts.input.addEventListener("keydown", () => {
    finding().catch(() => {});
    import("./search-engine.js").then((engine) => engine.prepare()).catch(() => {});
  }, { once: true });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    change({ query: parts.input.value.trim(), exact: false });
  });
  addEventListener("popstate", () => {
    state = read(location.search);
    parts.input.value = state.query;
    show().catch(failed);
  });
  parts.input.value = state.query;
  if (location.search === "") parts.input.focus();
  if (written(state)) {
    unfold();
    await show();
  } else {
    document.documentElement.classList.remove("is-asked");
    (window.requestIdleCallback ?? setTimeout)(unfold);
  }
}

// The state of the search page as the query of its URL: `?q=…&venue=…&-topic=…&sort=date`.

import { FACETS } from "./query.js";

const MAX_CHOSEN = 50; // values of a facet in a URL; the limit bounds the time to look them up

export const ORDERS = ["relevance", "date", "oldest", "title"]; // the first is the default

/** Parse the query of a URL. @param {string} search @returns {SearchState} */
export function parseState(search) {
  const params = new URLSearchParams(search);
  /** @param {string} name */
  const valuesOf = (name) => [...new Set(params.getAll(name))].slice(0, MAX_CHOSEN);
  const chosen = Object.fromEntries(FACETS.map((name) => [name, { in: valuesOf(name), out: valuesOf(`-${name}`) }]));
  const sort = params.get("sort") ?? "";
  return { query: params.get("q") ?? "", exact: params.has("exact"), sort: ORDERS.includes(sort) ? sort : ORDERS[0], chosen };
}

/** The query of the URL for a state with its `?`, or ''. @param {SearchState} state */
export function formatState({ query, exact, sort, chosen }) {
  const params = new URLSearchParams();
  if (query) params.set("q", query);
  for (const name of FACETS) {
    for (const value of chosen[name].in) params.append(name, value);
    for (const value of chosen[name].out) params.append(`-${name}`, value);
  }
  if (sort !== ORDERS[0]) params.set("sort", sort);
  if (exact) params.set("exact", "1");
  const search = params.toString();
  return search ? `?${search}` : "";
}

/**
 * Return `chosen` with a value included (`in`), excluded (`out`) or neither ('').
 * @param {SearchState["chosen"]} chosen @param {string} name @param {string} value @param {"in" | "out" | ""} mode
 */
export function withValue(chosen, name, value, mode) {
  /** @param {string[]} values */
  const without = (values) => values.filter((other) => other !== value);
  const lists = { in: without(chosen[name].in), out: without(chosen[name].out) };
  if (mode) lists[mode].push(value);
  return { ...chosen, [name]: lists };
}

/** An empty selection. @returns {SearchState["chosen"]} */
export function nothingChosen() {
  return Object.fromEntries(FACETS.map((name) => [name, { in: [], out: [] }]));
}

/** The number of selected values. @param {SearchState["chosen"]} chosen */
export function countChosen(chosen) {
  return Object.values(chosen).reduce((sum, lists) => sum + lists.in.length + lists.out.length, 0);
}

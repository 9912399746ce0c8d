// The state of the search page as the query of its URL: `?q=…&venue=…&-topic=…&sort=date`.

import { FACETS } from "./query.js";

const MOST_CHOSEN = 50; // values of a facet in a URL; the limit bounds the time to look them up

export const ORDERS = ["relevance", "date", "oldest", "title"];

/** Parse the query of a URL: `{ query, exact, sort, chosen }`, with the names of selected values by facet. */
export function read(search) {
  const params = new URLSearchParams(search);
  const chosen = {};
  const named = (name) => [...new Set(params.getAll(name))].slice(0, MOST_CHOSEN);
  for (const name of FACETS) chosen[name] = { in: named(name), out: named(`-${name}`) };
  const sort = ORDERS.includes(params.get("sort")) ? params.get("sort") : ORDERS[0];
  return { query: params.get("q") ?? "", exact: params.has("exact"), sort, chosen };
}

/** The query of the URL for a state, with its question mark, or ''. */
export function written({ query, exact, sort, chosen }) {
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

/** Return `chosen` with a value included (`in`), excluded (`out`) or neither (''). */
export function withValue(chosen, name, value, side) {
  const without = (values) => values.filter((other) => other !== value);
  const sides = { in: without(chosen[name].in), out: without(chosen[name].out) };
  if (side) sides[side].push(value);
  return { ...chosen, [name]: sides };
}

/** An empty selection. */
export function nothingChosen() {
  return Object.fromEntries(FACETS.map((name) => [name, { in: [], out: [] }]));
}

/** The number of selected values. */
export function countChosen(chosen) {
  return Object.values(chosen).reduce((sum, sides) => sum + sides.in.length + sides.out.length, 0);
}

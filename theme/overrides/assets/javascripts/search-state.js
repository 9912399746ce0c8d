// The state of the search page, all of it in the URL: `?q=…&venue=…&-topic=…&sort=date`.

import { FACETS } from "./query.js";

const MOST_CHOSEN = 50; // values of a facet that an address may name; each is looked for among all values

export const ORDERS = ["relevance", "date", "oldest", "title"];

/** The state that an address tells: `{ query, exact, sort, chosen }`, chosen as names of values a facet. */
export function read(search) {
  const told = new URLSearchParams(search);
  const chosen = {};
  const named = (name) => [...new Set(told.getAll(name))].slice(0, MOST_CHOSEN);
  for (const name of FACETS) chosen[name] = { in: named(name), out: named(`-${name}`) };
  const sort = ORDERS.includes(told.get("sort")) ? told.get("sort") : ORDERS[0];
  return { query: told.get("q") ?? "", exact: told.has("exact"), sort, chosen };
}

/** The address's query of a state, with its question mark, or ''. */
export function written({ query, exact, sort, chosen }) {
  const told = new URLSearchParams();
  if (query) told.set("q", query);
  for (const name of FACETS) {
    for (const value of chosen[name].in) told.append(name, value);
    for (const value of chosen[name].out) told.append(`-${name}`, value);
  }
  if (sort !== ORDERS[0]) told.set("sort", sort);
  if (exact) told.set("exact", "1");
  const search = told.toString();
  return search ? `?${search}` : "";
}

/** `chosen` with `value` of a facet wanted (`in`), left out (`out`) or neither (''). */
export function withValue(chosen, name, value, side) {
  const kept = (values) => values.filter((other) => other !== value);
  const held = { in: kept(chosen[name].in), out: kept(chosen[name].out) };
  if (side) held[side].push(value);
  return { ...chosen, [name]: held };
}

/** No value of any facet. */
export function nothingChosen() {
  return Object.fromEntries(FACETS.map((name) => [name, { in: [], out: [] }]));
}

/** How many values are chosen. */
export function countChosen(chosen) {
  return Object.values(chosen).reduce((sum, held) => sum + held.in.length + held.out.length, 0);
}

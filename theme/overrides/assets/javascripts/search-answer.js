// Answers a query with filters: the papers, the counts of each facet, and the parts of the query that were not
// understood.

import { data, find, start } from "./search-engine.js";
import { FACETS, meantValues, meantYears, parsed } from "./query.js";
import { counted, expanded, narrowed } from "./search-facets.js";
import { distance } from "./search-spelling.js";
import { wordsOf } from "./fold.js";

const OWN_FILES = ["author", "institution"]; // large facets, each in a file of its own
const MEANT_BY_VENUE = "edition"; // `venue:"icml 2023"` finds an edition

/**
 * Answer a state: `{ numbers, whole, text, used, lost, why, terms, unknown, wrong, unfiltered, counts }`. The first
 * `whole` papers have all words. `open` names large facets to count even without a selection.
 */
export async function answer(state, open = []) {
  const { text, terms, wrong } = parsed(state.query);
  const narrowing = FACETS.filter((name) => state.chosen[name].in.length || state.chosen[name].out.length);
  const wanted = [...new Set([...narrowing, ...terms.map((term) => term.facet), ...open])];
  const [found, known] = await Promise.all([find(text, { exact: state.exact }), facets(wanted)]);
  const { places, understood, unknown } = placesOf(state.chosen, terms, known);
  const isMissed = unknown.some(({ out }) => !out) || (unknown.length > 0 && !text && !understood.length && !narrowing.length);
  const all = isMissed ? [] : found.numbers;
  const left = narrowed(all, known, places);
  const whole = new Set(found.numbers.slice(0, found.whole));
  const sorted = await inOrder(left, state.sort, text, whole);
  const counts = new Map([...known.values()].filter((facet) => !OWN_FILES.includes(facet.name) || wanted.includes(facet.name))
    .map((facet) => [facet.name, { values: facet.values, counts: counted(narrowed(all, known, places, facet.name), facet) }]));
  return {
    ...found, numbers: sorted, whole: sorted.filter((number) => whole.has(number)).length,
    text, terms: understood, unknown, wrong, unfiltered: all.length, counts,
  };
}

/** The facets by name. Large ones are fetched only if `wanted` contains them. */
async function facets(wanted) {
  await start();
  const common = expanded(await data("search/facets.json"));
  for (const name of OWN_FILES.filter((one) => wanted.includes(one))) {
    const [own] = expanded([await data(`search/facets/${name}.json`)]).values();
    common.set(name, own);
  }
  return common;
}

/** Sort `numbers` by the selected order. Papers are numbered from the newest; those with all words stay first. */
async function inOrder(numbers, sort, text, whole) {
  if (sort === "relevance" && text) return numbers;
  const ranks = sort === "title" ? await data("search/titles.json") : null;
  const value = (number) => (ranks ? ranks[number] : sort === "oldest" ? -number : number);
  const tier = (number) => (whole.has(number) ? 0 : 1);
  return [...numbers].sort((a, b) => tier(a) - tier(b) || value(a) - value(b));
}

/** The indexes of selected values and terms. A term without matches gets suggestions. */
function placesOf(chosen, terms, known) {
  const places = {};
  const understood = [];
  const unknown = [];
  for (const name of FACETS) {
    const facet = known.get(name);
    const of = (values) => values.flatMap((value) => {
      const place = facet ? facet.values.findIndex((one) => one[0] === value) : -1;
      if (place >= 0) return [place];
      const meant = facet ? meantValues(facet.values, value) : [];
      return meant.length ? meant : [-1];
    });
    places[name] = { in: of(chosen[name].in), out: of(chosen[name].out) };
  }
  for (const term of terms) {
    const [facet, found] = meaning(term, known);
    if (!found.length) unknown.push({ ...term, near: facet ? near(facet, term.value) : [] });
    else {
      places[facet.name][term.out ? "out" : "in"].push(...found);
      understood.push({ ...term, facet: facet.name, values: found.map((place) => facet.values[place][0]) });
    }
  }
  return { places, understood, unknown };
}

/** The facet of a term, and the indexes of the values that match it. */
function meaning({ facet: name, value }, known) {
  const facet = known.get(name);
  if (!facet) return [null, []];
  if (name === "year") return [facet, meantYears(facet.values, value) ?? meantValues(facet.values, value)];
  const found = meantValues(facet.values, value);
  if (found.length || name !== "venue") return [facet, found];
  const editions = known.get(MEANT_BY_VENUE);
  const meant = meantValues(editions.values, value);
  return meant.length ? [editions, meant] : [facet, []];
}

/** Up to three values whose words have at most one spelling mistake. */
function near(facet, typed) {
  const wanted = wordsOf(typed);
  return facet.values.filter(([name]) => {
    const words = wordsOf(name);
    return wanted.every((one) => words.some((word) => distance(one, word, 1) <= 1));
  }).slice(0, 3).map(([name]) => name);
}

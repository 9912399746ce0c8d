// A whole answer: what was typed and chosen to the papers that have it, with what each facet counts, and what was
// not understood.

import { data, find, start } from "./search-engine.js";
import { FACETS, meantValues, parsed } from "./query.js";
import { counted, expanded, narrowed } from "./search-facets.js";
import { distance } from "./search-words.js";
import { wordsOf } from "./fold.js";

const OWN_FILES = ["author", "institution"]; // facets that stand in files of their own, which are large

/**
 * The answer to a state: `{ numbers, text, used, facets, chosen, terms, unknown, unfiltered, counts }`. `open` names
 * large facets that are to be counted although nothing of them is chosen.
 */
export async function answer(state, open = []) {
  const { text, terms } = parsed(state.query);
  const asked = FACETS.filter((name) => state.chosen[name].in.length || state.chosen[name].out.length);
  const wanted = [...new Set([...asked, ...terms.map((term) => term.facet), ...open])];
  const [{ numbers: found, used }, known] = await Promise.all([find(text, { exact: state.exact }), facets(wanted)]);
  const { places, understood, unknown } = placesOf(state.chosen, terms, known);
  const left = narrowed(found, known, places);
  const numbers = state.sort === "date" || !text ? [...left].sort((a, b) => a - b) : left;
  const counts = new Map([...known.values()].filter((facet) => !OWN_FILES.includes(facet.name) || wanted.includes(facet.name))
    .map((facet) => [facet.name, { values: facet.values, counts: counted(narrowed(found, known, places, facet.name), facet) }]));
  return {
    numbers: state.sort === "title" ? await byTitle(numbers) : numbers,
    text, used, terms: understood, unknown, unfiltered: found.length, counts,
  };
}

/** The facets of the names in `wanted`, as a map; authors and institutions are fetched only if named. */
async function facets(wanted) {
  await start();
  const common = expanded(await data("search/facets.json"));
  for (const name of OWN_FILES.filter((one) => wanted.includes(one))) {
    const [own] = expanded([await data(`search/facets/${name}.json`)]).values();
    common.set(name, own);
  }
  return common;
}

/** `numbers` in the order of their titles. */
async function byTitle(numbers) {
  const ranks = await data("search/titles.json");
  return [...numbers].sort((a, b) => ranks[a] - ranks[b]);
}

/** Chosen values and terms as places; a term that means nothing is told with what it may have meant. */
function placesOf(chosen, terms, known) {
  const places = {};
  const understood = [];
  const unknown = [];
  for (const name of FACETS) {
    const facet = known.get(name);
    const of = (values) => values.flatMap((value) => {
      const found = facet ? facet.values.findIndex((one) => one[0] === value) : -1;
      if (found >= 0) return [found];
      const meant = facet ? meantValues(facet.values, value) : [];
      return meant.length ? meant : [-1];
    });
    places[name] = { in: of(chosen[name].in), out: of(chosen[name].out) };
  }
  for (const term of terms) {
    const facet = known.get(term.facet);
    const found = facet ? meantValues(facet.values, term.value) : [];
    if (!found.length) unknown.push({ ...term, near: facet ? near(facet, term.value) : [] });
    else {
      places[term.facet][term.out ? "out" : "in"].push(...found);
      understood.push({ ...term, values: found.map((place) => facet.values[place][0]) });
    }
  }
  return { places, understood, unknown };
}

/** Up to three values with words one mistake from those typed. */
function near(facet, typed) {
  const wanted = wordsOf(typed);
  return facet.values.filter(([name]) => {
    const words = wordsOf(name);
    return wanted.every((one) => words.some((word) => distance(one, word, 1) <= 1));
  }).slice(0, 3).map(([name]) => name);
}

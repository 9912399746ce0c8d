// Answers a query with filters: the papers, the counts of each facet, and the parts of the query that were not
// understood.

import { fetchData, findPapers, searchIndex } from "./search-engine.js";
import { FACETS, matchingValues, matchingYears, parseQuery } from "./query.js";
import { countValues, expandFacets, filterPapers } from "./search-facets.js";
import { distance } from "./search-spelling.js";
import { wordsOf } from "./fold.js";

const OWN_FILES = ["author", "institution"]; // large facets, each in a file of its own
const MAX_SUGGESTIONS = 3;

/**
 * Search for the query and filters of `state`. `open` names large facets to count even without a selection.
 * @param {SearchState} state @param {string[]} open @returns {Promise<Answer>}
 */
export async function answer(state, open = []) {
  const { text, filters, unknownFields } = parseQuery(state.query);
  const facetsInUse = FACETS.filter((name) => state.chosen[name].in.length || state.chosen[name].out.length);
  const needed = [...new Set([...facetsInUse, ...filters.map(({ facet }) => facet), ...open])];
  const [result, facets] = await Promise.all([findPapers(text, { exact: state.exact }), fetchFacets(needed)]);
  const { selection, understood, unknown } = selectValues(state.chosen, filters, facets);
  // `venue:typo` must show no papers instead of all. An unknown exclusion excludes nothing, but if the query consists of
  // nothing else, it must not show all papers either.
  const matchesNothing = unknown.some(({ isExcluded }) => !isExcluded) || (unknown.length > 0 && !text && !understood.length && !facetsInUse.length);
  const matches = matchesNothing ? [] : result.numbers;
  const fullMatches = new Set(result.numbers.slice(0, result.fullMatchCount));
  const numbers = await sorted(filterPapers(matches, facets, selection), state.sort, text, fullMatches);
  const shown = [...facets.values()].filter(({ name }) => !OWN_FILES.includes(name) || needed.includes(name));
  const counts = new Map(shown.map((facet) =>
    [facet.name, { values: facet.values, counts: countValues(filterPapers(matches, facets, selection, facet.name), facet) }]));
  return {
    ...result, numbers, fullMatchCount: numbers.filter((number) => fullMatches.has(number)).length,
    text, filters: understood, unknownFilters: unknown, unknownFields, unfilteredCount: result.numbers.length, counts,
  };
}

/** The facets by name. Large ones are fetched only if `names` contains them. @param {string[]} names */
async function fetchFacets(names) {
  await searchIndex();
  const files = await Promise.all(["search/facets.json", ...OWN_FILES.filter((name) => names.includes(name)).map((name) => `search/facets/${name}.json`)].map(fetchData));
  return expandFacets(files.flat());
}

/**
 * Sort `numbers` by the selected order. Papers are numbered from the newest. In every order, the papers with all words
 * of the query (`fullMatches`) come first.
 * @param {number[]} numbers @param {string} sort @param {string} text @param {Set<number>} fullMatches
 */
async function sorted(numbers, sort, text, fullMatches) {
  if (sort === "relevance" && text) return numbers;
  /** @type {number[] | null} */
  const titleRanks = sort === "title" ? await fetchData("search/titles.json") : null;
  /** @param {number} number */
  const rank = (number) => (titleRanks ? titleRanks[number] : sort === "oldest" ? -number : number);
  /** @param {number} number */
  const tier = (number) => (fullMatches.has(number) ? 0 : 1);
  return [...numbers].sort((a, b) => tier(a) - tier(b) || rank(a) - rank(b));
}

/**
 * The selection as indexes of values, from the chosen values and the filters of a query. A filter without matches gets
 * suggestions.
 * @param {SearchState["chosen"]} chosen @param {Filter[]} filters @param {Map<string, Facet>} facets
 */
function selectValues(chosen, filters, facets) {
  /** @type {Record<string, InOut<number>>} */
  const selection = {};
  /** @type {UnderstoodFilter[]} */
  const understood = [];
  /** @type {UnknownFilter[]} */
  const unknown = [];
  for (const name of FACETS) {
    const values = facets.get(name)?.values ?? [];
    /** @param {string[]} names */
    const indexesOf = (names) => names.flatMap((value) => {
      const index = values.findIndex((other) => other[0] === value);
      const matches = index >= 0 ? [index] : matchingValues(values, value);
      return matches.length ? matches : [-1]; // an index that no paper has, for an unknown value in a URL
    });
    selection[name] = { in: indexesOf(chosen[name].in), out: indexesOf(chosen[name].out) };
  }
  for (const filter of filters) {
    const [facet, indexes] = findValues(filter, facets);
    if (facet && indexes.length) {
      selection[facet.name][filter.isExcluded ? "out" : "in"].push(...indexes);
      understood.push({ ...filter, facet: facet.name, values: indexes.map((index) => facet.values[index][0]) });
    } else unknown.push({ ...filter, similar: facet ? similarValues(facet, filter.value) : [] });
  }
  return { selection, understood, unknown };
}

/** The facet of a filter, and the indexes of the values that match it. @param {Filter} filter @param {Map<string, Facet>} facets @returns {[Facet | null, number[]]} */
function findValues({ facet: name, value }, facets) {
  const facet = facets.get(name);
  if (!facet) return [null, []];
  if (name === "year") return [facet, matchingYears(facet.values, value) ?? matchingValues(facet.values, value)];
  const indexes = matchingValues(facet.values, value);
  const editions = facets.get("edition");
  if (indexes.length || name !== "venue" || !editions) return [facet, indexes];
  const matchingEditions = matchingValues(editions.values, value); // `venue:"icml 2023"` is an edition
  return matchingEditions.length ? [editions, matchingEditions] : [facet, []];
}

/** The first values that contain each typed word, perhaps with one spelling mistake. @param {Facet} facet @param {string} typed */
function similarValues(facet, typed) {
  const typedWords = wordsOf(typed);
  return facet.values.filter(([name]) => {
    const words = wordsOf(name);
    return typedWords.every((typedWord) => words.some((word) => distance(typedWord, word, 1) <= 1));
  }).slice(0, MAX_SUGGESTIONS).map(([name]) => name);
}

// Parses a query: words, phrases, exclusions, and filters (`author:zhang`, `year:2024..2026`). Pure functions.

import { folded, wordsOf } from "./fold.js";

export const FACETS = ["venue", "edition", "year", "topic", "tag", "track", "author", "institution", "code", "award", "limits"];
const TEXT_FIELDS = ["title", "id"]; // fields in which words are searched
/** Other names of fields, as readers guess them in English and German. */
const OTHER_NAMES = new Map(Object.entries({
  conference: "venue", series: "venue", authors: "author", person: "author", topics: "topic", affiliation: "institution",
  konferenz: "venue", tagung: "venue", ort: "venue", ausgabe: "edition", jahr: "year", thema: "topic", themen: "topic",
  autor: "author", schlagwort: "tag", autorin: "author", autoren: "author", einrichtung: "institution", institut: "institution",
  titel: "title", doi: "id", arxiv: "id", openreview: "id", acl: "id", hat: "has", auszeichnung: "award", preis: "award",
}));
/** The facets of the values of `has:`. */
const HAS = new Map(Object.entries({ code: "code", award: "award", awards: "award", limits: "limits", limitations: "limits", preis: "award", auszeichnung: "award", grenzen: "limits" }));
const MAX_FILTERS = 50; // the limit bounds the time to look up filters
// A minus, a field (but not `https:`), and a phrase, whose last quote may not be typed yet, or a word: `-author:"li`.
const TOKEN = /(-?)(?:([\p{L}_]+):(?!\/\/))?(?:"([^"]*)"?|(\S+))/gu;
const OR = /^(?:OR|ODER|\|)$/u;

/** Parse a query. @param {string} query @returns {ParsedQuery} */
export function parseQuery(query) {
  /** @type {Filter[]} */
  const filters = [];
  /** @type {Clause[]} */
  const clauses = [];
  const unknownFields = [];
  const text = [];
  let isOr = false;
  for (const [token, minus, name, quoted, bare] of normalized(query).matchAll(TOKEN)) {
    if (OR.test(token)) {
      isOr = clauses.length > 0;
      text.push(token);
      continue;
    }
    if (!name && fieldOf(bare?.match(/^(\p{L}+):$/u)?.[1] ?? "")) continue; // the value of the field is not typed yet
    const isExcluded = minus === "-";
    const field = name ? fieldOf(name) : "";
    const value = (quoted ?? bare).trim();
    if (FACETS.includes(field) || field === "has") {
      const facet = HAS.get(value.toLowerCase());
      if (!value || filters.length >= MAX_FILTERS) continue;
      if (field !== "has") filters.push({ facet: field, value, isExcluded });
      else filters.push(facet ? { facet, value: "yes", isExcluded } : { facet: "has", value, isExcluded });
      continue;
    }
    if (name && !field) unknownFields.push(name);
    text.push(token);
    const isTextField = TEXT_FIELDS.includes(field);
    const words = isTextField || quoted !== undefined || !name ? value : `${name} ${value}`;
    if (!wordsOf(words).length) continue;
    const unit = { text: words, isPhrase: quoted !== undefined, field: isTextField ? field : "" };
    const previous = clauses.at(-1);
    if (isOr && previous?.isExcluded === isExcluded) previous.units.push(unit);
    else clauses.push({ isExcluded, units: [unit] });
    isOr = false;
  }
  return { text: text.join(" "), filters, clauses, unknownFields };
}

/**
 * Normalize typographic quotes and dashes, drop dashes between words, and join words that a line break divided
 * (`mini- mization`). `state of the art` becomes `SOTA`.
 * @param {string} query
 */
function normalized(query) {
  return query.replace(/[“”„‟«»″]/gu, '"').replace(/(?<!\S)[−–—](?=\S)/gu, "-").replace(/(?<!\S)-\s+(?=\S)/gu, " ")
    .replace(/\bstate[\s-]of[\s-]the[\s-]art\b/giu, "SOTA").replace(/(?<=\p{L}{2}-)\s+(?=\p{Ll}{2})(?!(?:and|or|to|und|oder|bis)\s)/gu, "");
}

/** The field with a name or another name, or ''. @param {string} name */
function fieldOf(name) {
  const field = name.toLowerCase();
  return OTHER_NAMES.get(field) ?? ([...FACETS, ...TEXT_FIELDS, "has"].includes(field) ? field : "");
}

/** A filter in query syntax. @param {Filter} filter */
export function formatFilter({ facet, value, isExcluded }) {
  return `${isExcluded ? "-" : ""}${facet}:${/\s/u.test(value) ? `"${value}"` : value}`;
}

/** Two years, of which one may be missing, or a sign and a year. */
const SPAN = /^(?:(\d{4})?\s*(?:\.\.\.?|-|–|bis|to)\s*(\d{4})?|(>=?|<=?|≥|≤)\s*(\d{4}))$/u;

// A value of a facet is a list: 0 is its name, 1 the id, 2 the index of the parent, 3 the other names (`FacetValue`).

/**
 * The indexes of the years in `values` within a span (`2024..2026`, `>2023`, `2024-2026`); null if `typed` is not a
 * span.
 * @param {FacetValue[]} values @param {string} typed
 */
export function matchingYears(values, typed) {
  const [, first, last, sign, year] = SPAN.exec(typed.trim()) ?? [];
  if (!first && !last && !year) return null;
  const bound = Number(year);
  /** @param {number} value */
  const fits = (value) => {
    if (sign === ">") return value > bound;
    if (sign === "<") return value < bound;
    if (sign) return /[>≥]/u.test(sign) ? value >= bound : value <= bound;
    return value >= Number(first ?? 0) && value <= Number(last ?? 9999);
  };
  return [...values.keys()].filter((index) => fits(Number(values[index][0])));
}

/** The results of `wordsOfNames`. @type {WeakMap<FacetValue[], string[][][]>} */
const wordsByValues = new WeakMap();

/** The words of each name of each value: of its name and its other names. @param {FacetValue[]} values */
function wordsOfNames(values) {
  const words = wordsByValues.get(values)
    ?? values.map((value) => [value[0], ...(Array.isArray(value[3]) ? value[3] : [])].map(wordsOf));
  wordsByValues.set(values, words);
  return words;
}

/**
 * The indexes in `values` that match `typed`: an id, a whole name, or the beginnings of its words in any order.
 * @param {FacetValue[]} values @param {string} typed
 */
export function matchingValues(values, typed) {
  const name = wordsOf(typed).join(" ");
  if (!name) return [];
  const indexes = [...values.keys()];
  const names = wordsOfNames(values);
  const id = folded(typed);
  const equal = indexes.filter((index) => values[index][1] === id || names[index].some((words) => words.join(" ") === name));
  if (equal.length) return equal;
  const typedWords = name.split(" ");
  return indexes.filter((index) => names[index].some((words) => {
    const remaining = [...words]; // each word of the name matches one typed word
    return typedWords.every((word) => {
      const match = remaining.findIndex((other) => other.startsWith(word));
      if (match >= 0) remaining.splice(match, 1);
      return match >= 0;
    });
  }));
}

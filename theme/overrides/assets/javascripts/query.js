// Parses a query: words, phrases, exclusions, and filters (`author:zhang`, `year:2024..2026`). Pure functions.

import { folded, wordsOf } from "./fold.js";

export const FACETS = ["venue", "edition", "year", "topic", "tag", "track", "author", "institution", "code", "award", "limits"];
export const WITHIN = ["title", "id"]; // fields in which words are searched
const OTHER_NAMES = {
  conference: "venue", series: "venue", authors: "author", person: "author", topics: "topic", affiliation: "institution",
  konferenz: "venue", tagung: "venue", ort: "venue", ausgabe: "edition", jahr: "year", thema: "topic", themen: "topic",
  autor: "author", schlagwort: "tag", autorin: "author", autoren: "author", person_: "author", einrichtung: "institution", institut: "institution",
  titel: "title", doi: "id", arxiv: "id", openreview: "id", acl: "id", hat: "has", auszeichnung: "award", preis: "award",
};
const HAS = { code: "code", award: "award", awards: "award", limits: "limits", limitations: "limits", preis: "award", auszeichnung: "award", grenzen: "limits" };
const MOST_TERMS = 50; // terms in one query; the limit bounds the time to look them up
const PIECE = /(-?)(?:([\p{L}_]+):(?!\/\/))?(?:"([^"]*)"?|(\S+))/gu;
const OR = /^(?:OR|ODER|\|)$/u;

/**
 * Parse `query`: `{ text, terms, clauses, wrong }`.
 * `text` is the query without terms. A term is `{ facet, value, out }`. A clause is `{ out, any }`: a paper must have
 * at least one of its units `{ text, isPhrase, field }`. `wrong` are unknown field names.
 */
export function parsed(query) {
  const [terms, clauses, wrong, text] = [[], [], [], []];
  let isOr = false;
  for (const [whole, minus, name, quoted, bare] of plain(query).matchAll(PIECE)) {
    if (OR.test(whole)) {
      isOr = clauses.length > 0;
      text.push(whole);
      continue;
    }
    if (!name && fieldOf(bare?.match(/^(\p{L}+):$/u)?.[1] ?? "")) continue; // the value of the field is not typed yet
    const out = minus === "-";
    const field = name && fieldOf(name);
    const value = (quoted ?? bare).trim();
    if (FACETS.includes(field) || field === "has") {
      const facet = field === "has" ? HAS[value.toLowerCase()] : field;
      if (!value || terms.length >= MOST_TERMS) continue;
      terms.push(field !== "has" ? { facet, value, out } : facet ? { facet, value: "yes", out } : { facet: "has", value, out });
      continue;
    }
    if (name && !field) wrong.push(name);
    text.push(whole);
    const isWithin = WITHIN.includes(field);
    const typed = isWithin || quoted !== undefined ? value : name ? `${name} ${value}` : value;
    if (!wordsOf(typed).length) continue;
    const unit = { text: typed, isPhrase: quoted !== undefined, field: isWithin ? field : "" };
    if (isOr && clauses.at(-1).out === out) clauses.at(-1).any.push(unit);
    else clauses.push({ out, any: [unit] });
    isOr = false;
  }
  return { text: text.join(" "), terms, clauses, wrong };
}

/**
 * Normalize typographic quotes and dashes, and join words that a line break divided (`mini- mization`) or that mean one
 * thing together.
 */
function plain(query) {
  return query.replace(/[“”„‟«»″]/gu, '"').replace(/(?<!\S)[−–—](?=\S)/gu, "-").replace(/(?<!\S)-\s+(?=\S)/gu, " ")
    .replace(/\bstate[\s-]of[\s-]the[\s-]art\b/giu, "SOTA").replace(/(?<=\p{L}{2}-)\s+(?=\p{Ll}{2})(?!(?:and|or|to|und|oder|bis)\s)/gu, "");
}

/** The field with a name or alias, or ''. */
function fieldOf(name) {
  const field = name.toLowerCase();
  return OTHER_NAMES[field] ?? ([...FACETS, ...WITHIN, "has"].includes(field) ? field : "");
}

/** A term in query syntax. */
export function written({ facet, value, out }) {
  return `${out ? "-" : ""}${facet}:${/\s/u.test(value) ? `"${value}"` : value}`;
}

const SPAN = /^(?:(\d{4})?\s*(?:\.\.\.?|-|–|bis|to)\s*(\d{4})?|(>=?|<=?|≥|≤)\s*(\d{4}))$/u;

/**
 * The indexes of the years in `values` within a span (`2024..2026`, `>2023`, `2024-2026`); null if `typed` is not a
 * span.
 */
export function meantYears(values, typed) {
  const span = SPAN.exec(typed.trim());
  if (!span || !(span[1] || span[2] || span[4])) return null;
  const [, first, last, sign, bound] = span;
  const fits = sign
    ? (year) => ({ ">": year > +bound, "<": year < +bound }[sign] ?? (/[>≥]/u.test(sign) ? year >= +bound : year <= +bound))
    : (year) => year >= +(first ?? 0) && year <= +(last ?? 9999);
  return [...values.keys()].filter((at) => fits(+values[at][0]));
}

const folds = new WeakMap();

/** The words of the names of each value, computed once. */
function wordsOfAll(values) {
  if (!folds.has(values)) {
    folds.set(values, values.map((value) => [value[0], ...(Array.isArray(value[3]) ? value[3] : [])].map(wordsOf)));
  }
  return folds.get(values);
}

/** The indexes in `values` ([name, id, parent, other names]) that match `typed`: an id, a whole name, or its words. */
export function meantValues(values, typed) {
  const whole = wordsOf(typed).join(" ");
  if (!whole) return [];
  const places = [...values.keys()];
  const names = wordsOfAll(values);
  const id = folded(typed);
  const same = places.filter((at) => values[at][1] === id || names[at].some((name) => name.join(" ") === whole));
  if (same.length) return same;
  const wanted = whole.split(" ");
  return places.filter((at) => names[at].some((name) => {
    const left = [...name];
    return wanted.every((word) => {
      const match = left.findIndex((other) => other.startsWith(word));
      if (match >= 0) left.splice(match, 1);
      return match >= 0;
    });
  }));
}

// What a reader typed: words, and what narrows (`author:zhang`, `-topic:"language models"`). Pure text to values.

import { folded, wordsOf } from "./fold.js";

export const FACETS = ["venue", "edition", "year", "topic", "tag", "track", "author", "institution", "code", "award", "limits"];
const MOST_TERMS = 50; // that one query may hold; each is looked for among all values of its facet
const TERM = /(?<!\S)(-?)(\p{L}+):(?:"([^"]*)"?|(\S*))/gu;

/** `{ text, terms }`: the words without the terms, and each term as `{ facet, value, out }`. */
export function parsed(query) {
  const terms = [];
  const text = query.replace(TERM, (whole, out, name, quoted, bare) => {
    const facet = name.toLowerCase();
    if (!FACETS.includes(facet)) return whole;
    const value = (quoted ?? bare).trim();
    if (value && terms.length < MOST_TERMS) terms.push({ facet, value, out: out === "-" });
    return " ";
  });
  return { text: text.replace(/\s+/gu, " ").trim(), terms };
}

/** A term as it is typed. */
export function written({ facet, value, out }) {
  return `${out ? "-" : ""}${facet}:${/\s/u.test(value) ? `"${value}"` : value}`;
}

const folds = new WeakMap();

/** The words of the name of each of `values`, found once for all that is typed. */
function wordsOfAll(values) {
  if (!folds.has(values)) folds.set(values, values.map(([name]) => wordsOf(name)));
  return folds.get(values);
}

/** The places in `values` ([name, id] each) that `typed` means: an id, a whole name, or the beginnings of its words. */
export function meantValues(values, typed) {
  const whole = wordsOf(typed).join(" ");
  if (!whole) return [];
  const places = [...values.keys()];
  const names = wordsOfAll(values);
  const id = folded(typed);
  const same = places.filter((at) => values[at][1] === id || names[at].join(" ") === whole);
  if (same.length) return same;
  const wanted = whole.split(" ");
  return places.filter((at) => {
    const left = [...names[at]];
    return wanted.every((word) => {
      const found = left.findIndex((other) => other.startsWith(word));
      if (found >= 0) left.splice(found, 1);
      return found >= 0;
    });
  });
}

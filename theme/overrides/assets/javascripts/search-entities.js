// Suggestions while typing: papers, and pages by name: venues and editions, topics, tags, collections, terms, people
// and institutions. Topics are also found by their description.

import { folded, wordsOf } from "./fold.js";
import { parsed } from "./query.js";
import { data } from "./search-data.js";
import { find, paper } from "./search-engine.js";
import { stemOf } from "./search-index.js";
import { divided } from "./search-slots.js";
import { acronyms, isStop, isVague } from "./search-stop.js";
import { shard } from "./search-words.js";

const MOST = 3;
const [LOOKED_UP, OF_MANY] = [6, 2]; // words to look up names by; two of long queries, because any word may be part of a name
const KINDS = { a: "author", i: "institution", t: "term" };
const PLACES = { a: (id) => `authors/${id}/`, i: (id) => `institutions/${id}/`, t: (id) => `glossary/#${id}` };
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
const SCORES = { same: 10, whole: 6, begun: 4, within: 3, about: 2 };
const ALONE = new Set(["tag", "collection", "term"]); // kinds that are offered only if the query is their name, not if it contains it
const DESCRIBED = 0.8; // the weight of a word in a topic's description, relative to its name
const LEAST_ABOUT = 0.5; // the least share of a question's weight that a topic must have
const folds = new WeakMap();

/** Return the best pages for a query: `[{ kind, name, path, count }]`. */
export async function entities(query, most = MOST) {
  const text = query.replace(/[\p{L}_]+:/gu, " ");
  const typed = wordsOf(text).slice(0, 12);
  if (!typed.length) return [];
  const isOpen = !/\s$/u.test(query);
  const [places, names] = await Promise.all([data("search/places.json"), namesFor(typed, acronyms(text))]);
  const series = new Set(places.filter(([kind]) => kind === "series").map(([, name]) => folded(name)));
  const words = typed.flatMap((word) => (series.has(divided(word)?.[0]) ? divided(word) : [word]));
  const rows = [
    ...places.map((row) => ({ row, kind: row[0], path: row[2], score: scoreOf(row, row[4], words, isOpen) })),
    ...names.map((row) => ({ row, kind: KINDS[row[0]], path: PLACES[row[0]](row[2]), score: scoreOf(row, row[4], words, isOpen) })),
  ].filter(({ kind, score }) => !ALONE.has(kind) || score >= SCORES.begun);
  const question = words.filter((word) => !isStop(word) && !isVague(word)).map(stemOf);
  if (question.length > 1) {
    const unnamed = rows.filter(({ kind, score }) => kind === "topic" && !score);
    const scores = topicsAbout(question, places.filter(([kind]) => kind === "topic"));
    for (const one of unnamed) one.score = scores.get(one.row);
  }
  return rows.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || b.row[3] - a.row[3] || (a.row[1] < b.row[1] ? -1 : 1))
    .slice(0, most).map(({ row, kind, path }) => ({ kind, name: row[1], path, count: row[3] }));
}

/**
 * The people and institutions with a word of the query in their names. Linking words are looked up only if they are
 * `inCapitals`.
 */
async function namesFor(words, inCapitals) {
  const wanted = words.filter((word) => [...word].length > 1 && (!isStop(word) || inCapitals.includes(word)));
  const files = new Set(await Promise.all((wanted.length ? wanted : words).slice(0, wanted.length > LOOKED_UP ? OF_MANY : LOOKED_UP).map((word) => shard("names", word))));
  const rows = new Map();
  for (const file of files) for (const row of file ?? []) rows.set(`${row[0]}${row[2]}`, row);
  return [...rows.values()];
}

/** The words of each name of a row, in all spellings that people type. */
function namesOf(row, others) {
  if (!folds.has(row)) {
    folds.set(row, [row[1], ...(others ?? "").split("\n")].filter(Boolean).map((name) => [...new Set(spellings(name))]));
  }
  return folds.get(row);
}

/** The words of a name, as written and as people type them without umlauts. */
function spellings(name) {
  const typed = name.toLowerCase().replace(/[äöüøå]/gu, (letter) => UMLAUTS[letter]);
  return [wordsOf(name), ...(typed === name.toLowerCase() ? [] : [wordsOf(typed)])];
}

/** The best score of a row's names; among equals, pages with more papers come first. */
function scoreOf(row, others, words, isOpen) {
  let best = 0;
  for (const ways of namesOf(row, others)) for (const name of ways) best = Math.max(best, likeness(name, words, isOpen));
  return best && best + Math.log10(1 + row[3]) / 10;
}

/**
 * Score typed words for a name: the whole name, its words in any order, prefixes or initials of them, or the name
 * within the query.
 */
function likeness(name, words, isOpen) {
  if (!name.length) return 0;
  const left = [...name];
  let [begun, whole] = [0, 0];
  for (const [at, word] of words.entries()) {
    let match = left.indexOf(word);
    if (match < 0) {
      const mayGoOn = word.length === 1 || (isOpen && at === words.length - 1);
      match = left.findIndex((other) => (mayGoOn && other.startsWith(word)) || (other.length === 1 && word.startsWith(other)));
      begun++;
    }
    if (match < 0) return within(name, words);
    if (Math.min(left[match].length, word.length) > 1) whole++;
    left.splice(match, 1);
  }
  if (!whole && words.length > 1) return 0; // only initials match
  if (!whole && !name.some((other) => other.length > 1 && other.startsWith(words[0]))) return 0;
  if (!left.length && !begun) return name.join(" ") === words.join(" ") ? SCORES.same : SCORES.same - 0.5;
  return (begun ? SCORES.begun - begun / 2 : SCORES.whole) + (name.length - left.length) / name.length;
}

/** Score a name that the query contains as a whole. */
function within(name, words) {
  const isThere = name.every((part) => words.includes(part)) && name.some((part) => part.length > 2 && !isStop(part));
  return isThere ? SCORES.within + name.length / words.length : 0;
}

/** The topics by how much of a question their names and descriptions contain: a map from row to score. */
function topicsAbout(question, topics) {
  const wanted = topics.map((row) => [stemsIn(row[1], question), stemsIn(row[5], question)]);
  const weights = question.map((word) => {
    const count = wanted.filter(([named, described]) => named.has(word) || described.has(word)).length;
    return Math.log(1 + 1000 / (1 + count));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(topics.map((row, at) => {
    const [named, described] = wanted[at];
    const score = question.reduce((sum, word, place) => sum + (named.has(word) ? 1 : described.has(word) ? DESCRIBED : 0) * weights[place], 0) / total;
    return [row, score >= LEAST_ABOUT ? SCORES.about * score : 0];
  }));
}

/**
 * The stems of a question that a text contains. Only words with the same beginning are stemmed, because stemming is
 * slow.
 */
function stemsIn(text, question) {
  return new Set(wordsOf(text).filter((word) => question.some((stem) => word.startsWith(stem.slice(0, 2)))).map(stemOf)
    .filter((stem) => question.includes(stem)));
}

/** The first suggestions for `query`: `{ places, papers, count, words, changed }`, with at most `most` papers. */
export async function suggestions(query, most) {
  const { text, terms } = parsed(query);
  const [places, found] = await Promise.all([entities(query).catch(() => []), terms.length ? narrowed(query) : find(text)]);
  return {
    places,
    papers: await Promise.all(found.numbers.slice(0, most).map(paper)),
    count: found.whole || found.numbers.length,
    words: found.used,
    changed: found.used !== text && found.numbers.length > 0,
  };
}

/** Answer a query with fields. The scripts for it are loaded on demand. */
async function narrowed(query) {
  const [{ answer }, { read }] = await Promise.all([import("./search-answer.js"), import("./search-state.js")]);
  return answer({ ...read(""), query });
}

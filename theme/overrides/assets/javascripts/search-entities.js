// Finds pages by name: *places* (venues, editions, topics, tags, collections), terms, people and institutions. Topics
// are also found by their description.

import { folded, wordsOf } from "./fold.js";
import { fetchData } from "./search-data.js";
import { stemOf } from "./search-index.js";
import { splitYear } from "./search-slots.js";
import { acronyms, isStop, isVague } from "./search-stop.js";
import { shard } from "./search-words.js";

/**
 * @typedef {[kind: string, name: string, path: string, papers: number, otherNames?: string, description?: string]} Row
 *   a page, as generator/search/entities.py writes it; rows of people, institutions and terms have an id as path
 */

const MAX_ENTITIES = 3;
const MAX_WORDS = 12; // words of a query that are compared with names
const MAX_LOOKED_UP = 6; // words of a query to look up in names
const LOOKED_UP_IF_MORE = 2; // the same for a query with more words, which is rarely a name
/** The kinds of rows in the files of names. @type {Record<string, string>} */
const KINDS = { a: "author", i: "institution", t: "term" };
/** @type {Record<string, (id: string) => string>} */
const PATHS = { a: (id) => `authors/${id}/`, i: (id) => `institutions/${id}/`, t: (id) => `glossary/#${id}` };
/** @type {Record<string, string>} */
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
/** Scores of the whole name, some of its words, beginnings of words, the name within the query, and a topic's description. */
const SCORES = { name: 10, words: 6, prefixes: 4, within: 3, description: 2 };
const KINDS_BY_NAME_ONLY = new Set(["tag", "collection", "term"]); // kinds that need a score of at least `prefixes`
const DESCRIPTION_WEIGHT = 0.8; // the weight of a word in a topic's description, relative to its name
const MIN_TOPIC_SHARE = 0.5; // the least share of a question's weight that a topic must have
/** The results of `namesOf`. @type {WeakMap<Row, string[][]>} */
const wordsByRow = new WeakMap();

/** The best pages for a query. @param {string} query @param {number} limit @returns {Promise<PageMatch[]>} */
export async function entities(query, limit = MAX_ENTITIES) {
  const text = query.replace(/[\p{L}_]+:/gu, " ");
  const typed = wordsOf(text).slice(0, MAX_WORDS);
  if (!typed.length) return [];
  const isIncomplete = !/\s$/u.test(query);
  /** @type {[Row[], Row[]]} */
  const [places, names] = await Promise.all([fetchData("search/places.json"), namesFor(typed, acronyms(text))]);
  const series = new Set(places.filter(([kind]) => kind === "series").map(([, name]) => folded(name)));
  const words = typed.flatMap((word) => {
    const parts = splitYear(word);
    return parts && series.has(parts[0]) ? parts : [word]; // `iclr24` is the edition ICLR 2024
  });
  const rows = [
    ...places.map((row) => ({ row, kind: row[0], path: row[2], score: scoreOf(row, words, isIncomplete) })),
    ...names.map((row) => ({ row, kind: KINDS[row[0]], path: PATHS[row[0]](row[2]), score: scoreOf(row, words, isIncomplete) })),
  ].filter(({ kind, score }) => !KINDS_BY_NAME_ONLY.has(kind) || score >= SCORES.prefixes);
  const question = words.filter((word) => !isStop(word) && !isVague(word)).map(stemOf);
  if (question.length > 1) {
    const scores = topicScores(question, places.filter(([kind]) => kind === "topic"));
    for (const entry of rows) if (entry.kind === "topic" && !entry.score) entry.score = scores.get(entry.row) ?? 0;
  }
  return rows.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || b.row[3] - a.row[3] || (a.row[1] < b.row[1] ? -1 : 1))
    .slice(0, limit).map(({ row, kind, path }) => ({ kind, name: row[1], path, count: row[3] }));
}

/**
 * The rows of the files of names for the words of a query. Stop words are looked up only if they are `inCapitals`, or if
 * there are no other words.
 * @param {string[]} words @param {string[]} inCapitals @returns {Promise<Row[]>}
 */
async function namesFor(words, inCapitals) {
  const wanted = words.filter((word) => [...word].length > 1 && (!isStop(word) || inCapitals.includes(word)));
  const maxWords = wanted.length > MAX_LOOKED_UP ? LOOKED_UP_IF_MORE : MAX_LOOKED_UP;
  const files = new Set(await Promise.all((wanted.length ? wanted : words).slice(0, maxWords).map((word) => shard("names", word))));
  const rows = new Map(); // a person is in the files of several words
  for (const file of files) for (const row of file ?? []) rows.set(`${row[0]}${row[2]}`, row);
  return [...rows.values()];
}

/** The words of each name of a row, in all spellings that people type. @param {Row} row */
function namesOf(row) {
  const names = wordsByRow.get(row) ?? [row[1], ...(row[4] ?? "").split("\n")].filter(Boolean).flatMap(spellings);
  wordsByRow.set(row, names);
  return names;
}

/** The words of a name, as written and as people type them without umlauts. @param {string} name */
function spellings(name) {
  const typed = name.toLowerCase().replace(/[äöüøå]/gu, (letter) => UMLAUTS[letter]);
  return [wordsOf(name), ...(typed === name.toLowerCase() ? [] : [wordsOf(typed)])];
}

/** The best score of a row's names, and a little more for papers: 0.2 for 100 of them. @param {Row} row @param {string[]} words @param {boolean} isIncomplete */
function scoreOf(row, words, isIncomplete) {
  const best = Math.max(0, ...namesOf(row).map((name) => nameScore(name, words, isIncomplete)));
  return best && best + Math.log10(1 + row[3]) / 10;
}

/**
 * Score typed words for a name: the whole name, its words in any order, prefixes or initials of them, or the name
 * within the query.
 * @param {string[]} name @param {string[]} words @param {boolean} isIncomplete
 */
function nameScore(name, words, isIncomplete) {
  if (!name.length) return 0;
  const remaining = [...name]; // each word of the name matches one typed word
  let [prefixes, nonInitials] = [0, 0];
  for (const [index, word] of words.entries()) {
    let match = remaining.indexOf(word);
    if (match < 0) {
      const mayBePrefix = word.length === 1 || (isIncomplete && index === words.length - 1);
      // Or an initial of the name: "j" for "jane".
      match = remaining.findIndex((other) => (mayBePrefix && other.startsWith(word)) || (other.length === 1 && word.startsWith(other)));
      prefixes++;
    }
    if (match < 0) return scoreWithin(name, words);
    if (Math.min(remaining[match].length, word.length) > 1) nonInitials++;
    remaining.splice(match, 1);
  }
  if (!nonInitials && words.length > 1) return 0; // only initials match
  if (!nonInitials && !name.some((other) => other.length > 1 && other.startsWith(words[0]))) return 0;
  // All words: a little less for another order. Else the score depends on the share of the name that is typed.
  if (!remaining.length && !prefixes) return name.join(" ") === words.join(" ") ? SCORES.name : SCORES.name - 0.5;
  return (prefixes ? SCORES.prefixes - prefixes / 2 : SCORES.words) + (name.length - remaining.length) / name.length;
}

/** Score a name that the query contains as a whole. @param {string[]} name @param {string[]} words */
function scoreWithin(name, words) {
  const isWithin = name.every((part) => words.includes(part)) && name.some((part) => part.length > 2 && !isStop(part));
  return isWithin ? SCORES.within + name.length / words.length : 0;
}

/**
 * The scores of topics, by the share of a question's weight that their names and descriptions contain.
 * @param {string[]} question stems @param {Row[]} topics
 */
function topicScores(question, topics) {
  const stems = topics.map((row) => ({ named: stemsIn(row[1], question), described: stemsIn(row[5] ?? "", question) }));
  const weights = question.map((word) => { // words of few topics weigh more
    const count = stems.filter(({ named, described }) => named.has(word) || described.has(word)).length;
    return Math.log(1 + 1000 / (1 + count));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(topics.map((row, index) => {
    const { named, described } = stems[index];
    const score = question.reduce((sum, word, position) =>
      sum + (named.has(word) ? 1 : described.has(word) ? DESCRIPTION_WEIGHT : 0) * weights[position], 0) / total;
    return [row, score >= MIN_TOPIC_SHARE ? SCORES.description * score : 0];
  }));
}

/**
 * The stems of a question that a text contains. Only words with the same beginning are stemmed, because stemming is
 * slow.
 * @param {string} text @param {string[]} question
 */
function stemsIn(text, question) {
  return new Set(wordsOf(text).filter((word) => question.some((stem) => word.startsWith(stem.slice(0, 2)))).map(stemOf)
    .filter((stem) => question.includes(stem)));
}

// What a box offers while a reader types: papers, and pages by their names: venues and their editions, topics, tags, collections, terms,
// people and institutions; topics also by what they are about.

import { folded, wordsOf } from "./fold.js";
import { parsed } from "./query.js";
import { data } from "./search-data.js";
import { find, paper } from "./search-engine.js";
import { stemOf } from "./search-index.js";
import { divided } from "./search-slots.js";
import { acronyms, isStop, isVague } from "./search-stop.js";
import { shard } from "./search-words.js";

const MOST = 3;
const [LOOKED_UP, OF_MANY] = [6, 2]; // words by which names are looked up: two of more than six, as any word leads to a name
const KINDS = { a: "author", i: "institution", t: "term" };
const PLACES = { a: (id) => `authors/${id}/`, i: (id) => `institutions/${id}/`, t: (id) => `glossary/#${id}` };
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };
const SCORES = { same: 10, whole: 6, begun: 4, within: 3, about: 2 };
const ALONE = new Set(["tag", "collection", "term"]); // offered where the query is their name, not where it has it within
const DESCRIBED = 0.8; // of what a word of a topic's name counts, one of its description does
const LEAST_ABOUT = 0.5; // of what a question tells, that a topic's description must have
const folds = new WeakMap();

/** The best pages for a query: `[{ kind, name, path, count }]`. */
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

/** The people and institutions of whose names one word is typed. Of words that link others only `inCapitals` are looked up. */
async function namesFor(words, inCapitals) {
  const wanted = words.filter((word) => [...word].length > 1 && (!isStop(word) || inCapitals.includes(word)));
  const files = new Set(await Promise.all((wanted.length ? wanted : words).slice(0, wanted.length > LOOKED_UP ? OF_MANY : LOOKED_UP).map((word) => shard("names", word))));
  const rows = new Map();
  for (const file of files) for (const row of file ?? []) rows.set(`${row[0]}${row[2]}`, row);
  return [...rows.values()];
}

/** Each name of a row as its words, each word in all ways in which it is typed. */
function namesOf(row, others) {
  if (!folds.has(row)) {
    folds.set(row, [row[1], ...(others ?? "").split("\n")].filter(Boolean).map((name) => [...new Set(spellings(name))]));
  }
  return folds.get(row);
}

function spellings(name) {
  const typed = name.toLowerCase().replace(/[äöüøå]/gu, (letter) => UMLAUTS[letter]);
  return [wordsOf(name), ...(typed === name.toLowerCase() ? [] : [wordsOf(typed)])];
}

function scoreOf(row, others, words, isOpen) {
  let best = 0;
  for (const ways of namesOf(row, others)) for (const name of ways) best = Math.max(best, likeness(name, words, isOpen));
  return best && best + Math.log10(1 + row[3]) / 10;
}

/** How well typed words fit a name: the whole name, its words in any order, begun or as initials, or the name among others. */
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
  if (!whole && words.length > 1) return 0; // initials alone
  if (!whole && !name.some((other) => other.length > 1 && other.startsWith(words[0]))) return 0;
  if (!left.length && !begun) return name.join(" ") === words.join(" ") ? SCORES.same : SCORES.same - 0.5;
  return (begun ? SCORES.begun - begun / 2 : SCORES.whole) + (name.length - left.length) / name.length;
}

/** A name that stands whole among what was typed. */
function within(name, words) {
  const isThere = name.every((part) => words.includes(part)) && name.some((part) => part.length > 2 && !isStop(part));
  return isThere ? SCORES.within + name.length / words.length : 0;
}

/** How much of a question each topic's name and description have: a map from its row to a score. */
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

/** Which stems of a question a text has. Only words that begin as one of them are stemmed: stemming all takes too long. */
function stemsIn(text, question) {
  return new Set(wordsOf(text).filter((word) => question.some((stem) => word.startsWith(stem.slice(0, 2)))).map(stemOf)
    .filter((stem) => question.includes(stem)));
}

/** What `query` leads to first: `{ places, papers, count, words, changed }`, at most `most` papers. */
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

/** The answer to a query whose fields narrow it; what that needs is fetched only then. */
async function narrowed(query) {
  const [{ answer }, { read }] = await Promise.all([import("./search-answer.js"), import("./search-state.js")]);
  return answer({ ...read(""), query });
}

// The vocabulary of the digest, in files by first and last letters: whether a word exists, which titles and names have
// it, and which words are similar.

import { data, start } from "./search-data.js";
import { stemOf } from "./search-index.js";
import { rootOf } from "./search-meaning.js";
import { WEIGHTS } from "./search-ranking.js";

const [CUT, DEEPEST] = [2, 4]; // letters in the name of a file, at least and at most
const MOST_BEGUN = 40; // completions of an incomplete word
/** @typedef {{ count: number, titles: number[], people: number[] }} Word how many papers have a word, and whose title or people */

/** @type {Word} */
const NONE = { count: 0, titles: [], people: [] };

/** The name of a file for letters, as `file_name` in generator/search/shards.py writes it. */
function fileName(letters) {
  return [...letters].map((c) => (/[a-z0-9]/.test(c) ? c : `-${c.codePointAt(0).toString(16)}`)).join("");
}

/** The file of `kind` (`words`, `ends`, `names`, `ids`) for a key, by its first or last letters. */
export async function shard(kind, key, isLast = false) {
  const files = (await start())[kind];
  const letters = [...key];
  for (let count = DEEPEST; count >= CUT; count--) {
    const name = fileName(isLast ? letters.slice(-count) : letters.slice(0, count));
    if (files.has(name)) return data(`search/${kind === "ends" ? "words/ends" : kind}/${files.get(name)}.json`);
  }
  return null;
}

const beginning = async (word) => (await shard("words", word)) ?? {};
const ending = async (word) => (await shard("ends", word, true)) ?? {};

/** Convert differences to numbers. */
function numbers(steps = []) {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** Parse the line of a word: `{ count, titles, people }`. */
function entry(line) {
  if (line === undefined) return NONE;
  const [count, titles, people] = Array.isArray(line) ? line : [line];
  return { count, titles: numbers(titles), people: numbers(people) };
}

/** The entry of a word in a file. `hasOwn` is needed for words such as "constructor". */
function own(file, word) {
  return Object.hasOwn(file, word) ? entry(file[word]) : NONE;
}

/** The entry of a word: `{ count, titles, people }`. */
export async function known(word) {
  return [...word].length < CUT ? NONE : own(await beginning(word), word);
}

/** The most frequent words that begin with `word`, without itself. */
export async function begun(word) {
  if ([...word].length < CUT) return [];
  const files = (await start()).words;
  const name = fileName([...word]);
  const cut = [...files].filter(([letters]) => letters.startsWith(name)).map(([, file]) => file);
  const found = Object.assign({}, await beginning(word),
    ...await Promise.all([...new Set(cut)].slice(0, 6).map((file) => data(`search/words/${file}.json`))));
  return Object.keys(found).filter((other) => other.startsWith(word) && other !== word && !other.endsWith(":"))
    .map((other) => [other, entry(found[other]).count]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_BEGUN).map(([other]) => other);
}

const SHORTEST_KIN = 5; // letters; shorter words have no related words
const MOST_KIN = 6;

/** The most frequent words with the same root as `word` and another stem: privacy and private. */
export async function kin(word) {
  if (word.length < SHORTEST_KIN) return [];
  const [root, stemmed] = [rootOf(word), stemOf(word)];
  const counts = new Map();
  for (const [other, line] of Object.entries(await beginning(word))) {
    if (other.length >= SHORTEST_KIN && !other.endsWith(":") && stemOf(other) !== stemmed && rootOf(other) === root) counts.set(other, entry(line).count);
  }
  const stems = new Map([...counts].sort((a, b) => b[1] - a[1]).map(([other]) => [stemOf(other), other]));
  return [...stems.values()].slice(0, MOST_KIN);
}

/** The candidates for a mistyped `word`, with their counts: words with the same beginning or ending. */
export async function neighbours(word) {
  const files = await start();
  const letters = [...word];
  const [first, last] = [fileName(letters.slice(0, CUT)), fileName(letters.slice(-CUT))];
  const wide = letters.length <= 2 * DEEPEST; // two mistakes in a short word may change both its beginning and its ending
  const named = (names, fits) => [...new Set([...names].filter(([name]) => fits(name)).map(([, file]) => file))];
  const found = await Promise.all([
    beginning(word), ending(word),
    ...(wide ? named(files.ends, (name) => name.endsWith(last)).map((name) => data(`search/words/ends/${name}.json`)) : []),
    ...(wide ? named(files.words, (name) => name.startsWith(first)).map((name) => data(`search/words/${name}.json`)) : []),
  ]);
  return new Map(Object.entries(Object.assign({}, ...found)).filter(([other]) => !other.endsWith(":"))
    .map(([other, line]) => [other, entry(line)]));
}

/** Pairs of known words that give `word` without a space, the most frequent first. */
export async function halves(word) {
  const [left, right] = await Promise.all([beginning(word), ending(word)]);
  const pairs = [];
  for (const second of Object.keys(right)) {
    if (!word.endsWith(second) || second.length >= word.length - 2) continue;
    const first = word.slice(0, -second.length);
    const count = Math.min(own(left, first).count, entry(right[second]).count);
    if (count > 0) pairs.push({ words: [first, second], count });
  }
  return pairs.sort((a, b) => b.count - a.count).map(({ words }) => words);
}

/**
 * Find a piece of a query in titles and names: `{ weight, titles, people, head }` for `ranked`.
 * `others` are words of similar meaning; with `isOpen`, the piece may be incomplete.
 */
export async function places({ parts, joined }, others, isOpen, papers) {
  const word = parts.length === 1 ? parts[0] : joined;
  const [titles, people] = [new Map(), new Map()];
  const put = (line, exactly) => {
    for (const number of line.titles) if (!(titles.get(number) >= exactly)) titles.set(number, exactly);
    for (const number of line.people) if (!(people.get(number) >= exactly)) people.set(number, exactly);
  };
  const file = [...word].length > 1 ? await beginning(word) : {};
  const line = own(file, word);
  put(line, 1);
  const stemmed = stemOf(word);
  for (const other of Object.keys(file)) {
    if (other === word || other.endsWith(":")) continue;
    if (stemOf(other) === stemmed) put(entry(file[other]), WEIGHTS.inflected);
    else if (isOpen && other.startsWith(word)) put(entry(file[other]), WEIGHTS.begun);
  }
  if (parts.length > 1) put(await inParts(parts), 1);
  for (const other of others) put(await inParts(other), WEIGHTS.meant);
  const seen = Math.max(titles.size + people.size, 1);
  return { weight: Math.log(1 + papers / seen), titles, people, head: numbers(file[`${word}:`]?.[1]) };
}

/** The papers with all `parts` in the title, or all in names. */
async function inParts(parts) {
  const lines = await Promise.all(parts.filter((part) => [...part].length > 1).map(known));
  const shared = (field) => (lines[0]?.[field] ?? []).filter((one) => lines.every((other) => other[field].includes(one)));
  return { titles: shared("titles"), people: shared("people") };
}

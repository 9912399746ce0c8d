// The vocabulary of the digest, in files by first and last letters: which titles and names have a word, and which words
// are similar to it.

import { fetchData, searchIndex } from "./search-data.js";
import { stemOf } from "./search-index.js";
import { rootOf } from "./search-meaning.js";
import { WEIGHTS } from "./search-ranking.js";

/** @typedef {{ count: number, titles: number[], people: number[] }} Word how many papers have a word, and which have it in title or names */
/** @typedef {number | [count: number, titleSteps?: number[], peopleSteps?: number[]]} PackedWord a word, as generator/search/words.py writes it */
/** @typedef {Record<string, PackedWord>} WordFile a key with a colon is the name before a title's colon */

const [MIN_LETTERS, MAX_LETTERS] = [2, 4]; // letters in the name of a file, at least and at most
const MAX_COMPLETIONS = 40;
const MAX_FILES = 6; // files to search for completions; a short beginning has more

/** @type {Word} */
const NONE = { count: 0, titles: [], people: [] };

/** The name of a file for letters, as `file_name` in generator/search/shards.py writes it. @param {string[]} letters */
function fileName(letters) {
  return letters.map((letter) => (/[a-z0-9]/.test(letter) ? letter : `-${letter.codePointAt(0)?.toString(16)}`)).join("");
}

/**
 * The file for a key, by its first or last letters; null if there is none.
 * @param {"words" | "ends" | "names" | "ids"} kind @param {string} key @param {boolean} byEnding @returns {Promise<any>}
 */
export async function shard(kind, key, byEnding = false) {
  const files = (await searchIndex())[kind];
  const letters = [...key];
  for (let count = MAX_LETTERS; count >= MIN_LETTERS; count--) { // the file with the most letters: full files are divided by further letters
    const file = files.get(fileName(byEnding ? letters.slice(-count) : letters.slice(0, count)));
    if (file) return fetchData(`search/${kind === "ends" ? "words/ends" : kind}/${file}.json`);
  }
  return null;
}

/** The words with the same beginning. @param {string} word @returns {Promise<WordFile>} */
const sameBeginning = async (word) => (await shard("words", word)) ?? {};
/** The words with the same ending. @param {string} word @returns {Promise<WordFile>} */
const sameEnding = async (word) => (await shard("ends", word, true)) ?? {};

/** Whether a key of a file is a word, not a name before a colon. @param {string} key */
const isWord = (key) => !key.endsWith(":");

/** Convert the differences between numbers to the numbers. @param {number[]} steps */
function numbersOf(steps = []) {
  let number = 0;
  return steps.map((step) => (number += step));
}

/** Unpack a word. @param {PackedWord} packed @returns {Word} */
function unpack(packed) {
  const [count, titles, people] = Array.isArray(packed) ? packed : [packed];
  return { count, titles: numbersOf(titles), people: numbersOf(people) };
}

/** The word in a file, or NONE. `hasOwn` is needed for words such as "constructor". @param {WordFile} file @param {string} word */
function wordIn(file, word) {
  return Object.hasOwn(file, word) ? unpack(file[word]) : NONE;
}

/** The papers with a word, or NONE. @param {string} word */
export async function lookUp(word) {
  return [...word].length < MIN_LETTERS ? NONE : wordIn(await sameBeginning(word), word);
}

/** The most frequent words that begin with `word`, without itself. @param {string} word */
export async function completions(word) {
  if ([...word].length < MIN_LETTERS) return [];
  const name = fileName([...word]);
  const files = new Set([...(await searchIndex()).words].filter(([letters]) => letters.startsWith(name)).map(([, file]) => file));
  /** @type {WordFile} */
  const words = Object.assign({}, await sameBeginning(word),
    ...await Promise.all([...files].slice(0, MAX_FILES).map((file) => fetchData(`search/words/${file}.json`))));
  return Object.keys(words).filter((other) => other.startsWith(word) && other !== word && isWord(other))
    .map((other) => ({ other, count: unpack(words[other]).count })).sort((a, b) => b.count - a.count || (a.other < b.other ? -1 : 1))
    .slice(0, MAX_COMPLETIONS).map(({ other }) => other);
}

const MIN_RELATED_LENGTH = 5; // letters; shorter words share their root with unrelated ones
const MAX_RELATED = 6;

/** Words with the same root as `word` and another stem, the most frequent first: privacy and private. @param {string} word */
export async function relatedWords(word) {
  if (word.length < MIN_RELATED_LENGTH) return [];
  const [root, stemmed] = [rootOf(word), stemOf(word)];
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [other, packed] of Object.entries(await sameBeginning(word))) {
    if (other.length >= MIN_RELATED_LENGTH && isWord(other) && stemOf(other) !== stemmed && rootOf(other) === root) counts.set(other, unpack(packed).count);
  }
  // One word for each stem, whichever it is: it finds all words of the stem.
  const byStem = new Map([...counts].sort((a, b) => b[1] - a[1]).map(([other]) => [stemOf(other), other]));
  return [...byStem.values()].slice(0, MAX_RELATED);
}

/** The candidates for a mistyped `word`: words with the same beginning or ending. @param {string} word */
export async function neighbors(word) {
  const index = await searchIndex();
  const letters = [...word];
  const [first, last] = [fileName(letters.slice(0, MIN_LETTERS)), fileName(letters.slice(-MIN_LETTERS))];
  const isShort = letters.length <= 2 * MAX_LETTERS; // two mistakes in a short word may change both its beginning and its ending
  /** @param {Map<string, string>} files @param {(letters: string) => boolean} fits */
  const filesWith = (files, fits) => [...new Set([...files].filter(([name]) => fits(name)).map(([, file]) => file))];
  /** @type {WordFile[]} */
  const files = await Promise.all([
    sameBeginning(word), sameEnding(word),
    ...(isShort ? filesWith(index.ends, (name) => name.endsWith(last)).map((name) => fetchData(`search/words/ends/${name}.json`)) : []),
    ...(isShort ? filesWith(index.words, (name) => name.startsWith(first)).map((name) => fetchData(`search/words/${name}.json`)) : []),
  ]);
  return new Map(Object.entries(/** @type {WordFile} */ (Object.assign({}, ...files))).filter(([other]) => isWord(other))
    .map(([other, packed]) => [other, unpack(packed)]));
}

/** Pairs of known words that give `word` without a space, the most frequent first. @param {string} word */
export async function splits(word) {
  const [left, right] = await Promise.all([sameBeginning(word), sameEnding(word)]);
  const pairs = [];
  for (const second of Object.keys(right)) {
    if (!word.endsWith(second) || second.length >= word.length - 2) continue;
    const first = word.slice(0, -second.length);
    const count = Math.min(wordIn(left, first).count, unpack(right[second]).count);
    if (count > 0) pairs.push({ words: [first, second], count });
  }
  return pairs.sort((a, b) => b.count - a.count).map(({ words }) => words);
}

/**
 * Find a piece of a query (a text between spaces) in titles and names. `others` are words of similar meaning; with
 * `isIncomplete`, the piece may be the beginning of a word.
 * @param {Piece} piece @param {string[][]} others @param {boolean} isIncomplete @param {number} paperCount @returns {Promise<TitleMatch>}
 */
export async function titleMatch({ parts, joined }, others, isIncomplete, paperCount) {
  const word = parts.length === 1 ? parts[0] : joined;
  const [titles, people] = [new Map(), new Map()];
  /** Add papers, unless they match more exactly already. @param {Omit<Word, "count">} word @param {number} exactness */
  const addPapers = (word, exactness) => {
    for (const number of word.titles) titles.set(number, Math.max(titles.get(number) ?? 0, exactness));
    for (const number of word.people) people.set(number, Math.max(people.get(number) ?? 0, exactness));
  };
  const file = [...word].length > 1 ? await sameBeginning(word) : {};
  addPapers(wordIn(file, word), 1);
  const stemmed = stemOf(word);
  for (const other of Object.keys(file)) {
    if (other === word || !isWord(other)) continue;
    if (stemOf(other) === stemmed) addPapers(unpack(file[other]), WEIGHTS.inflected);
    else if (isIncomplete && other.startsWith(word)) addPapers(unpack(file[other]), WEIGHTS.completed);
  }
  if (parts.length > 1) addPapers(await papersWithAll(parts), 1);
  for (const other of others) addPapers(await papersWithAll(other), WEIGHTS.meaning);
  const count = Math.max(titles.size + people.size, 1);
  return { weight: Math.log(1 + paperCount / count), titles, people, heads: wordIn(file, `${word}:`).titles };
}

/** The papers with all `parts` in the title, or all in names. @param {string[]} parts */
async function papersWithAll(parts) {
  const words = await Promise.all(parts.filter((part) => [...part].length > 1).map(lookUp));
  /** @param {"titles" | "people"} field */
  const shared = (field) => (words[0]?.[field] ?? []).filter((number) => words.every((word) => word[field].includes(number)));
  return { titles: shared("titles"), people: shared("people") };
}

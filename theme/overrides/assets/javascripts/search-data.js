// The files of search, each fetched once on first use: the index of files, words, chunks of Pagefind's index, and
// results.

import { base } from "./dom.js";

/**
 * @typedef {object} SearchIndex what every search needs (generator/search/all.py)
 * @property {string} digest the version of the other files
 * @property {number} paperCount
 * @property {number[]} lengths the number of words in the title of each paper
 * @property {boolean} isLarge whether searches use fewer files, because each is large
 * @property {string[]} fields the fields of Pagefind's index besides the content
 * @property {string[][]} topics the topics of each paper, as a character each
 * @property {[string, string][]} chunks the first stem in each chunk of Pagefind's index, and the name of its file
 * @property {[string, number][]} parts the name and number of papers of each part of the results
 * @property {number} together the number of results in a file
 * @property {Map<string, string>} words the files of words by first letters
 * @property {Map<string, string>} ends the files of words by last letters
 * @property {Map<string, string>} names the files of names by first letters
 * @property {Map<string, string>} ids the files of identifiers by last letters
 */

const SIGNATURE_LENGTH = 12; // bytes before the content of a file of Pagefind: "pagefind_dcd"
const LARGE = 4000; // papers; from here on, a search uses fewer files
/** @type {Map<string, Promise<any>>} */
const promises = new Map();

/**
 * The promise of the first call of `load` for `key`. A failed one is dropped: the next call tries again.
 * @template T @param {string} key @param {() => Promise<T>} load @returns {Promise<T>}
 */
function memo(key, load) {
  const cached = promises.get(key);
  if (cached) return cached;
  const promise = load();
  promise.catch(() => promises.delete(key));
  promises.set(key, promise);
  return promise;
}

/** Fetch a URL. Throws for an error status. @param {URL} url @param {RequestInit} [options] */
async function fetchUrl(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response;
}

/**
 * A JSON file of search, in the version that `index.json` names. Throws if the server does not return it.
 * @param {string} path @returns {Promise<any>}
 */
export function fetchData(path) {
  return memo(path, async () => {
    const { digest } = await searchIndex();
    return (await fetchUrl(new URL(`${path}?v=${digest}`, base))).json();
  });
}

/** Fetch the files that every search needs, before it requests them. */
export function prefetchShared() {
  return Promise.all([fetchData("search/meanings.json"), fetchData("search/places.json")]);
}

/** The decompressed bytes of a file of Pagefind, without its signature. @param {string} path */
function fetchPagefind(path) {
  return memo(path, async () => {
    let bytes = new Uint8Array(await (await fetchUrl(new URL(path, base))).arrayBuffer());
    if (bytes[0] === 0x1f) { // gzip; some servers and browsers decompress it already
      bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
    }
    return bytes.subarray(SIGNATURE_LENGTH);
  });
}

/** The file of each combination of letters: "ab ac|ad" are the files `ab` (of `ab` and `ac`) and `ad`. @param {string} names @returns {Map<string, string>} */
function filesByLetters(names) {
  return new Map(names.split("|").filter(Boolean).map((file) => file.split(" "))
    .flatMap((letters) => letters.map((key) => /** @type {const} */ ([key, letters[0]]))));
}

/** The index of files. The browser checks for a new one, because it names the version of the others. @returns {Promise<SearchIndex>} */
export function searchIndex() {
  return memo("index", async () => {
    const index = await (await fetchUrl(new URL("search/index.json", base), { cache: "no-cache" })).json();
    // A digit for each paper: "7a" are titles of 7 and 10 words.
    const lengths = Array.from(index.lengths, (digit) => Number.parseInt(digit, 36));
    const topics = Array.from(index.topics.match(/../gsu) ?? [], (pair) => [...pair]);
    return {
      ...index, lengths, isLarge: lengths.length >= LARGE, topics, paperCount: lengths.length, words: filesByLetters(index.words),
      ends: filesByLetters(index.ends), names: filesByLetters(index.names), ids: filesByLetters(index.ids),
    };
  });
}

/** The only chunk of the index that may contain a stem; null if the index is empty. @param {string} stem */
export async function chunk(stem) {
  const { chunks } = await searchIndex();
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (comesAfter(chunks[middle][0], stem)) high = middle - 1;
    else low = middle;
  }
  return chunks.length ? fetchPagefind(`pagefind/index/${chunks[low][1]}.pf_index`) : null;
}

/**
 * Whether `a` comes after `b` by code points. This is the byte order of the index, but not that of JavaScript strings,
 * which compare UTF-16 code units.
 * @param {string} a @param {string} b
 */
function comesAfter(a, b) {
  const [left, right] = [a, b].map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  for (const [index, code] of left.entries()) {
    if (index >= right.length) return true;
    if (code !== right[index]) return code > right[index];
  }
  return false;
}

/** The result data of a paper. @param {number} number @returns {Promise<PaperData>} */
export async function paper(number) {
  const { parts, together } = await searchIndex();
  let position = number; // in its part
  const part = parts.find(([, size]) => {
    if (position < size) return true;
    position -= size;
    return false;
  });
  if (!part) throw new RangeError(`no paper has the number ${number}`);
  const file = `pagefind/fragment/${part[0]}_${Math.floor(position / together).toString(36)}.pf_fragment`;
  const papers = await memo(`parsed ${file}`, async () => JSON.parse(new TextDecoder().decode(await fetchPagefind(file))));
  return papers[position % together];
}

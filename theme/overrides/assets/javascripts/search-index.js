// Reads Pagefind's index: the papers that contain a word, in which fields, and at which positions. A chunk is CBOR
// (RFC 8949): `[[[word, papers, variants], …]]`, with papers as `[step, positions, positions in fields]`; steps and
// positions are differences. A negative number is a weight or a field; positions after it count from zero. Words are stems.

import { chunk, searchIndex } from "./search-data.js";
import { stem } from "./vendor/porter2.js";

/** @typedef {[step: number, positions: number[], inFields: number[]][]} PackedPapers */
/** @typedef {{ papers: PackedPapers[], postings?: Postings }} Entry the packed papers of each form of a word; its postings once unpacked */

const BODY = "summary"; // the field that Pagefind calls the content
/** The entries of each chunk by stem, decoded once. @type {WeakMap<Uint8Array, Map<string, Entry>>} */
const entriesByChunk = new WeakMap();

/** The stem of a folded English word. Other words are their own stems. @param {string} word @returns {string} */
export function stemOf(word) {
  return /^[a-z0-9]*[a-z][a-z0-9]*$/u.test(word) ? stem(word) : word;
}

/** The postings of a stem. @param {string} stemmed @returns {Promise<Postings>} */
export async function postings(stemmed) {
  const bytes = await chunk(stemmed);
  if (!bytes) return new Map();
  const entries = entriesByChunk.get(bytes) ?? readEntries(bytes);
  entriesByChunk.set(bytes, entries);
  const entry = entries.get(stemmed);
  if (!entry) return new Map();
  const { fields } = await searchIndex();
  entry.postings ??= unpack(entry.papers, fields); // a chunk has thousands of words, of which few are searched
  return entry.postings;
}

/** The entries of a chunk by stem. The forms of a word differ in accents. @param {Uint8Array} bytes @returns {Map<string, Entry>} */
function readEntries(bytes) {
  /** @type {[[string, PackedPapers, [string, PackedPapers][]][]]} */
  const [words] = decode(bytes);
  return new Map(words.map(([word, papers, variants]) => [word, { papers: [papers, ...variants.map(([, others]) => others)] }]));
}

/** Unpack the postings of the forms of a word into one. @param {PackedPapers[]} forms @param {string[]} fields @returns {Postings} */
function unpack(forms, fields) {
  const unpacked = new Map();
  for (const papers of forms) {
    let number = 0;
    for (const [step, body, inFields] of papers) {
      number += step;
      const positions = unpacked.get(number) ?? {};
      addPositions(positions, body, () => BODY);
      addPositions(positions, inFields, (field) => fields[-field - 1]);
      unpacked.set(number, positions);
    }
  }
  return unpacked;
}

/**
 * Add `numbers` to `positions`: a negative number names the field of the numbers after it.
 * @param {Positions} positions @param {number[]} numbers @param {(field: number) => string} nameOf
 */
function addPositions(positions, numbers, nameOf) {
  let [field, position] = [BODY, 0];
  for (const number of numbers) {
    if (number < 0) [field, position] = [nameOf(number), 0];
    else {
      position += number;
      positions[field] ??= [];
      positions[field].push(position);
    }
  }
}

/** Decode CBOR that consists of integers, texts and lists. @param {Uint8Array} bytes @returns {any} */
function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf8 = new TextDecoder(); // CBOR texts are UTF-8
  let next = 0; // position of the next byte

  /** The value or length in the head of an item: `low`, its lower five bits, or the next 1, 2 or 4 bytes. @param {number} low */
  function size(low) {
    if (low < 24) return low;
    const [length, value] = low === 24 ? [1, view.getUint8(next)] : low === 25 ? [2, view.getUint16(next)] : [4, view.getUint32(next)];
    next += length;
    return value;
  }

  function item() {
    const head = bytes[next++];
    const count = size(head & 0x1f);
    switch (head >> 5) { // the major type
      case 0: return count;
      case 1: return -1 - count;
      case 3: {
        next += count;
        return utf8.decode(bytes.subarray(next - count, next));
      }
      default: {
        const list = new Array(count);
        for (let index = 0; index < count; index++) list[index] = item();
        return list;
      }
    }
  }
  return item();
}

/** The papers with `stems` in sequence in one field. The positions are those of the first stem. @param {string[]} stems @returns {Promise<Postings>} */
export async function phrasePostings(stems) {
  const [first, ...rest] = await Promise.all(stems.map(postings));
  const matches = new Map();
  for (const [number, positions] of first) {
    const others = rest.map((papers) => papers.get(number)).filter((other) => other !== undefined);
    if (others.length < rest.length) continue;
    /** @type {Positions} */
    const starts = {};
    for (const [field, inField] of Object.entries(positions)) {
      const matching = inField.filter((position) => isSequence(position, others.map((other) => other[field] ?? [])));
      if (matching.length) starts[field] = matching;
    }
    if (Object.keys(starts).length) matches.set(number, starts);
  }
  return matches;
}

/**
 * Whether each list of `others` continues a sequence from `position` on: by the next position, or by the same one, which
 * parts of a hyphenated word share.
 * @param {number} position @param {number[][]} others
 */
function isSequence(position, others) {
  let ends = [position];
  for (const positions of others) {
    ends = positions.filter((next) => ends.some((end) => next === end + 1 || next === end));
    if (!ends.length) return false;
  }
  return true;
}

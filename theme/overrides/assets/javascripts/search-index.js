// Reads Pagefind's index: the papers that contain a word, in which fields, and at which positions. A chunk is CBOR:
// `[[[word, papers, variants], …]]`, with papers as `[step, places, places in fields]`. A negative number among the
// places is a weight or a field; the places after it count from zero. Words are stems.

import { chunk, start } from "./search-data.js";
import { stem } from "./vendor/porter2.js";

export const BODY = "summary";
const chunks = new WeakMap();

/** The stem of a folded English word. Other words are their own stems. */
export function stemOf(word) {
  return /^[a-z0-9]*[a-z][a-z0-9]*$/u.test(word) ? stem(word) : word;
}

/** The postings of a stem: a map from the number of each paper to `{ field: [places] }`. */
export async function postings(stemmed) {
  const bytes = await chunk(stemmed);
  if (!bytes) return new Map();
  if (!chunks.has(bytes)) chunks.set(bytes, new Map(decoded(bytes)[0].map((entry) => [entry[0], entry])));
  const entry = chunks.get(bytes).get(stemmed);
  if (!entry) return new Map();
  const { fields } = await start();
  entry.read ??= read([entry[1], ...entry[2].map(([, papers]) => papers)], fields);
  return entry.read;
}

/** Join the postings of the forms of a word, which differ in accents. */
function read(forms, fields) {
  const found = new Map();
  for (const papers of forms) {
    let number = 0;
    for (const [step, body, inFields] of papers) {
      number += step;
      const places = found.get(number) ?? {};
      put(places, body, () => BODY);
      put(places, inFields, (field) => fields[-field - 1]);
      found.set(number, places);
    }
  }
  return found;
}

/** Add positions to `places`: a negative number names the field of the positions after it, which are differences. */
function put(places, numbers, name) {
  let [field, place] = [BODY, 0];
  for (const number of numbers) {
    if (number < 0) [field, place] = [name(number), 0];
    else {
      place += number;
      places[field] ??= [];
      places[field].push(place);
    }
  }
}

/** Decode CBOR that consists of integers, texts and lists. */
export function decoded(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf8 = new TextDecoder();
  let at = 0; // position of the next byte
  function size(low) {
    if (low < 24) return low;
    const [length, value] = low === 24 ? [1, view.getUint8(at)] : low === 25 ? [2, view.getUint16(at)] : [4, view.getUint32(at)];
    at += length;
    return value;
  }
  function item() {
    const head = bytes[at++];
    const count = size(head & 0x1f);
    switch (head >> 5) {
      case 0: return count;
      case 1: return -1 - count;
      case 3: {
        at += count;
        return utf8.decode(bytes.subarray(at - count, at));
      }
      default: {
        const list = new Array(count);
        for (let place = 0; place < count; place++) list[place] = item();
        return list;
      }
    }
  }
  return item();
}

/** The papers with `stems` in sequence in one field, in the form of `postings`. */
export async function phrase(stems) {
  const [first, ...rest] = await Promise.all(stems.map(postings));
  const found = new Map();
  for (const [number, places] of first) {
    const others = rest.map((one) => one.get(number));
    if (others.some((one) => !one)) continue;
    const together = {};
    for (const [field, at] of Object.entries(places)) {
      const begins = at.filter((place) => follows(place, others.map((one) => one[field] ?? [])));
      if (begins.length) together[field] = begins;
    }
    if (Object.keys(together).length) found.set(number, together);
  }
  return found;
}

/**
 * Whether each of the `others` has a place after the previous one, or at the same one: the parts of a hyphenated word
 * share a place.
 */
function follows(place, others) {
  let ends = [place];
  for (const places of others) {
    ends = places.filter((one) => ends.some((end) => one === end + 1 || one === end));
    if (!ends.length) return false;
  }
  return true;
}

// The files of search, each fetched once on first use: the index of files, words, chunks of Pagefind's index, and
// results.

import { base } from "./dom.js";

const MARK = 12; // bytes of the mark before the content of a file of Pagefind
const LARGE = 4000; // papers; from here on, a search uses fewer files
const fetched = new Map();

/** Cache the promise of `make` by `key`; a failed one is dropped, so that the next call tries again. */
function once(key, make) {
  if (!fetched.has(key)) {
    const promise = make();
    promise.catch(() => fetched.delete(key));
    fetched.set(key, promise);
  }
  return fetched.get(key);
}

/** Fetch a URL. Throws for an error status. */
async function answerOf(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer;
}

/** A JSON file of search, in the version that `index.json` names. Throws if the server does not return it. */
export function data(path) {
  return once(path, async () => {
    const { digest } = await start();
    return (await answerOf(new URL(`${path}?v=${digest}`, base))).json();
  });
}

/** Start fetching the files that every search needs, before scripts and words request them. */
export function prefetch() {
  return Promise.all([data("search/meanings.json"), data("search/places.json")]);
}

/** The decompressed bytes of a file of Pagefind, without its mark. */
function packed(path) {
  return once(path, async () => {
    let bytes = new Uint8Array(await (await answerOf(new URL(path, base))).arrayBuffer());
    if (bytes[0] === 0x1f) { // some servers and browsers decompress it already
      bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
    }
    return bytes.subarray(MARK);
  });
}

/** The file of each combination of letters. A file is named by the first letters in it. */
function filesOf(names) {
  return new Map(names.split("|").filter(Boolean).map((file) => file.split(" "))
    .flatMap((letters) => letters.map((one) => [one, letters[0]])));
}

/** The data that every search needs: the number of papers, the lengths of their titles, and the names of files. */
export function start() {
  return once("start", async () => {
    const index = await (await answerOf(new URL("search/index.json", base), { cache: "no-cache" })).json();
    const lengths = [...index.lengths].map((digit) => parseInt(digit, 36));
    return {
      ...index, lengths, isLarge: lengths.length >= LARGE, topics: index.topics.match(/../gsu)?.map((pair) => [...pair]) ?? [], papers: lengths.length,
      words: filesOf(index.words), ends: filesOf(index.ends), names: filesOf(index.names), ids: filesOf(index.ids),
    };
  });
}

/** The chunk of the index that contains a stem, if it is in the index; null for an empty index. */
export async function chunk(stem) {
  const { chunks } = await start();
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (comesAfter(chunks[middle][0], stem)) high = middle - 1;
    else low = middle;
  }
  return chunks.length ? packed(`pagefind/index/${chunks[low][1]}.pf_index`) : null;
}

/**
 * Whether `a` comes after `b` by code points. This is the byte order of the index, but not that of JavaScript strings.
 */
function comesAfter(a, b) {
  const [left, right] = [[...a], [...b]];
  for (const [at, letter] of left.entries()) {
    if (at >= right.length) return true;
    if (letter !== right[at]) return letter.codePointAt(0) > right[at].codePointAt(0);
  }
  return false;
}

/** The result data of a paper: `{ url, content, meta }`. */
export async function paper(number) {
  const { parts, together } = await start();
  let place = number;
  const [name] = parts.find(([, size]) => {
    if (place < size) return true;
    place -= size;
    return false;
  });
  const file = `pagefind/fragment/${name}_${Math.floor(place / together).toString(36)}.pf_fragment`;
  const papers = await once(`read ${file}`, async () => JSON.parse(new TextDecoder().decode(await packed(file))));
  return papers[place % together];
}

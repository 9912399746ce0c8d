// Search's files, each fetched once when it is first needed: what every search needs, words, chunks of Pagefind's index,
// and what is shown of papers.

import { base } from "./dom.js";

const MARK = 12; // bytes before the content of a file in Pagefind's form
const LARGE = 4000; // papers, from which on a search must load less of what it could
const fetched = new Map();

/** The promise that `make` returns, made once for each `key`, and again after a failure. */
function once(key, make) {
  if (!fetched.has(key)) {
    const promise = make();
    promise.catch(() => fetched.delete(key));
    fetched.set(key, promise);
  }
  return fetched.get(key);
}

async function answerOf(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer;
}

/** A JSON file of search, in the version that `index.json` names. Throws when the server does not give it. */
export function data(path) {
  return once(path, async () => {
    const { digest } = await start();
    return (await answerOf(new URL(`${path}?v=${digest}`, base))).json();
  });
}

/** Start to fetch what every search needs, before scripts and words ask for it. */
export function prefetch() {
  return Promise.all([data("search/meanings.json"), data("search/places.json")]);
}

/** The bytes of a file in Pagefind's form after its mark. */
function packed(path) {
  return once(path, async () => {
    let bytes = new Uint8Array(await (await answerOf(new URL(path, base))).arrayBuffer());
    if (bytes[0] === 0x1f) { // a server may have unpacked it already
      bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
    }
    return bytes.subarray(MARK);
  });
}

/** Which file the key of letters stands in, named by the first letters in it. */
function filesOf(names) {
  return new Map(names.split("|").filter(Boolean).map((file) => file.split(" "))
    .flatMap((letters) => letters.map((one) => [one, letters[0]])));
}

/** What every search needs: how many papers there are, how long their titles, and which files hold what. */
export function start() {
  return once("start", async () => {
    const index = await (await answerOf(new URL("search/index.json", base), { cache: "no-cache" })).json();
    const lengths = [...index.lengths].map((digit) => parseInt(digit, 36));
    return {
      ...index, lengths, isLarge: lengths.length >= LARGE, topics: index.topics.match(/../gsu)?.map((pair) => [...pair]) ?? [], papers: lengths.length, common: new Set(index.common),
      words: filesOf(index.words), ends: filesOf(index.ends), names: filesOf(index.names), ids: filesOf(index.ids),
    };
  });
}

/** The chunk of the index in which a stem would stand, or null. */
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

/** Whether `a` comes after `b` in the order of their code points, which is that of their bytes. */
function comesAfter(a, b) {
  const [left, right] = [[...a], [...b]];
  for (const [at, letter] of left.entries()) {
    if (at >= right.length) return true;
    if (letter !== right[at]) return letter.codePointAt(0) > right[at].codePointAt(0);
  }
  return false;
}

/** What is shown of a paper: `{ url, content, meta }`. */
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

// Search itself: Pagefind, the words and the papers' texts, each fetched when it is first needed.

import { base } from "./dom.js";
import { folded, pieces } from "./fold.js";
import { PAGEFIND, byNearness, ranked } from "./search-ranking.js";
import { divided, meant, meantElse, wordBook } from "./search-words.js";

const [CLOSELY, OF_MANY, MANY] = [6, 10, 4000]; // papers whose titles are looked at, more of them among many papers
const MOST_ASKED = 8; // words of a query that Pagefind is asked for; each has a file to fetch
const fetched = new Map();
let digest = "";
let parts = [];
let together = 1; // papers in a file

/** A file of search's data, fetched once. Throws when the server does not give it. */
export function data(path, options = {}) {
  if (!fetched.has(path)) {
    const url = new URL(path, base);
    if (digest) url.searchParams.set("v", digest);
    const asked = fetch(url, options).then((answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    });
    asked.catch(() => fetched.delete(path));
    fetched.set(path, asked);
  }
  return fetched.get(path);
}

const book = wordBook(async (kind) => (await start())[kind],
  (kind, name) => data(`search/words/${kind === "ends" ? "ends/" : ""}${name}.json`));
let starting = null;

/** The file in which each letters' words stand, named by the first letters in it. */
function files(told) {
  return new Map(told.split("|").map((file) => file.split(" ")).flatMap((letters) => letters.map((one) => [one, letters[0]])));
}

/** What every search needs: how many papers there are, and how long their titles. Pagefind starts beside it. */
export function start() {
  starting ??= (async () => {
    const index = await data("search/index.json", { cache: "no-cache" });
    ({ digest, parts, together } = index);
    const lengths = [...index.lengths].map((digit) => parseInt(digit, 36));
    const [words, ends] = [index.words, index.ends].map(files);
    return { lengths, papers: lengths.length, words, ends, common: new Set(index.common) };
  })();
  starting.catch(() => { starting = null; });
  return starting;
}

let loading = null;
let failures = 0;

function pagefind() {
  if (!loading) {
    // A browser remembers that a script could not be had, so it is asked for again under another address.
    const mine = loadPagefind(`pagefind/pagefind.js${failures ? `?${failures}` : ""}`);
    loading = mine;
    mine.catch(() => letGo(mine));
  }
  return loading;
}

async function loadPagefind(path) {
  const loaded = await import(new URL(path, base));
  await loaded.options({ baseUrl: base.pathname, ranking: PAGEFIND });
  await loaded.init();
  return loaded;
}

/** Forget a Pagefind that failed, which would fail ever after: the next question begins anew. */
function letGo(failed) {
  if (loading !== failed) return;
  loading = null;
  failures++;
  failed.then((loaded) => loaded.destroy()).catch(() => {});
}

async function askPagefind(words) {
  const mine = pagefind();
  try {
    return await (await mine).search(words);
  } catch (error) {
    letGo(mine);
    throw error;
  }
}

/** Fetch what any search needs, so that it is there when the first word is typed. */
export function prepare() {
  return Promise.all([start(), pagefind()]);
}

/**
 * The papers that have all words of `text`, best first: `{ numbers, used }`, where `used` is what was searched for if
 * a word was mistyped or no paper has it (unless `exact`). Without words all papers, newest first.
 */
export async function find(text, { exact = false } = {}) {
  const { lengths, papers, common } = await start();
  if (!text) return { numbers: [...lengths.keys()], used: text };
  pagefind().catch(() => {});
  let used = exact ? text : await meant(book, text, papers);
  const { kept, lost } = text.includes('"') ? { kept: [], lost: [] } : await divided(book, used);
  if (lost.length && exact) return { numbers: [], used };
  if (lost.length) used = kept.join(" ");
  if (!used) return { numbers: [], used: text };
  const numbers = await asked(used);
  if (numbers.length || exact) return { numbers, used };
  const other = await meantElse(book, used, papers);
  return other ? { numbers: await asked(other), used: other } : { numbers, used };

  async function asked(words) {
    const typed = words.split(/\s+/u).flatMap((word) => pieces(word).map((piece) => ({ word, piece })));
    const groups = await Promise.all(typed.map(({ piece }, at) => book.places(piece, at === typed.length - 1, papers)));
    const told = typed.map(({ word, piece }, at) => ({ word, count: common.has(piece.joined) ? papers : groups[at].count }));
    const found = await askPagefind(greekNamed(words.includes('"') ? words : telling(told, papers) || words));
    const scored = found.results.map((result) => [parseInt([...result.id].reverse().join(""), 16), result.score]);
    const quoted = words.includes('"');
    return best(ranked(scored, quoted ? [] : groups, lengths), words, papers < MANY ? CLOSELY : OF_MANY);
  }
}

/** The numbers of `scored` papers, the first of them put in order by their titles: those are fetched to be shown anyway. */
async function best(scored, words, closely) {
  const first = scored.slice(0, closely);
  const shown = await Promise.all(first.map(([number]) => paper(number)));
  const again = byNearness(first, shown.map(({ meta }) => meta), words);
  return [...again, ...scored.slice(closely)].map(([number]) => number);
}

/** The words of a query that fewer than all papers have; of many those that fewest have: they find the paper as well. */
function telling(words, papers) {
  const left = words.filter(({ count }) => count < papers);
  const rarest = new Set([...left].sort((a, b) => a.count - b.count).slice(0, MOST_ASKED));
  return left.filter((one) => rarest.has(one)).map(({ word }) => word).join(" ");
}

/** Pagefind keeps Greek letters, and the records spell those that stand alone. */
function greekNamed(text) {
  return text.split(/(\s+)/u).map((piece) => (/[^\p{ASCII}]/u.test(piece) ? folded(piece) : piece)).join("");
}

const texts = new Map();
const MARK = 12; // bytes before a fragment's JSON

/** Where a paper is shown: `[name, place]`, its file by the part that it is in, and its place in that file. */
function fileOf(number) {
  let place = number;
  const [name] = parts.find(([, size]) => {
    if (place < size) return true;
    place -= size;
    return false;
  });
  return [`${name}_${Math.floor(place / together).toString(36)}`, place % together];
}

/** What is shown of a paper: `{ url, content, meta }`. */
export async function paper(number) {
  const [name, place] = fileOf(number);
  if (!texts.has(name)) {
    const asked = fragment(new URL(`pagefind/fragment/${name}.pf_fragment`, base));
    asked.catch(() => texts.delete(name));
    texts.set(name, asked);
  }
  return (await texts.get(name))[place];
}

async function fragment(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  let bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] === 0x1f) { // a server may have unpacked it already
    bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  }
  return JSON.parse(new TextDecoder().decode(bytes.subarray(MARK)));
}

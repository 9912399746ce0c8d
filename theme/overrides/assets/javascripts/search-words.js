// The words of the digest: whether a word is one, whose title or name has it, and what a reader may have meant.

import { folded, pieces } from "./fold.js";
import { WEIGHTS } from "./search-ranking.js";

const SHORTEST = 4; // shorter words have too many neighbours to be corrected
const LONGEST = 24;
const MOST_BEGUN = 400;
const MOST_NEAR = 12;
const [CUT, DEEPEST] = [2, 4]; // letters in the name of a file of words

/** How many letters must be deleted, added, changed or swapped to make `a` into `b`; more than `most` gives most + 1. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

function fileName(letters) {
  return [...letters].map((c) => (/[a-z0-9]/.test(c) ? c : `-${c.codePointAt(0).toString(16)}`)).join("");
}

function numbers(steps = []) {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** A word's entry as `{ count, titles, people }`. */
function entry(held) {
  const [count, titles, people] = Array.isArray(held) ? held : [held ?? 0];
  return { count, titles: numbers(titles), people: numbers(people) };
}

/** A word without the ending that English gives it in another place of the sentence. */
export function stem(word) {
  return word.length < 5 ? word : word.replace(/(?:ations?|ings?|ers?|ed|es|s|ly|e)$/, "");
}

/** The words in files of `words` and `ends`: `names(kind)` maps letters to the file they stand in, `data(kind, name)` fetches one. */
export function wordBook(names, data) {
  const begin = (word) => file("words", (letters) => [...word].slice(0, letters));
  const end = (word) => file("ends", (letters) => [...word].slice(-letters));

  /** The file with the longest name that the word can be in. */
  async function file(kind, cut) {
    const held = await names(kind);
    for (let letters = DEEPEST; letters >= CUT; letters--) {
      const name = fileName(cut(letters));
      if (held.has(name)) return data(kind, held.get(name));
    }
    return {};
  }

  /** All words that begin or end with the same two letters. */
  async function family(word) {
    const [first, last] = [fileName([...word].slice(0, CUT)), fileName([...word].slice(-CUT))];
    const [words, ends] = await Promise.all([names("words"), names("ends")]);
    const files = (held, fits) => new Set([...held].filter(([name]) => fits(name)).map(([, file]) => file));
    return Promise.all([
      ...[...files(ends, (name) => name.endsWith(last))].map((name) => data("ends", name)),
      ...[...files(words, (name) => name.startsWith(first))].map((name) => data("words", name)),
    ]);
  }

  /** Known words one mistake away from `word`, the more frequent first. In a short word it may spoil both names. */
  async function near(word) {
    const known = Object.assign({}, ...await ([...word].length > 2 * DEEPEST ? Promise.all([end(word), begin(word)]) : family(word)));
    return Object.keys(known).filter((other) => other !== word && !other.endsWith(":") && distance(word, other, 1) <= 1)
      .map((other) => [other, entry(known[other]).count]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_NEAR).map(([other]) => other);
  }

  /** Whether `word` is one, or only begins one: what is still being typed is no mistake. */
  async function begins(word) {
    return await opens(word) || Object.keys(await begin(word)).some((other) => other.startsWith(word));
  }

  /** Whether a file is named by what `word` begins. */
  async function opens(word) {
    const name = fileName([...word]);
    return [...(await names("words")).keys()].some((other) => other.startsWith(name));
  }

  /** Where one piece of a query stands, `{ weight, titles, people, head }` for `ranked`, and the papers' `count`. `open`: it may go on. */
  async function places({ parts, joined }, open, papers) {
    const word = parts.length === 1 ? parts[0] : joined;
    const titles = new Map();
    const people = new Map();
    const put = (held, exactly) => {
      for (const number of held.titles) if (!(titles.get(number) >= exactly)) titles.set(number, exactly);
      for (const number of held.people) if (!(people.get(number) >= exactly)) people.set(number, exactly);
    };
    const known = [...word].length > 1 ? await begin(word) : {};
    const own = entry(known[word]);
    put(own, 1);
    const inflected = stem(word);
    let begun = 0;
    for (const other of Object.keys(known)) {
      if (other === word || other.endsWith(":")) continue;
      if (stem(other) === inflected) put(entry(known[other]), WEIGHTS.inflected);
      else if (open && other.startsWith(word) && begun++ < MOST_BEGUN) put(entry(known[other]), WEIGHTS.begun);
    }
    if (parts.length > 1) put(await inParts(parts), 1);
    const seen = Math.max(own.titles.length + own.people.length, 1);
    return { weight: Math.log(1 + papers / seen), titles, people, head: numbers(known[`${word}:`]?.[1]), count: own.count };
  }

  /** Papers that have all `parts` of a piece in the title, or all in their names. */
  async function inParts(parts) {
    const held = await Promise.all(parts.map(async (part) => entry([...part].length > 1 ? (await begin(part))[part] : 0)));
    const telling = held.filter((_, at) => [...parts[at]].length > 1);
    const shared = (field) => (telling[0]?.[field] ?? []).filter((one) => telling.every((other) => other[field].includes(one)));
    return { titles: shared("titles"), people: shared("people") };
  }

  async function known(word) {
    return Object.hasOwn(await begin(word), word);
  }

  /** Whether any paper has the word, another form of it, or one that begins so. */
  async function leads(word) {
    if ([...word].length < 2) return true;
    const inflected = stem(word);
    return await opens(word)
      || Object.keys(await begin(word)).some((other) => other.startsWith(word) || stem(other) === inflected);
  }

  return { near, places, known, begins, leads };
}

/** How many papers have all `groups` in their titles and names together. */
function together(groups) {
  const [first, ...rest] = groups.map(({ titles, people }) => new Set([...titles.keys(), ...people.keys()]));
  return [...(first ?? [])].filter((number) => rest.every((other) => other.has(number))).length;
}

/** The words of `query` that may be mistyped, as `{ at, word }` with their place among `cut`. */
function correctable(cut) {
  return cut.map((piece, at) => ({ at, word: folded(piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")) }))
    .filter(({ at, word }) => word.length >= SHORTEST && word.length <= LONGEST && /^[\p{L}\p{N}]+$/u.test(word)
      && !/\d{3}/u.test(word) && !cut[at].includes(":"));
}

/** Of `words`, in whose stead `cut[place]` was typed, the one that stands with the others in most titles and names. */
async function likeliest(book, words, cut, place, papers) {
  const others = pieces(cut.filter((_, at) => at !== place).join(" "));
  const around = await Promise.all(others.map((piece) => book.places(piece, false, papers)));
  const counts = await Promise.all(words.map(async (one) =>
    together([await book.places({ parts: [one], joined: one }, false, papers), ...around])));
  const most = Math.max(...counts);
  return { word: words[counts.indexOf(most)], count: most };
}

/**
 * `query` with mistyped words replaced, or `query` itself; what stands in quotes is left alone. Of several near words
 * the one that stands in a title or name together with the other words is meant, then the more frequent.
 */
export async function meant(book, query, papers) {
  if (query.includes('"')) return query;
  const cut = query.split(/(\s+)/u);
  const typed = await Promise.all(correctable(cut).map(async (one) => ({ ...one, isGood: await book.begins(one.word) })));
  for (const { at, word } of typed.filter(({ isGood }) => !isGood)) {
    const found = await book.near(word);
    if (found.length) cut[at] = found.length === 1 ? found[0] : (await likeliest(book, found, cut, at, papers)).word;
  }
  return cut.join("");
}

/** What else may be meant by a `query` that leads nowhere although its words are known; '' if nothing is near. */
export async function meantElse(book, query, papers) {
  if (query.includes('"')) return "";
  const cut = query.split(/(\s+)/u);
  for (const { at, word } of correctable(cut)) {
    const found = await book.near(word);
    const best = found.length ? await likeliest(book, found, cut, at, papers) : { count: 0 };
    if (best.count) return [...cut.slice(0, at), best.word, ...cut.slice(at + 1)].join("");
  }
  // Two words that are written as one.
  const words = query.split(/\s+/u);
  for (const at of words.slice(1).keys()) {
    const joined = words[at] + words[at + 1];
    if (await book.known(folded(joined))) return [...words.slice(0, at), joined, ...words.slice(at + 2)].join(" ");
  }
  return "";
}

/** The pieces of `query` (between spaces) that lead somewhere and those that no paper has: `{ kept, lost }`. */
export async function divided(book, query) {
  const all = query.split(/\s+/u).filter(Boolean);
  const leads = await Promise.all(all.map(async (one) => {
    const piece = pieces(one)[0];
    if (!piece) return true;
    const parts = await Promise.all(piece.parts.map((part) => book.leads(part)));
    return parts.every(Boolean) || book.leads(piece.joined);
  }));
  return { kept: all.filter((_, at) => leads[at]), lost: all.filter((_, at) => !leads[at]) };
}

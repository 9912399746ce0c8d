// The words of the digest: whether a word is one, whose title or name has it, and what a reader may have meant.

import { folded, pieces } from "./fold.js";
import { WEIGHTS } from "./search-ranking.js";

const SHORTEST = 4; // shorter words have too many neighbours to be corrected
const LONGEST = 24;
const MOST_BEGUN = 400;

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

/** The words behind `data(kind, name)`, which fetches a file of `words` or `ends`, or gives `{}` where there is none. */
export function wordBook(data) {
  const begin = (word) => data("words", fileName([...word].slice(0, 2)));
  const end = (word) => data("ends", fileName([...word].slice(-2)));

  /** Known words one mistake away from `word`, the likeliest first: more frequent, and never what `word` begins. */
  async function near(word) {
    let found = candidates(word, await begin(word));
    if (!found.length) found = candidates(word, await end(word));
    return found.some(([candidate]) => candidate.startsWith(word)) ? [] : found;
  }

  function candidates(word, known) {
    return Object.entries(known).filter(([other]) => !other.endsWith(":") && distance(word, other, 1) <= 1)
      .map(([other, held]) => [other, entry(held).count]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 12);
  }

  /** Where one piece of a query stands: `{ weight, titles, people, head }` for `ranked`. `open`: it may go on. */
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
    return { weight: Math.log(1 + papers / seen), titles, people, head: numbers(known[`${word}:`]?.[1]) };
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

  return { near, places, known };
}

/** How many papers have all `groups` in their titles and names together. */
function together(groups) {
  const [first, ...rest] = groups.map(({ titles, people }) => new Set([...titles.keys(), ...people.keys()]));
  return [...(first ?? [])].filter((number) => rest.every((other) => other.has(number))).length;
}

/**
 * `query` with mistyped words replaced, or `query` itself; what stands in quotes is left alone. Of several near words
 * the one that stands in a title or name together with the other words is meant, then the more frequent.
 */
export async function meant(book, query, papers) {
  if (query.includes('"')) return query;
  const cut = query.split(/(\s+)/u);
  const doubtful = [];
  for (const [at, piece] of cut.entries()) {
    const word = folded(piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
    if (word.length < SHORTEST || word.length > LONGEST || !/^[\p{L}\p{N}]+$/u.test(word) || /\d{3}/u.test(word) || piece.includes(":")) continue;
    if (!(await book.known(word))) doubtful.push({ at, word });
  }
  for (const { at, word } of doubtful) {
    const found = await book.near(word);
    if (!found.length) continue;
    cut[at] = found.length === 1 ? found[0][0] : await likeliest(found.map(([one]) => one), cut, at);
  }
  return cut.join("");

  async function likeliest(words, all, place) {
    const others = pieces(all.filter((_, at) => at !== place).join(" "));
    const around = await Promise.all(others.map((piece) => book.places(piece, false, papers)));
    const scored = await Promise.all(words.map(async (one) =>
      together([await book.places({ parts: [one], joined: one }, false, papers), ...around])));
    return words[scored.indexOf(Math.max(...scored))];
  }
}
